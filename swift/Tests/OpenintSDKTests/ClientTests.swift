import Foundation
import OpenintSDK
import Testing

@Suite("ClientTests", .serialized)
struct ClientTests {
    let sandbox: Sandbox

    init() throws {
        sandbox = try Sandbox()
    }

    @Test func badInputIsRefusedBeforeAByteIsSent() async throws {
        let client = try sandbox.client()
        let refused: [(String, OpenintError)] = [
            (
                "connector_config_id",
                try await failure {
                    try await client.createConnection(
                        connectorConfigID: "nope", customerID: "cus_1", data: dummy)
                }
            ),
            (
                "customer_id",
                try await failure {
                    try await client.createDummy(customerID: "a\0b")
                }
            ),
            (
                "data.settings",
                try await failure {
                    try await client.createConnection(
                        connectorConfigID: "ccfg_", customerID: "cus_1",
                        data: ConnectorData(
                            connectorName: "x", settings: ConnectorSettings([1])))
                }
            ),
            (
                "timeout",
                try await failure {
                    try await client.request(
                        .get, "/connection", options: RequestOptions(timeout: .nan))
                }
            ),
            (
                "timeout",
                try await failure {
                    try await client.request(
                        .get, "/connection", options: RequestOptions(timeout: -1))
                }
            ),
            (
                "timeout",
                try await failure {
                    try await client.request(
                        .get, "/connection", options: RequestOptions(timeout: .infinity))
                }
            ),
            (
                "max_retries",
                try await failure {
                    try await client.request(
                        .get, "/connection", options: RequestOptions(maxRetries: -1))
                }
            ),
        ]
        for (expected, error) in refused {
            guard case .invalidInput(let field, _, _) = error else {
                Issue.record("\(expected): \(error)")
                continue
            }
            #expect(field == expected)
            #expect(error.attempts == 0 && !error.mayHaveBeenApplied && !error.isRetryable)
        }
        #expect(throws: OpenintError.self) { try Openint(apiKey: "", baseURL: "nowhere") }
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func aHundredTasksOnOneClientMakeAHundredRows() async throws {
        let client = try sandbox.client()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<100 {
                group.addTask {
                    try await client.createDummy(customerID: "cus_many").id + "\(index)"
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 100)
        #expect(try sandbox.rows(of: "cus_many") == 100)
    }

    @Test func aCancelledTaskEndsItsRequestInFlight() async throws {
        try sandbox.script(["fault": ["kind": "stall", "at": "before_response"], "times": 2])
        let client = try sandbox.client(timeout: 120)
        let task = Task { () async throws -> OpenintError in
            try await failure { try await client.createDummy() }
        }
        while try sandbox.requests().isEmpty { try await Task.sleep(nanoseconds: 10_000_000) }
        let cancelled = Date()
        task.cancel()
        let error = try await task.value
        guard case .cancelled = error else { throw TestFailure("\(error)") }
        #expect(error.mayHaveBeenApplied)
        #expect(error.attempts == 1)
        // The upper bound is for a busy machine.
        #expect(Date().timeIntervalSince(cancelled) < 10)
        #expect(try sandbox.requests().count == 1)
    }

    @Test func aTaskThatIsCancelledAlreadySendsNothing() async throws {
        let client = try sandbox.client()
        let task = Task { () async throws -> OpenintError in
            while !Task.isCancelled { await Task.yield() }
            return try await failure {
                try await client.createDummy()
            }
        }
        task.cancel()
        let error = try await task.value
        guard case .cancelled = error else { throw TestFailure("\(error)") }
        #expect(!error.mayHaveBeenApplied)
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func waitingCallsDoNotHoldSwiftsThreads() async throws {
        try sandbox.script(["delay_ms": 1_000, "process": true, "times": 64])
        let client = try sandbox.client(timeout: 120)
        let waiting = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<64 { group.addTask { _ = try await client.createDummy() } }
                try await group.waitForAll()
            }
        }
        // With 64 calls under way there are still threads for other work.
        while try sandbox.requests().count < 64 { try await Task.sleep(nanoseconds: 5_000_000) }
        try await waiting.value
        #expect(try sandbox.rows(of: "cus_1") == 64)
    }

    @Test func aClosedClientSaysSo() async throws {
        let client = try sandbox.client()
        let patient = client.withOptions(RequestOptions(timeout: 30))
        _ = try await client.createDummy()
        client.close()
        client.close()
        for closed in [client, patient] {
            let error = try await failure {
                try await closed.createDummy()
            }
            guard case .closed = error else { throw TestFailure("\(error)") }
            #expect(error.localizedDescription.contains("closed"))
        }
        #expect(try sandbox.requests().count == 1)
    }

    @Test func aCallUnderWaySurvivesClosing() async throws {
        try sandbox.script(["delay_ms": 300, "process": true])
        let client = try sandbox.client()
        let call = Task { try await client.createDummy() }
        while try sandbox.requests().isEmpty { try await Task.sleep(nanoseconds: 5_000_000) }
        client.close()
        #expect(try await call.value.id.hasPrefix("conn_"))
    }

    @Test func digitsAndTextCrossThereAndBack() async throws {
        let big = try #require(JSONNumber("12345678901234567890123.4500"))
        let metadata: JSONValue = [
            "big": .number(big), "text": "ñ😀\"\\\n\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}",
            "客户": ["deep": [nil, true]],
        ]
        let response = try await sandbox.client().withResponse {
            try await $0.createConnection(
                connectorConfigID: "ccfg_", customerID: "客户_😀", data: dummy, metadata: metadata)
        }
        #expect(response.value.metadata == metadata)
        #expect(response.value.customerID == "客户_😀")
        #expect(response.body.contains("12345678901234567890123.4500"))
        #expect(response.status == 200 && response.attempts == 1)
        #expect(response.header("Content-Type") == "application/json")
        let sent = try #require(try sandbox.requests().first?["body"]?.string)
        #expect(sent.contains("12345678901234567890123.4500"))
        let agent = try sandbox.requests().first?["headers"]?.array?
            .first { $0[0] == "user-agent" }
        let manifest = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().appendingPathComponent("../../../Cargo.toml")
        let cargo = try String(contentsOf: manifest.standardizedFileURL, encoding: .utf8)
        let name = try #require(agent?[1]?.string)
        #expect(name.hasPrefix("openint-swift/"))
        let version = name.dropFirst("openint-swift/".count)
        #expect(cargo.contains("\nversion = \"\(version)\""))
    }

    @Test func aCustomersTokenMakesAClient() async throws {
        let client = try sandbox.client()
        let token = try await client.createCustomerToken(customerID: "cus_7")
        let mine = try await client.createDummy(customerID: "cus_7")
        _ = try await client.createDummy(customerID: "cus_8")
        for key in [token.token, try #require(token.apiKey)] {
            let customer = try Openint(apiKey: key.expose(), baseURL: sandbox.baseURL)
            let viewer = try await customer.viewer()
            #expect(viewer.role == .customer && viewer.customerID == "cus_7")
            #expect(try await customer.listConnections().items.map(\.id) == [mine.id])
            let error = try await failure { try await customer.listCustomers() }
            guard case .api(let refusal, _) = error else { throw TestFailure("\(error)") }
            #expect(refusal.status == 403)
        }
    }

    @Test func theAnswerOfAnyCallComesWithItsValue() async throws {
        let client = try sandbox.client()
        try sandbox.script(
            ["status": 503, "headers": ["retry-after": "0"]],
            ["process": true, "headers": ["x-request-id": "req_1"]])
        let response = try await client.withResponse { client in
            try await client.withOptions(RequestOptions(maxRetries: 1)).viewer()
        }
        #expect(response.value.role == .org && response.status == 200 && response.attempts == 2)
        #expect(response.header("X-Request-ID") == "req_1")
        #expect(try JSONValue(parsing: response.body) == response.value.toJSON())

        let none = try await failure { try await client.withResponse { _ in 1 } }
        guard case .invalidInput("call", _, _) = none else { throw TestFailure("\(none)") }
    }

    /// The sandbox knows every operation, so its answers hold no field that the models do not.
    @Test func theModelsKnowWhatTheServerSends() async throws {
        let client = try sandbox.client()
        let created = try await client.createDummy()
        let answers: [any APIModel] = [
            created,
            try await client.getConnection(
                id: created.id, includeSecrets: true, expand: [.connector]),
            try await client.checkConnection(id: created.id),
            try await client.getConnectorConfig(
                id: "ccfg_discord_sandbox", expand: [.connectorSchemas, .connectionCount]),
            try #require(try await client.listConnectors(expand: [.schemas], limit: 1).items.first),
            try await client.connectorStatus(),
            try #require(try await client.connectorStatus().list.first),
            try await client.upsertCustomer(id: "cus_1"),
            try #require(try await client.listCustomers().items.first),
            try await client.createCustomerToken(customerID: "cus_1"),
            try #require(try await client.listEvents().items.first),
            try await client.viewer(),
            try await client.health(),
            try await client.messageTemplate(customerID: "cus_1"),
            try await client.deleteConnection(id: created.id),
        ]
        for answer in answers {
            let unknown = answer.extra.names.filter { !answer.extra.isNull($0) }
            #expect(unknown.isEmpty, "\(type(of: answer)) lacks \(unknown)")
        }
    }

    @Test func optionsOfACallGoOverThoseOfTheClient() async throws {
        let client = try Openint(
            apiKey: sandbox.apiKey, baseURL: sandbox.baseURL, defaultHeaders: ["x-a": "client"])
        let options = RequestOptions(extraHeaders: ["x-b": "with"])
        _ = try await client.withOptions(options).request(
            .get, "/connection", query: [URLQueryItem(name: "limit", value: "1")],
            options: RequestOptions(
                extraHeaders: ["x-a": "call"],
                extraQuery: [URLQueryItem(name: "customer_id", value: "cus_1")]))
        let request = try #require(try sandbox.requests().first)
        let headers = request["headers"]?.array ?? []
        #expect(headers.contains(["x-a", "call"]) && headers.contains(["x-b", "with"]))
        #expect(request["query"] == "limit=1&customer_id=cus_1")
    }

    @Test func aPanicInTheLibraryIsAnErrorAndTheClientGoesOn() async throws {
        let client = try sandbox.client()
        let read = try await failure {
            try await client.request(.get, "/_test/panic")
        }
        let write = try await failure {
            try await client.request(.post, "/_test/panic")
        }
        guard case .internal = read, case .internal = write else {
            throw TestFailure("\(read), \(write)")
        }
        #expect(!read.mayHaveBeenApplied && write.mayHaveBeenApplied)
        #expect(!"\(read)".contains("on purpose"))
        #expect(try await client.createDummy().id.hasPrefix("conn_"))
    }
}
