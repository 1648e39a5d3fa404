import Foundation

/// An answer of the API that is not a success.
public struct APIError: Sendable, Hashable {
    /// The HTTP status.
    public let status: Int
    /// The API's code, such as `BAD_REQUEST` or `NOT_FOUND`.
    public let code: String?
    /// The server's message.
    public let message: String?
    /// What is wrong with which field, for a request that was not understood.
    public let issues: [Issue]
    /// The request id, where the server or a proxy before it sent one.
    public let requestID: String?
    /// How many seconds the server asks to wait, where it does.
    public let retryAfter: TimeInterval?
    /// The body as it came. It can hold what was sent: keep it out of logs.
    public let body: String

    let failure: CallFailure

    /// One thing that the server found wrong with a request, or with its own answer.
    public struct Issue: Sendable, Hashable {
        /// Where, such as `data.settings.oauth`.
        public let path: String
        /// What is wrong.
        public let message: String
    }
}

extension APIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// One line that says what happened, without the body.
    public var description: String { failure.message }

    /// The same as ``description``.
    public var debugDescription: String { failure.message }

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
