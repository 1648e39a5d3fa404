#if os(Linux)
    import Foundation
    import OpenintSDK
    import Testing

    /// Memory is that of the whole process, so nothing else may run in it meanwhile: `cargo xtask
    /// test swift` runs this suite by itself.
    @Suite(
        "LeakTests", .serialized,
        .enabled(if: ProcessInfo.processInfo.environment["OPENINT_LEAK_TESTS"] != nil))
    struct LeakTests {
        @Test func tenThousandRefusedCallsLeaveMemoryFlat() async throws {
            let client = try Sandbox().holding { try $0.client() }
            let growth = try await growth(warmUp: 2_000, count: 10_000) {
                // Refused in the library: the whole way there and back, and no server to wait for.
                let error = try await failure {
                    try await client.value.createDummy(customerID: "")
                }
                guard case .invalidInput = error else { throw TestFailure("\(error)") }
            }
            #expect(growth < 16)
        }

        @Test func tenThousandRequestsLeaveMemoryFlat() async throws {
            let client = try Sandbox().holding { try $0.client() }
            let growth = try await growth(warmUp: 500, count: 10_000) {
                _ = try await client.value.request(.get, "/health")
            }
            #expect(growth < 16)
        }

        @Test func aThousandClientsLeaveMemoryFlat() async throws {
            let growth = try await growth(warmUp: 100, count: 1_000) {
                let client = try Openint(apiKey: "key", baseURL: "http://127.0.0.1:1")
                _ = client.withOptions(RequestOptions(timeout: 1))
            }
            #expect(growth < 16)
        }

        /// MiB by which resident memory grows.
        private func growth(
            warmUp: Int, count: Int, _ body: () async throws -> Void
        ) async throws -> Double {
            for _ in 0..<warmUp { try await body() }
            let before = try resident()
            for _ in 0..<count { try await body() }
            return try resident() - before
        }

        private func resident() throws -> Double {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            return Double(kilobytes ?? "").map { $0 / 1_024 } ?? .infinity
        }
    }

    /// A value and the sandbox that it needs.
    private struct Held<Value> {
        let sandbox: Sandbox
        let value: Value
    }

    extension Sandbox {
        fileprivate func holding<Value>(_ make: (Sandbox) throws -> Value) rethrows -> Held<Value> {
            Held(sandbox: self, value: try make(self))
        }
    }
#endif
