import Foundation

/// Watches every attempt of a client's calls, for traces, metrics and logs of your own.
///
/// The methods run on a thread of the native library while the call waits, so they should be quick.
/// An observer never sees a body, a key, a query or an id in a path.
///
/// ```swift
/// struct Lines: CallObserver {
///     func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd) {
///         print(attempt.operation, attempt.number, end.status ?? 0)
///     }
/// }
///
/// let client = try Openint(observer: Lines())
/// _ = try await client.health()
/// ```
public protocol CallObserver: Sendable {
    /// Is called before an attempt is sent.
    ///
    /// - Parameter attempt: the attempt
    /// - Returns: Headers to add, such as `traceparent`. One that cannot be sent, or that the call
    ///   has already, is left out.
    func beforeAttempt(_ attempt: Attempt) -> [String: String]

    /// Is called after an attempt, with how it ended.
    func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd)

    /// Is called before the wait, in seconds, that follows an attempt which is to be repeated.
    func beforeWait(_ attempt: Attempt, _ seconds: TimeInterval)
}

extension CallObserver {
    /// Adds no header.
    public func beforeAttempt(_ attempt: Attempt) -> [String: String] { [:] }

    /// Does nothing.
    public func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd) {}

    /// Does nothing.
    public func beforeWait(_ attempt: Attempt, _ seconds: TimeInterval) {}
}
