import Foundation

/// Where a client of ``Openint/withResponse(isolation:_:)`` leaves what it was answered.
final class LastAnswer: @unchecked Sendable {
    private let lock = NSLock()
    private var kept: APIResponse<Void>?

    func keep<Value>(_ response: APIResponse<Value>) {
        lock.withLock { kept = response.map { _ in } }
    }

    var response: APIResponse<Void>? {
        lock.withLock { kept }
    }
}
