// swift-format-ignore-file
// The examples of the README and of the documentation. Written by `cargo xtask generate`.

import Foundation
import OpenintSDK
import Testing

@Suite("ExampleTests")
struct ExampleTests {

    @Test func readme1() async throws {
        try await example { client, data, connectionID in
            do {
                let client = try Openint()  // OPENINT_API_KEY
                let connection = try await client.createConnection(
                    connectorConfigID: "ccfg_", customerID: "customer_id",
                    data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
                print(connection.id)
            }
        }
    }

    @Test func readme2() async throws {
        try await example { client, data, connectionID in
            do {
                let credentials = OAuth2Credentials(accessToken: "gho_16C7", refreshToken: "ghr_1B4a", expiresIn: 28_800)
                let github = try await client.createConnection(
                    connectorConfigID: "ccfg_github_sandbox", customerID: "customer_42",
                    data: .oauth2("github", credentials: credentials),
                    metadata: ["plan": "pro"])
                if let token = github.settings?.accessToken {
                    print(token, token.expose().count)  // [redacted] 8
                }
            }
        }
    }

    @Test func readme3() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listConnections(connectorNames: ["github"], limit: 10)
                print(page.items.map(\.id), page.total ?? 0)

                for try await connection in client.connections(customerID: "customer_42", expand: [.connector]) {
                    print(connection.id, connection.connector?.displayName ?? "")
                }
            }
        }
    }

    @Test func readme4() async throws {
        try await example { client, data, connectionID in
            do {
                let token = try await client.createCustomerToken(
                    customerID: "customer_42", validityInSeconds: 600,
                    connectOptions: ConnectOptions(connectorNames: ["github"]))
                print(token.magicLinkURL?.expose().count ?? 0)

                let customer = try Openint(apiKey: token.token.expose())
                print(try await customer.listConnections().items.count)
            }
        }
    }

    @Test func readme5() async throws {
        try await example { client, data, connectionID in
            do {
                let app = try Openint(apiKeyProvider: {
                    try await client.createCustomerToken(customerID: "customer_42").token  // your own server
                })
                print(try await app.viewer().customerID ?? "")
            }
        }
    }

    @Test func readme6() async throws {
        try await example { client, data, connectionID in
            do {
                let order = try await client.createConnection(
                    connectorConfigID: "ccfg_", customerID: "customer_42", data: data, idempotencyKey: "order-42")
                print(order.id)
            }
        }
    }

    @Test func readme7() async throws {
        try await example { client, data, connectionID in
            do {
                do {
                    _ = try await client.createConnection(
                        connectorConfigID: "ccfg_that_is_not_there", customerID: "customer_id", data: data)
                } catch OpenintError.api(let error, _) where error.status == 404 {
                    print("make the connector config first: \(error)")
                } catch OpenintError.cancelled {
                    print("the task was cancelled")
                } catch let error as OpenintError where error.mayHaveBeenApplied {
                    print("look before repeating: \(error)")
                }
            }
        }
    }

    @Test func readme8() async throws {
        try await example { client, data, connectionID in
            do {
                let patient = client.withOptions(RequestOptions(timeout: 120, totalTimeout: 600, maxRetries: 5))
                let response = try await patient.withResponse {
                    try await $0.createConnection(
                        connectorConfigID: "ccfg_", customerID: "customer_id", data: data,
                        options: RequestOptions(extraHeaders: ["x-tenant": "acme"]))
                }
                print(response.status, response.header("content-type") ?? "", response.value.id)

                let list = try await client.request(.get, "/connection", query: [URLQueryItem(name: "limit", value: "10")])
                print(list.value["items"]?.array?.count ?? 0)
            }
        }
    }

    @Test func readme9() async throws {
        try await example { client, data, connectionID in
            do {
                let plan: JSONValue = ["plan": "pro", "seats": 12]
                let upserted = try await client.upsertCustomer(id: "customer_42", metadata: plan)
                print(upserted.metadata?["seats"]?.number?.int ?? 0, upserted.createdAt?.date ?? Date())
            }
        }
    }

    @Test func apiModel1() async throws {
        try await example { client, data, connectionID in
            do {
                let connector = try Connector(json: ["name": "github", "stage": "ga", "mascot": "octocat"])
                print(connector.stage == .ga, connector.extra["mascot"]?.string ?? "")
            }
        }
    }

    @Test func callObserver1() async throws {
        try await example { client, data, connectionID in
            do {
                struct Lines: CallObserver {
                    func afterAttempt(_ attempt: Attempt, _ end: AttemptEnd) {
                        print(attempt.operation, attempt.number, end.status ?? 0)
                    }
                }

                let client = try Openint(observer: Lines())
                _ = try await client.health()
            }
        }
    }

    @Test func openint1() async throws {
        try await example { client, data, connectionID in
            do {
                let client = try Openint()
                let connection = try await client.createConnection(
                    connectorConfigID: "ccfg_", customerID: "customer_id",
                    data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
                print(connection.id)
            }
        }
    }

    @Test func openint2() async throws {
        try await example { client, data, connectionID in
            do {
                let app = try Openint(apiKeyProvider: {
                    try await client.createCustomerToken(customerID: "customer_42").token  // your own server
                })
                print(try await app.viewer().role)
            }
        }
    }

    @Test func openint3() async throws {
        try await example { client, data, connectionID in
            do {
                let response = try await client.withResponse { try await $0.viewer() }
                print(response.status, response.header("content-type") ?? "", response.value.role)
            }
        }
    }

    @Test func openintSDK1() async throws {
        try await example { client, data, connectionID in
            do {
                let client = try Openint()  // OPENINT_API_KEY
                let connection = try await client.createConnection(
                    connectorConfigID: "ccfg_", customerID: "customer_id",
                    data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
                print(connection.id)
            }
        }
    }

    @Test func connections1() async throws {
        try await example { client, data, connectionID in
            do {
                let credentials = OAuth2Credentials(accessToken: "gho_16C7", refreshToken: "ghr_1B4a")
                let connection = try await client.createConnection(
                    connectorConfigID: "ccfg_github_sandbox", customerID: "customer_42",
                    data: .oauth2("github", credentials: credentials), metadata: ["plan": "pro"])
                print(connection.id, connection.status?.description ?? "not checked yet")
            }
        }
    }

    @Test func connections2() async throws {
        try await example { client, data, connectionID in
            do {
                let connection = try await client.getConnection(id: connectionID, includeSecrets: true)
                if let token = connection.settings?.accessToken {
                    print(token, token.expose().count)
                }
            }
        }
    }

    @Test func connections3() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listConnections(
                    customerID: "customer_42", connectorNames: ["github", "discord"], limit: 10)
                print(page.items.map(\.id), page.total ?? 0)
            }
        }
    }

    @Test func connections4() async throws {
        try await example { client, data, connectionID in
            do {
                for try await connection in client.connections(customerID: "customer_42") {
                    print(connection.id)
                }
            }
        }
    }

    @Test func connections5() async throws {
        try await example { client, data, connectionID in
            do {
                let deleted = try await client.deleteConnection(id: connectionID)
                print(deleted.id)
            }
        }
    }

    @Test func connections6() async throws {
        try await example { client, data, connectionID in
            do {
                let check = try await client.checkConnection(id: connectionID)
                if check.status != .healthy {
                    print("ask the customer to connect again")
                }
            }
        }
    }

    @Test func connectorConfigs1() async throws {
        try await example { client, data, connectionID in
            do {
                let config = try await client.createConnectorConfig(
                    connectorName: "github", displayName: "GitHub",
                    config: ["oauth": ["client_id": "a", "client_secret": "b"]])
                print(config.id)
            }
        }
    }

    @Test func connectorConfigs2() async throws {
        try await example { client, data, connectionID in
            do {
                let config = try await client.getConnectorConfig(
                    id: "ccfg_discord_sandbox", expand: [.connector, .connectionCount])
                print(config.connector?.displayName ?? "", config.connectionCount ?? 0)
            }
        }
    }

    @Test func connectorConfigs3() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listConnectorConfigs(connectorNames: ["discord"])
                print(page.items.map(\.id))
            }
        }
    }

    @Test func connectorConfigs4() async throws {
        try await example { client, data, connectionID in
            do {
                for try await config in client.connectorConfigs(expand: [.connectionCount]) {
                    print(config.id, config.connectionCount ?? 0)
                }
            }
        }
    }

    @Test func connectorConfigs5() async throws {
        try await example { client, data, connectionID in
            do {
                let config = try await client.updateConnectorConfig(
                    id: "ccfg_github_sandbox", displayName: "GitHub", disabled: false)
                print(config.displayName ?? "")
            }
        }
    }

    @Test func connectorConfigs6() async throws {
        try await example { client, data, connectionID in
            do {
                let config = try await client.createConnectorConfig(connectorName: "github")
                print(try await client.deleteConnectorConfig(id: config.id).id == config.id)
            }
        }
    }

    @Test func connectors1() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listConnectors(expand: [.schemas], limit: 10)
                print(page.items.map(\.name))
            }
        }
    }

    @Test func connectors2() async throws {
        try await example { client, data, connectionID in
            do {
                for try await connector in client.connectors() where connector.authType == .apiKey {
                    print(connector.name)
                }
            }
        }
    }

    @Test func connectors3() async throws {
        try await example { client, data, connectionID in
            do {
                let report = try await client.connectorStatus()
                let used = report.list.filter { $0.hasConnection == true }
                print("\(used.count) of \(report.list.count) are used")
            }
        }
    }

    @Test func customers1() async throws {
        try await example { client, data, connectionID in
            do {
                let customer = try await client.upsertCustomer(id: "customer_42", metadata: ["plan": "pro"])
                print(customer.metadata?["plan"]?.string ?? "")
            }
        }
    }

    @Test func customers2() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listCustomers(searchQuery: "customer_42")
                print(page.items.compactMap(\.id))
            }
        }
    }

    @Test func customers3() async throws {
        try await example { client, data, connectionID in
            do {
                for try await customer in client.customers() {
                    print(customer.id ?? "", customer.connectionCount ?? 0)
                }
            }
        }
    }

    @Test func customers4() async throws {
        try await example { client, data, connectionID in
            do {
                let token = try await client.createCustomerToken(
                    customerID: "customer_42", validityInSeconds: 600,
                    connectOptions: ConnectOptions(connectorNames: ["github"], view: .add))
                let customer = try Openint(apiKey: token.token.expose())
                print(try await customer.viewer().role)
            }
        }
    }

    @Test func events1() async throws {
        try await example { client, data, connectionID in
            do {
                let page = try await client.listEvents(since: Date().addingTimeInterval(-86_400), limit: 10)
                for event in page.items {
                    print(event.timestamp?.text ?? "", event.name ?? "")
                }
            }
        }
    }

    @Test func events2() async throws {
        try await example { client, data, connectionID in
            do {
                for try await event in client.events(pageSize: 100) {
                    print(event.id, event.name ?? "")
                }
            }
        }
    }

    @Test func system1() async throws {
        try await example { client, data, connectionID in
            do {
                print(try await client.health().ok)
            }
        }
    }

    @Test func system2() async throws {
        try await example { client, data, connectionID in
            do {
                let echo = try await client.healthEcho(["warm": 1])
                print(echo["input"]?["warm"]?.number?.int ?? 0)
            }
        }
    }

    @Test func system3() async throws {
        try await example { client, data, connectionID in
            do {
                let viewer = try await client.viewer()
                print(viewer.role == .org, viewer.orgID ?? "")
            }
        }
    }

    @Test func system4() async throws {
        try await example { client, data, connectionID in
            do {
                let template = try await client.messageTemplate(
                    customerID: "customer_42", language: .javaScript, useEnvironmentVariables: true)
                print(template.template.expose().count)
            }
        }
    }

    @Test func pagedSequence1() async throws {
        try await example { client, data, connectionID in
            do {
                var ids: [String] = []
                for try await connection in client.connections(customerID: "customer_42") {
                    ids.append(connection.id)
                }
            }
        }
    }

    @Test func extra1() async throws {
        try await example { client, data, connectionID in
            do {
                let connector = try Connector(json: ["name": "github", "mascot": "octocat", "stage": nil])
                print(connector.extra["mascot"]?.string ?? "", connector.extra.isNull("stage"))
            }
        }
    }

    @Test func jsonObject1() async throws {
        try await example { client, data, connectionID in
            do {
                var fields: JSONObject = ["plan": "pro"]
                fields["seats"] = 12
                for (key, value) in fields {
                    print(key, value)
                }
            }
        }
    }

    @Test func jsonValue1() async throws {
        try await example { client, data, connectionID in
            do {
                let settings: JSONValue = ["oauth": ["credentials": ["access_token": "at", "expires_in": 3600]]]
                print(settings["oauth"]?["credentials"]?["expires_in"]?.number?.int ?? 0)
            }
        }
    }

    @Test func secret1() async throws {
        try await example { client, data, connectionID in
            do {
                let token: Secret = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
                print(token)  // [redacted]
            }
        }
    }

    @Test func timestamp1() async throws {
        try await example { client, data, connectionID in
            do {
                let created = Timestamp("2026-11-24 02:12:35.5+00")
                print(created.date?.timeIntervalSince1970 ?? 0, created.text)
            }
        }
    }
}
