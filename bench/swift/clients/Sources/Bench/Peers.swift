// The clients, each as somebody would write it with that library.

import Foundation
import OpenintSDK

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Makes one call and checks its answer.
typealias Call = () async throws -> Void

private let key = "key_bench"
private let config = "ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9"

func caller(peer: String, baseURL: String) throws -> Call {
    switch peer {
    case "ours": return try ours(baseURL)
    case "urlsession": return urlSession(baseURL)
    default: fatalError("no such peer: \(peer)")
    }
}

private func ours(_ baseURL: String) throws -> Call {
    let client = try Openint(apiKey: key, baseURL: baseURL)
    return {
        let connection = try await client.createConnection(
            connectorConfigID: config, customerID: "customer_id",
            data: ConnectorData(
                connectorName: "acme-oauth2",
                settings: [
                    "oauth": [
                        "credentials": ["access_token": "ya29.a0AfH6SMBx4h2kJ7", "expires_in": 3600]
                    ]
                ]))
        precondition(connection.id.hasPrefix("conn_"))
    }
}

private struct Credentials: Codable {
    var access_token: String
    var expires_in: Int?
    var expires_at: String?
    var token_type: String?
}

private struct OAuth: Codable {
    var credentials: Credentials?
}

private struct Settings: Codable {
    var oauth: OAuth?
    var access_token: String?
}

private struct Create: Encodable {
    struct Data: Encodable {
        var connector_name: String
        var settings: Settings
    }
    var connector_config_id: String
    var customer_id: String
    var data: Data
}

private struct Reply: Decodable {
    var id: String
    var customer_id: String?
    var connector_config_id: String?
    var integration_id: String?
    var created_at: String
    var updated_at: String
    var display_name: String?
    var disabled: Bool?
    var metadata: [String: String]?
    var connector_name: String
    var settings: Settings?
    var status: String?
    var status_message: String?
}

private func urlSession(_ baseURL: String) -> Call {
    let session = URLSession(configuration: .ephemeral)
    let url = URL(string: "\(baseURL)/connection")!
    return {
        let credentials = Credentials(access_token: "ya29.a0AfH6SMBx4h2kJ7", expires_in: 3600)
        let sent = Create(
            connector_config_id: config, customer_id: "customer_id",
            data: .init(
                connector_name: "acme-oauth2", settings: Settings(oauth: OAuth(credentials: credentials))))
        var request = URLRequest(url: url)
        request.httpMethod = "POST"
        request.setValue("Bearer \(key)", forHTTPHeaderField: "authorization")
        request.setValue("application/json", forHTTPHeaderField: "accept")
        request.setValue("application/json", forHTTPHeaderField: "content-type")
        request.httpBody = try JSONEncoder().encode(sent)
        let (body, response) = try await session.data(for: request)
        precondition((response as? HTTPURLResponse)?.statusCode == 200)
        let connection = try JSONDecoder().decode(Reply.self, from: body)
        precondition(connection.id.hasPrefix("conn_"))
    }
}
