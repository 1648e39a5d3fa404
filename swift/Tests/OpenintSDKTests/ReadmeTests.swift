import Foundation
import OpenintSDK
import Testing

/// The README's code, compiled and run. A test holds the README against this file.
@Suite("ReadmeTests", .serialized)
struct ReadmeTests {
    private let sandbox: Sandbox
    private let client: Openint
    private let data = dummy

    init() throws {
        sandbox = try Sandbox()
        client = try sandbox.client()
    }

    @Test func createAConnection() async throws {
        setenv("OPENINT_API_KEY", sandbox.apiKey, 1)
        setenv("OPENINT_BASE_URL", sandbox.baseURL, 1)
        defer {
            unsetenv("OPENINT_API_KEY")
            unsetenv("OPENINT_BASE_URL")
        }
        // swift-format-ignore
        do {
            let client = try Openint()  // OPENINT_API_KEY
            let connection = try await client.createConnection(
                connectorConfigID: "ccfg_", customerID: "customer_id",
                data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
            print(connection.id)
        }
        #expect(try sandbox.rows(of: "customer_id") == 1)
    }

    @Test func credentials() async throws {
        // swift-format-ignore
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
        #expect(try sandbox.rows(of: "customer_42") == 1)
    }

    @Test func errors() async throws {
        // swift-format-ignore
        do {
            _ = try await client.createConnection(
                connectorConfigID: "ccfg_that_is_not_there", customerID: "customer_id", data: data)
        } catch OpenintError.api(let error) where error.status == 404 {
            print("make the connector config first: \(error)")
        } catch OpenintError.cancelled {
            print("the task was cancelled")
        } catch let error as OpenintError where error.mayHaveBeenApplied {
            print("look before repeating: \(error)")
        }
        #expect(try sandbox.requests().count == 1)
    }

    @Test func optionsAndRoutes() async throws {
        // swift-format-ignore
        do {
            let patient = client.withOptions(RequestOptions(timeout: 120, maxRetries: 5))
            let response = try await patient.withResponse {
                try await $0.createConnection(
                    connectorConfigID: "ccfg_", customerID: "customer_id", data: data,
                    options: RequestOptions(extraHeaders: ["x-tenant": "acme"]))
            }
            print(response.status, response.header("content-type") ?? "", response.value.id)

            let list = try await client.request(.get, "/connection", query: [URLQueryItem(name: "limit", value: "10")])
            print(list.value["items"]?.array?.count ?? 0)
        }
        #expect(try sandbox.requests().count == 2)
    }

    @Test func everyPieceOfTheReadmeIsInThisFile() throws {
        let here = URL(fileURLWithPath: #filePath)
        let readme = here.deletingLastPathComponent().appendingPathComponent("../../README.md")
        let text = try String(contentsOf: readme.standardizedFileURL, encoding: .utf8)
        let code = Self.trimmed(try String(contentsOf: here, encoding: .utf8))
        let pieces = text.components(separatedBy: "```swift\n").dropFirst()
            .compactMap { $0.components(separatedBy: "```").first }
        #expect(pieces.count == 4)
        for piece in pieces {
            #expect(code.contains(Self.trimmed(piece)), "not in ReadmeTests.swift: \(piece)")
        }
    }

    private static func trimmed(_ code: String) -> String {
        code.split(separator: "\n", omittingEmptySubsequences: true)
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
            .joined(separator: "\n")
    }
}
