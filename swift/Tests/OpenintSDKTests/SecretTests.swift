import Foundation
import OpenintSDK
import Testing

@Suite("SecretTests")
struct SecretTests {
    private static let canary = "canary-5d1f"

    @Test func nothingPrintsASecret() async throws {
        let sandbox = try Sandbox()
        let canary = Self.canary
        let credentials = OAuth2Credentials(
            accessToken: Secret(canary), refreshToken: Secret(canary), raw: ["t": .string(canary)])
        let data = try ConnectorData.oauth2("acme-oauth2", credentials: credentials)
        let options = RequestOptions(
            extraHeaders: ["x-secret": canary],
            extraQuery: [URLQueryItem(name: "q", value: canary)],
            extraBody: ["note": .string(canary)])
        let client = try Openint(
            apiKey: sandbox.apiKey, baseURL: sandbox.baseURL,
            defaultHeaders: ["x-key": canary])
        let response = try await client.withResponse {
            try await $0.createConnection(
                connectorConfigID: "ccfg_acme-oauth2_sandbox", customerID: "cus_1", data: data,
                metadata: ["token": .string(canary)], checkConnection: true)
        }
        let connection = response.value
        #expect(connection.settings?.accessToken?.expose() == canary)
        #expect(response.body.contains(canary))

        let values: [Any] = [
            Secret(canary), credentials, data,
            ConnectorData.apiKey("x", field: "k", key: Secret(canary)),
            options, client, response, connection, connection.settings as Any,
            connection.statusMessage as Any, [connection], ["a": data],
        ]
        for value in values {
            for printed in everyPrint(of: value) {
                #expect(!printed.contains(canary), "\(type(of: value))")
            }
        }
    }

    @Test func noErrorPrintsASecret() async throws {
        let sandbox = try Sandbox()
        let canary = Self.canary
        let body: JSONValue = ["message": "no", "code": "BAD_REQUEST", "echo": .string(canary)]
        try sandbox.script(["status": 400, "body": body])
        let client = try sandbox.client()
        let data = ConnectorData.apiKey("greenhouse", field: "apiKey", key: Secret(canary))
        let refused = try await failure {
            try await client.createConnection(
                connectorConfigID: "ccfg_greenhouse_sandbox", customerID: "cus_1", data: data)
        }
        guard case .api(let error, _) = refused else { throw TestFailure("\(refused)") }
        #expect(error.body.contains(canary))

        let header = try await failure {
            try await client.request(
                .get, "/connection", options: RequestOptions(extraHeaders: ["x": "\(canary)\r\ny"]))
        }
        let unauthorized = try Openint(apiKey: canary, baseURL: sandbox.baseURL)
        let key = try await failure {
            try await unauthorized.createDummy()
        }
        for value in [refused, error, header, key] as [any Sendable] {
            for printed in everyPrint(of: value) {
                #expect(!printed.contains(canary), "\(type(of: value))")
            }
        }
    }

    /// Every field that can hold a secret holds one, and so do those that this version does not
    /// know.
    @Test func noModelPrintsASecret() throws {
        let canary = Self.canary
        let secret: JSONValue = ["key": .string(canary)]
        let text = JSONValue.string(canary)
        let models: [any APIModel] = [
            try Connection(json: [
                "id": "conn_1", "settings": secret, "metadata": secret, "integration": secret,
                "status_message": text, "new": text,
                "connector": ["name": "x", "schemas": secret, "new": text],
            ]),
            try ConnectionCheck(json: ["id": "conn_1", "status_message": text, "new": text]),
            try ConnectorConfig(json: [
                "id": "ccfg_1", "config": secret, "metadata": secret, "new": text,
            ]),
            try Connector(json: ["name": "x", "schemas": secret, "new": text]),
            try Customer(json: ["api_key": text, "metadata": secret, "new": text]),
            try CustomerToken(json: [
                "token": text, "magic_link_url": text, "api_key": text, "new": text,
            ]),
            try Event(json: ["id": "evt_1", "data": secret, "user": secret, "new": text]),
            try MessageTemplate(json: ["template": text, "new": text]),
            try OAuth2Settings(json: [
                "credentials": ["access_token": text], "metadata": secret, "new": text,
            ]),
        ]
        let page = CustomerPage(
            items: [try Customer(json: ["api_key": text])], total: 1, limit: nil, offset: nil,
            hasNextPage: nil, extra: ["new": text])
        for model in models as [any Sendable] + [page] {
            let views: [Any] = [model, [model], ["a": model]]
            for printed in views.flatMap(everyPrint) {
                #expect(!printed.contains(canary), "\(type(of: model))")
            }
        }
    }
}
