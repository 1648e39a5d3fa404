/// A connector and the settings of a connection to it.
public struct ConnectorData: Sendable, Hashable {
    /// The connector, such as `github`. Any name is taken: the list grows with the API.
    public var connectorName: String
    /// What the connector needs.
    public var settings: ConnectorSettings

    /// Settings as JSON, for any connector.
    public init(connectorName: String, settings: JSONValue) {
        self.connectorName = connectorName
        self.settings = ConnectorSettings(settings)
    }

    /// Settings of an OAuth2 connector.
    public static func oauth2(
        _ connectorName: String, credentials: OAuth2Credentials
    ) -> ConnectorData {
        ConnectorData(
            connectorName: connectorName,
            settings: ["oauth": ["credentials": credentials.json]])
    }

    /// Settings that are one key. Connectors differ in what they call it: `api_key`, `apiKey`,
    /// `access_token`, …
    public static func apiKey(
        _ connectorName: String, field: String, key: Secret
    ) -> ConnectorData {
        ConnectorData(
            connectorName: connectorName, settings: .object([field: .string(key.expose())]))
    }
}

extension ConnectorData: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The connector, and its settings redacted.
    public var description: String {
        "ConnectorData(connectorName: \(connectorName), settings: \(settings))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// The connector, and its settings redacted.
    public var customMirror: Mirror {
        Mirror(self, children: ["connectorName": connectorName, "settings": settings])
    }
}
