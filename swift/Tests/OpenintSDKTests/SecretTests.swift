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
        let data = ConnectorData.oauth2("acme-oauth2", credentials: credentials)
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
        guard case .api(let error) = refused else { throw TestFailure("\(refused)") }
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
}
