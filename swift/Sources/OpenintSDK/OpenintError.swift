import Foundation

/// Whatever a call or a client's construction fails with.
///
/// Its description is one line that says what happened and what to do next, without secrets.
///
/// ```swift
/// do {
///     _ = try await client.createConnection(
///         connectorConfigID: "ccfg_", customerID: "customer_id", data: data)
/// } catch OpenintError.api(let error) where error.status == 404 {
///     print("make the connector config first")
/// } catch let error as OpenintError where error.mayHaveBeenApplied {
///     print("look before repeating: \(error)")
/// }
/// ```
///
/// A later version can add cases: give a `switch` a `default`.
public enum OpenintError: Error, Sendable, Hashable {
    /// An argument or option is unusable; nothing was sent. `field` is as the API and the options
    /// call it, such as `connector_config_id`.
    case invalidInput(field: String, expected: String)

    /// No connection to the server, or to the proxy on the way: name resolution, TCP or proxy.
    case connect(CallFailure)

    /// The TLS handshake failed: most often a certificate that is not trusted.
    case tls(CallFailure)

    /// A limit in time was reached.
    case timeout(phase: CallPhase, CallFailure)

    /// The connection broke, or what came was not HTTP, while a request was under way.
    case interrupted(phase: CallPhase, CallFailure)

    /// The task was cancelled, and the request in flight with it.
    ///
    /// This is thrown in place of `CancellationError`, because a cancelled write can have been
    /// applied all the same: see ``mayHaveBeenApplied``.
    case cancelled(CallFailure)

    /// The server answered with a status other than success.
    case api(APIError)

    /// The answer is not what the method promises. `path` says where in the JSON, such as
    /// `settings.oauth`; it is empty for the answer as a whole.
    case decode(path: String, CallFailure)

    /// The answer is larger than allowed; it was not read to its end.
    case responseTooLarge(CallFailure)

    /// The client was closed before the call; nothing was sent.
    case closed

    /// A defect of the SDK itself, which its native library survived. The process goes on, and so
    /// does the client. Please report it.
    case defect(CallFailure)
}

extension OpenintError {
    /// Whether the same call may succeed later: the cause is transient. Where
    /// ``mayHaveBeenApplied`` is true as well, repeating it can apply it twice.
    public var isRetryable: Bool { failure.isRetryable }

    /// Whether the server may have carried the call out although it failed here. Always false for
    /// a call that changes nothing.
    public var mayHaveBeenApplied: Bool { failure.mayHaveBeenApplied }

    /// How often the request was sent, or tried to be sent; 0 when the input was refused.
    public var attempts: Int { failure.attempts }

    private var failure: CallFailure {
        switch self {
        case .invalidInput(let field, let expected):
            CallFailure(message: "invalid `\(field)`: expected \(expected)")
        case .closed:
            CallFailure(message: "the client is closed; make a new one")
        case .api(let error):
            error.failure
        case .connect(let failure), .tls(let failure), .timeout(_, let failure),
            .interrupted(_, let failure), .cancelled(let failure), .decode(_, let failure),
            .responseTooLarge(let failure), .defect(let failure):
            failure
        }
    }
}

extension OpenintError: LocalizedError {
    /// One line that says what happened and what to do next, without secrets.
    public var errorDescription: String? { failure.message }
}

extension OpenintError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// One line that says what happened and what to do next, without secrets.
    public var description: String { failure.message }

    /// The same as ``description``.
    public var debugDescription: String { failure.message }

    /// The description and what is known of the call's effect.
    public var customMirror: Mirror { failure.customMirror }
}

/// What is known of a call that failed.
public struct CallFailure: Sendable, Hashable {
    /// One line that says what happened, without secrets.
    public let message: String
    /// How often the request was sent, or tried to be sent.
    public let attempts: Int
    /// Whether the server may have carried the call out although it failed here.
    public let mayHaveBeenApplied: Bool
    /// Whether the cause is transient.
    public let isRetryable: Bool

    init(
        message: String, attempts: Int = 0, mayHaveBeenApplied: Bool = false,
        isRetryable: Bool = false
    ) {
        self.message = message
        self.attempts = attempts
        self.mayHaveBeenApplied = mayHaveBeenApplied
        self.isRetryable = isRetryable
    }
}

extension CallFailure: CustomStringConvertible, CustomReflectable {
    /// One line that says what happened, without secrets.
    public var description: String { message }

    /// All fields.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "message": message, "attempts": attempts,
                "mayHaveBeenApplied": mayHaveBeenApplied, "isRetryable": isRetryable,
            ])
    }
}

/// What a call was doing when it ended.
public enum CallPhase: String, Sendable, Hashable, CaseIterable {
    /// Resolving the name, connecting, or talking to the proxy.
    case connecting
    /// Agreeing on TLS.
    case handshake
    /// Sending the request.
    case sending
    /// Waiting for the status and the headers.
    case waiting
    /// Reading the body.
    case reading
    /// Something else.
    case other
}
