import Foundation

// The cases are made of the core's definition; here stands what Swift expects of an error.

extension OpenintError: LocalizedError {
    /// One line that says what happened and what to do next, without secrets.
    public var errorDescription: String? { outcome.message }
}

extension OpenintError {
    /// True if the cause is transient, so that the same call may succeed later. Where
    /// ``mayHaveBeenApplied`` is true as well, repeating it can apply it twice.
    public var isRetryable: Bool { outcome.isRetryable }

    /// True if the server may have carried the call out although it failed here. Always false for a
    /// call that changes nothing.
    public var mayHaveBeenApplied: Bool { outcome.mayHaveBeenApplied }

    /// The number of times that the request was sent or tried to be sent; 0 when input was refused.
    public var attempts: Int { Int(outcome.attempts) }

    /// Outcome of the call.
    public var outcome: CallOutcome {
        switch self {
        case .invalidInput(_, _, let outcome), .apiKey(let outcome), .connect(let outcome),
            .tls(let outcome),
            .timeout(_, let outcome), .interrupted(_, let outcome), .cancelled(let outcome),
            .api(_, let outcome), .decode(_, let outcome), .incomplete(_, _, let outcome),
            .responseTooLarge(let outcome), .closed(let outcome), .internal(let outcome):
            outcome
        }
    }

    static func invalidInput(field: String, expected: String) -> OpenintError {
        .invalidInput(
            field: field, expected: expected,
            outcome: CallOutcome(
                message: "invalid `\(field)`: expected \(expected)", attempts: 0,
                mayHaveBeenApplied: false, isRetryable: false))
    }
}

extension OpenintError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// One line that says what happened and what to do next, without secrets.
    public var description: String { outcome.message }

    /// The same as ``description``.
    public var debugDescription: String { outcome.message }

    /// Outcome of the call.
    public var customMirror: Mirror { Mirror(reflecting: outcome) }
}

extension APIError {
    /// The seconds that the server asks to wait, where it does.
    public var retryAfter: TimeInterval? { retryAfterMs.map { TimeInterval($0) / 1_000 } }
}

extension APIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Status, code and message, without the body.
    public var description: String {
        let parts = ["\(status)", code, message].compactMap { $0 }
        return "APIError(\(parts.joined(separator: ", ")))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// All fields but the body.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "status": status, "code": code as Any, "message": message as Any,
                "issues": issues, "requestID": requestID as Any, "retryAfter": retryAfter as Any,
            ])
    }
}
