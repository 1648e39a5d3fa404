import Foundation
import OpenintSDK
import Testing

/// Calls beyond the threads that a process has for them wait, and waiting counts. The threads are
/// the process's own, so nothing else may run in it meanwhile: `cargo xtask test swift` runs this
/// suite by itself.
@Suite(
    "QueueTests", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["OPENINT_TESTS_ALONE"] != nil))
struct QueueTests {
    private static let threads = 512

    @Test func aCallThatWaitsForAThreadEndsByItsTaskAndItsLimits() async throws {
        let sandbox = try Sandbox()
        try sandbox.script([
            "fault": ["kind": "stall", "at": "before_response"],
            "times": .number(JSONNumber(Self.threads)),
        ])
        let hanging = try sandbox.client(timeout: 120, maxRetries: 0)
        let other = try sandbox.client()
        let hung = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<Self.threads { group.addTask { _ = try? await hanging.health() } }
            }
        }
        while try sandbox.requests().count < Self.threads {
            try await Task.sleep(nanoseconds: 20_000_000)
        }

        let waiting = Task { () async throws -> OpenintError in
            try await failure { try await other.createDummy(customerID: "cus_queue") }
        }
        try await Task.sleep(nanoseconds: 300_000_000)
        let cancelled = Date()
        waiting.cancel()
        let error = try await waiting.value
        guard case .cancelled = error else { throw TestFailure("\(error)") }
        #expect(Date().timeIntervalSince(cancelled) < 2)
        #expect(error.attempts == 0 && !error.mayHaveBeenApplied && !error.isRetryable)

        let limits = [RequestOptions(timeout: 0.5), RequestOptions(totalTimeout: 0.5)]
        for options in limits {
            let started = Date()
            let error = try await failure { try await other.viewer(options: options) }
            guard case .timeout(phase: .queued, _) = error else { throw TestFailure("\(error)") }
            #expect((0.4..<3).contains(Date().timeIntervalSince(started)))
            #expect(error.attempts == 0 && !error.mayHaveBeenApplied && error.isRetryable)
        }

        // One that gets its thread in time has the rest of its time.
        let late = Task { try await other.health(options: RequestOptions(timeout: 30)) }
        try await Task.sleep(nanoseconds: 100_000_000)
        hung.cancel()
        await hung.value
        #expect(try await late.value.ok)
        #expect(try sandbox.rows(of: "cus_queue") == 0)

        #if os(Linux)
            // The threads of the burst end when nothing waits for them.
            let deadline = Date().addingTimeInterval(20)
            while try nativeThreads() > 8, Date() < deadline {
                try await Task.sleep(nanoseconds: 100_000_000)
            }
            #expect(try nativeThreads() <= 8)
        #endif
    }

    /// The native library's threads in this process.
    private func nativeThreads() throws -> Int {
        let tasks = "/proc/self/task"
        return try FileManager.default.contentsOfDirectory(atPath: tasks).filter { thread in
            let name = try? String(contentsOfFile: "\(tasks)/\(thread)/comm", encoding: .utf8)
            return name?.hasPrefix("openint") ?? false
        }.count
    }
}
