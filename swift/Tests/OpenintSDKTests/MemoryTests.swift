#if os(Linux)
    import Foundation
    import OpenintSDK
    import Testing

    /// Memory is that of the whole process, so nothing else may run in it meanwhile: `cargo xtask
    /// test swift` runs this suite by itself.
    @Suite(
        "MemoryTests", .serialized,
        .enabled(if: ProcessInfo.processInfo.environment["OPENINT_TESTS_ALONE"] != nil))
    struct MemoryTests {
        @Test func tenThousandRefusedCallsLeaveMemoryFlat() async throws {
            let sandbox = try Sandbox()
            let client = try sandbox.client()
            let growth = try await growth(round: 2_500) {
                // Refused in the library: the whole way there and back, and no server to wait for.
                let error = try await failure { try await client.createDummy(customerID: "") }
                guard case .invalidInput = error else { throw TestFailure("\(error)") }
            }
            #expect(growth < 2)
        }

        @Test func tenThousandRequestsLeaveMemoryFlat() async throws {
            let sandbox = try Sandbox()
            let client = try sandbox.client()
            let growth = try await growth(round: 2_500) {
                _ = try await client.health()
            }
            #expect(growth < 2)
        }

        @Test func aThousandClientsLeaveMemoryFlat() async throws {
            let growth = try await growth(round: 1_000) {
                let client = try Openint(apiKey: "key", baseURL: "http://127.0.0.1:1")
                _ = client.withOptions(RequestOptions(timeout: 1))
            }
            #expect(growth < 2)
        }

        @Test func aThousandListsThatAreLeftHalfReadLeaveMemoryFlat() async throws {
            let sandbox = try Sandbox()
            let client = try sandbox.client()
            let growth = try await growth(round: 250) {
                for try await _ in client.connectorConfigs(pageSize: 2) { break }
            }
            #expect(growth < 2)
        }

        @Test func aHundredThousandRowsAreVisitedOnceInTheMemoryOfAPage() async throws {
            let count = 100_000
            let sandbox = try Sandbox()
            try sandbox.tell(
                "fill",
                ["connections": .number(JSONNumber(count)), "customer_id": "cus_many"])
            // Hashes: the ids themselves would be what grows.
            var ids = Set<Int>(minimumCapacity: count)
            var rows = 0
            var before = Double.infinity
            var growth = 0.0
            for try await connection in try sandbox.client().connections() {
                ids.insert(connection.id.hashValue)
                rows += 1
                if rows == count / 10 { before = try resident() }
                if rows % 10_000 == 0 { growth = max(growth, try resident() - before) }
            }
            #expect(rows == count && ids.count == count)
            // All rows together take several hundred.
            #expect(growth < 24)
        }

        /// MiB by which resident memory grows in the best of three rounds, after one to warm up: a
        /// leak shows in all of them, a thread or an arena more in one.
        private func growth(
            round count: Int, _ body: () async throws -> Void
        ) async throws -> Double {
            var least = Double.infinity
            for round in 0...3 {
                let before = try resident()
                for _ in 0..<count { try await body() }
                if round > 0 { least = min(least, try resident() - before) }
            }
            return least
        }

        private func resident() throws -> Double {
            let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            return Double(kilobytes ?? "").map { $0 / 1_024 } ?? .infinity
        }
    }
#endif
