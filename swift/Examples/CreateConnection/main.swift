// Creates a connection. OPENINT_API_KEY holds the key; OPENINT_BASE_URL can name another server,
// such as the local one of `cargo run -p openint-sandbox`.

import OpenintSDK

let client = try Openint()
do {
    let connection = try await client.createConnection(
        connectorConfigID: "ccfg_",
        customerID: "customer_id",
        data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]),
        metadata: ["plan": "pro"])
    print(connection.id)
} catch OpenintError.api(let error, _) where error.status == 404 {
    print("make the connector config first: \(error)")
} catch let error as OpenintError where error.mayHaveBeenApplied {
    print("look before repeating: \(error)")
}
