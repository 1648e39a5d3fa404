import OpenintSDK
import Testing

/// A tenth of all exchanges goes wrong, and no row is lost or doubled.
@Suite("SoakTests", .serialized)
struct SoakTests {
    private static let calls = 160
    private static let atOnce = 16
    private static let share = 0.1
    /// A call with a key that still fails after this many times has found a defect, not bad luck.
    private static let mostTimes = 50

    private let sandbox: Sandbox
    private let client: Openint

    init() throws {
        sandbox = try Sandbox()
        client = try sandbox.client(timeout: 1)
    }

    @Test func withKeysEveryCallEndsAsOneRow() async throws {
        try sandbox.injectFaults(seed: 1, share: Self.share)
        let ids = try await inAllCalls(createUntilItSucceeds)
        let rows = try await rows()
        #expect(rows == ids.mapValues { [$0] })
    }

    @Test func withoutKeysEveryRowIsASuccessOrWasAnnounced() async throws {
        try sandbox.injectFaults(seed: 2, share: Self.share)
        let ends = try await inAllCalls(createOnce)
        var rows = try await rows()
        for (call, end) in ends {
            let made = rows.removeValue(forKey: call) ?? []
            switch end {
            case .success(let id):
                #expect(made == [id], "call \(call)")
            case .failure(let error):
                #expect(made.count <= (error.mayHaveBeenApplied ? 1 : 0), "call \(call)")
            }
        }
        #expect(rows.isEmpty)
        #expect(ends.values.contains { $0.isAnnounced })
    }

    /// Makes every call with one client, and gives what each ended with.
    private func inAllCalls<End: Sendable>(
        _ make: @escaping @Sendable (Int) async throws -> End
    ) async throws -> [Int: End] {
        try await withThrowingTaskGroup(of: (Int, End).self) { group in
            var ends: [Int: End] = [:]
            for call in 0..<Self.calls {
                if call >= Self.atOnce, let (ended, end) = try await group.next() {
                    ends[ended] = end
                }
                group.addTask { (call, try await make(call)) }
            }
            for try await (ended, end) in group { ends[ended] = end }
            return ends
        }
    }

    @Sendable private func createUntilItSucceeds(_ call: Int) async throws -> String {
        for _ in 0..<Self.mostTimes {
            do {
                return try await create(call, idempotencyKey: "call-\(call)")
            } catch let error as OpenintError where error.isOfTheExchange {
                continue
            }
        }
        throw TestFailure("call \(call) never succeeded")
    }

    @Sendable private func createOnce(_ call: Int) async throws -> Result<String, OpenintError> {
        do {
            return .success(try await create(call))
        } catch let error as OpenintError where error.isOfTheExchange {
            return .failure(error)
        }
    }

    /// One call, which marks its row; four calls are for one customer.
    private func create(_ call: Int, idempotencyKey: String? = nil) async throws -> String {
        try await client.createConnection(
            connectorConfigID: "ccfg_", customerID: "cus_\(call / 4)", data: dummy,
            metadata: ["call": .number(JSONNumber(call))], idempotencyKey: idempotencyKey
        ).id
    }

    /// The ids of the rows that each call has made.
    private func rows() async throws -> [Int: [String]] {
        #expect(try sandbox.injected() > 0)
        try sandbox.injectFaults(seed: 1, share: 0)
        var rows: [Int: [String]] = [:]
        for try await row in try sandbox.client().connections() {
            let call = try #require(row.metadata?["call"]?.number?.int)
            rows[call, default: []].append(row.id)
        }
        #expect(try sandbox.rows(of: nil) == rows.values.map(\.count).reduce(0, +))
        return rows
    }
}

extension OpenintError {
    /// True if something went wrong on the wire, and not in the SDK.
    fileprivate var isOfTheExchange: Bool {
        if case .internal = self { false } else { true }
    }
}

extension Result where Failure == OpenintError {
    fileprivate var isAnnounced: Bool {
        if case .failure(let error) = self { error.mayHaveBeenApplied } else { false }
    }
}
