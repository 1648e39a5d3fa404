// Walks the way that a product takes with OpenInt, from its settings to a customer's data.
//
// It takes OPENINT_API_KEY, and OPENINT_BASE_URL where that is set. GITHUB_API_URL names the service
// whose data are wanted, which is GitHub unless it is set.

import Foundation
import OpenintSDK

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

let customer = "acme"
let client = try Openint()

// Once: what GitHub calls your product.
let config = try await client.createConnectorConfig(
    connectorName: "github",
    config: ["oauth": ["client_id": "Iv1.example", "client_secret": "example"]])
print("config for \(config.connectorName ?? "nothing")")

// For each customer: who it is, and a page on which it connects its GitHub account.
_ = try await client.upsertCustomer(id: customer, metadata: ["plan": "pro"])
let token = try await client.createCustomerToken(customerID: customer, validityInSeconds: 3600)
print("page for \(customer) is \(token.magicLinkURL == nil ? "missing" : "ready")")

// The connection comes of that page, or of credentials that you hold already.
let made = try await client.createConnection(
    connectorConfigID: config.id,
    customerID: customer,
    data: .oauth2("github", credentials: OAuth2Credentials(accessToken: "gho_example")),
    idempotencyKey: "acme-github")

// Whenever its data are wanted: the access token, renewed if need be.
let connection = try await client.getConnection(
    id: made.id, includeSecrets: true, refreshPolicy: .auto)
guard let accessToken = connection.settings?.accessToken else {
    fatalError("the connection has no access token")
}
print("account \(try await account(accessToken)) is connected")

_ = try await client.deleteConnection(id: made.id)
_ = try await client.deleteConnectorConfig(id: config.id)
for event in try await client.listEvents(limit: 10).items where event.customerID == customer {
    print("event \(event.name ?? "")")
}

/// Asks GitHub whose token this is.
func account(_ accessToken: Secret) async throws -> String {
    struct User: Decodable {
        let login: String
    }
    let github = ProcessInfo.processInfo.environment["GITHUB_API_URL"] ?? "https://api.github.com"
    var request = URLRequest(url: URL(string: "\(github)/user")!)
    request.setValue("Bearer \(accessToken.expose())", forHTTPHeaderField: "Authorization")
    let (body, _) = try await URLSession.shared.data(for: request)
    return try JSONDecoder().decode(User.self, from: body).login
}
