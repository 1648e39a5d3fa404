import OpenintSDK

/// Runs an example of the documentation with what it takes for granted, against the server that
/// `cargo xtask test swift` names in the environment.
func example(
    _ body: (_ client: Openint, _ data: ConnectorData, _ connectionID: String) async throws -> Void
) async throws {
    let client = try Openint()
    let connection = try await client.createDummy(customerID: "customer_42")
    try await body(client, dummy, connection.id)
}
