import Foundation
import OpenintSDK
import Testing

@Suite("ObserverTests")
struct ObserverTests {
    private final class Recorder: CallObserver, @unchecked Sendable {
        private let lock = NSLock()
        private var lines: [String] = []

        var seen: [String] { lock.withLock { lines } }

        private func add(_ line: String) { lock.withLock { lines.append(line) } }

        func beforeAttempt(_ attempt: Attempt) -> [String: String] {
            add("before \(attempt.operation) \(attempt.pathTemplate) \(attempt.number)")
            return ["x-attempt": "\(attempt.number)"]
        }

        func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd) {
            let status = end.status.map { "\($0)" } ?? "none"
            add("after \(attempt.number) \(status) \(end.requestID ?? "-") \(end.errorKind ?? "-")")
        }

        func beforeWait(_ attempt: Attempt, _ seconds: TimeInterval) {
            add("wait \(attempt.number) \(seconds > 0 && seconds < 60)")
        }
    }

    @Test func eachAttemptIsSeenAndCarriesTheHeader() async throws {
        let sandbox = try Sandbox()
        try sandbox.script(
            ["status": 500, "headers": ["x-request-id": "req_7"]], ["status": 503])
        let recorder = Recorder()
        let client = try Openint(
            apiKey: sandbox.apiKey, baseURL: sandbox.baseURL, observer: recorder)
        _ = try await client.viewer()
        #expect(
            recorder.seen == [
                "before viewer /viewer 1",
                "after 1 500 req_7 api",
                "wait 1 true",
                "before viewer /viewer 2",
                "after 2 503 - api",
                "wait 2 true",
                "before viewer /viewer 3",
                "after 3 200 - -",
            ])
        for (at, request) in try sandbox.requests().enumerated() {
            let headers = request["headers"]?.array ?? []
            #expect(headers.contains(["x-attempt", .string("\(at + 1)")]))
        }
        #expect(!"\(recorder.seen)".contains(sandbox.apiKey))
    }

    @Test func anObserverNeedsNoMethodOfItsOwn() async throws {
        struct Silent: CallObserver {}
        let sandbox = try Sandbox()
        try sandbox.script(["status": 500])
        let client = try Openint(
            apiKey: sandbox.apiKey, baseURL: sandbox.baseURL, observer: Silent())
        #expect(try await client.health().ok)
    }
}
