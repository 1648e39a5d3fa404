import OpenintSDK
import Testing

/// The Swift code of the guide. Its pages show the sections that are marked here. The server is the
/// one that `cargo xtask test swift` names in the environment.
@Suite("GuideTests")
struct GuideTests {
    private let data = dummy

    @Test func quickstart() async throws {
        // --8<-- [start:quickstart]
        let client = try Openint()  // OPENINT_API_KEY
        let connection = try await client.createConnection(
            connectorConfigID: "ccfg_", customerID: "customer_id",
            data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
        print(connection.id)
        // --8<-- [end:quickstart]
        #expect(connection.id.hasPrefix("conn_dummy-oauth2_"))
    }

    @Test func apiKey() async throws {
        let sandbox = try Sandbox()
        let (key, baseURL) = (sandbox.apiKey, sandbox.baseURL)
        // --8<-- [start:api-key]
        let client = try Openint(apiKey: key, baseURL: baseURL)
        // --8<-- [end:api-key]
        #expect(try await client.health().ok)
    }

    @Test func customerToken() async throws {
        let client = try Openint()
        // --8<-- [start:customer-token]
        let token = try await client.createCustomerToken(
            customerID: "customer_42", validityInSeconds: 600,
            connectOptions: ConnectOptions(connectorNames: ["github"]))
        print(token)  // the token and the link are [redacted]

        let customer = try Openint(apiKey: token.token.expose())
        print(try await customer.viewer().customerID ?? "")
        // --8<-- [end:customer-token]
        #expect(try await customer.viewer().customerID == "customer_42")
    }

    @Test func keyProvider() async throws {
        let sandbox = try Sandbox()
        let (key, baseURL) = (sandbox.apiKey, sandbox.baseURL)
        @Sendable func fetchToken() async throws -> Secret { Secret(key) }
        // --8<-- [start:key-provider]
        let client = try Openint(
            apiKeyProvider: { try await fetchToken() },  // asks your own server
            baseURL: baseURL)
        // --8<-- [end:key-provider]
        #expect(try await client.viewer().role == .org)
    }

    @Test func connections() async throws {
        let client = try Openint()
        // --8<-- [start:create]
        let credentials = OAuth2Credentials(
            accessToken: "gho_16C7e42F", refreshToken: "ghr_1B4a2e77", expiresIn: 28_800)
        let connection = try await client.createConnection(
            connectorConfigID: "ccfg_github_sandbox", customerID: "customer_42",
            data: .oauth2("github", credentials: credentials),
            metadata: ["plan": "pro"])
        // --8<-- [end:create]

        // --8<-- [start:read]
        let shown = try await client.getConnection(id: connection.id, includeSecrets: true)
        if let token = shown.settings?.accessToken {
            print(token, token.expose().count)  // [redacted] 12
        }

        if try await client.checkConnection(id: connection.id).status != .healthy {
            print("ask the customer to connect again")
        }

        _ = try await client.deleteConnection(id: connection.id)
        // --8<-- [end:read]
        #expect(shown.settings?.accessToken != nil)
    }

    @Test func lists() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        _ = try await client.createDummy(customerID: "customer_42")
        var count = 0
        // --8<-- [start:page]
        let page = try await client.listConnections(customerID: "customer_42", limit: 10)
        print(page.items.count, page.total ?? 0)
        // --8<-- [end:page]

        // --8<-- [start:rows]
        for try await connection in client.connections(customerID: "customer_42") {
            print(connection.id, connection.status ?? .healthy)
            count += 1
        }
        // --8<-- [end:rows]
        #expect(page.items.count == 1 && count == 1)
    }

    @Test func errors() async throws {
        let client = try Openint()
        // --8<-- [start:errors]
        do {
            _ = try await client.createConnection(
                connectorConfigID: "ccfg_that_is_not_there", customerID: "customer_id", data: data)
        } catch OpenintError.api(let error, _) where error.status == 404 {
            print("make the connector config first: \(error)")
        } catch OpenintError.cancelled {
            print("the task was cancelled")
        } catch let error as OpenintError where error.mayHaveBeenApplied {
            print("look before repeating it: \(error)")
        }
        // --8<-- [end:errors]
    }

    @Test func options() async throws {
        let client = try Openint()
        // --8<-- [start:options]
        let patient = client.withOptions(RequestOptions(timeout: 120, maxRetries: 5))
        print(try await patient.health().ok)
        // --8<-- [end:options]

        // --8<-- [start:cancel]
        let task = Task { try await client.viewer() }
        task.cancel()
        do {
            _ = try await task.value
        } catch OpenintError.cancelled {
            print("the request ended with its task")
        }
        // --8<-- [end:cancel]
    }

    @Test func idempotency() async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        // --8<-- [start:idempotency]
        func connect() async throws -> String {
            try await client.createConnection(
                connectorConfigID: "ccfg_", customerID: "customer_42", data: data,
                idempotencyKey: "order-1291"
            ).id
        }
        let (first, second) = (try await connect(), try await connect())
        print(first == second)  // true
        // --8<-- [end:idempotency]
        #expect(first == second)
        #expect(try sandbox.rows(of: "customer_42") == 1)
    }

    // --8<-- [start:observer]
    struct Lines: CallObserver {
        func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd) {
            print(attempt.operation, attempt.number, end.status ?? 0, end.duration)
        }
    }
    // --8<-- [end:observer]

    @Test func observer() async throws {
        // --8<-- [start:observed]
        let client = try Openint(observer: Lines())
        // --8<-- [end:observed]
        #expect(try await client.health().ok)
    }
}
