import OpenintSDK
import Testing

@Suite("KeyTests")
struct KeyTests {
    private actor Vault {
        private(set) var questions = 0
        private let keys: [String]

        init(_ keys: [String]) { self.keys = keys }

        func key() async -> Secret {
            questions += 1
            let key = keys[min(questions, keys.count) - 1]
            // Long enough for the calls of a test to meet.
            try? await Task.sleep(nanoseconds: 200_000_000)
            return Secret(key)
        }
    }

    @Test func callsAtTheSameTimeShareOneQuestion() async throws {
        let sandbox = try Sandbox()
        let vault = Vault([sandbox.apiKey])
        let client = try Openint(
            apiKeyProvider: { await vault.key() }, baseURL: sandbox.baseURL)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await client.viewer() } }
            try await group.waitForAll()
        }
        #expect(await vault.questions == 1)
    }

    @Test func aKeyThatRanOutIsReplacedOnce() async throws {
        let sandbox = try Sandbox()
        let vault = Vault(["expired", sandbox.apiKey])
        let client = try Openint(
            apiKeyProvider: { await vault.key() }, baseURL: sandbox.baseURL)
        #expect(try await client.viewer().role == .org)
        #expect(try await client.createDummy().id.hasPrefix("conn_"))
        #expect(await vault.questions == 2)
    }

    @Test func aFailureOfTheProviderIsTheErrorOfTheCall() async throws {
        let sandbox = try Sandbox()
        let client = try Openint(
            apiKeyProvider: { throw TestFailure("the vault is sealed") }, baseURL: sandbox.baseURL)
        let error = try await failure { try await client.createDummy() }
        guard case .apiKey = error else { throw TestFailure("\(error)") }
        #expect("\(error)".contains("the vault is sealed"))
        #expect(error.attempts == 0 && !error.mayHaveBeenApplied)
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func aKeyAndAProviderAreRefused() {
        #expect(throws: OpenintError.self) {
            try Openint(apiKey: "key", apiKeyProvider: { "key" })
        }
    }
}
