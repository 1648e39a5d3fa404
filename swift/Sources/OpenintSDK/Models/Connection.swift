import Foundation

/// A customer's connection to another service.
public struct Connection: APIModel, Identifiable {
    /// `conn_{connector name}_…`.
    public let id: String

    /// The answer, with every key and digit: an object. It can hold secrets.
    public let json: JSONValue

    /// A connection from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        id = try json.required("id", \.string)
        self.json = json
    }

    /// Your own id of the customer.
    public var customerID: String? { json["customer_id"]?.string }

    /// The connector config, `ccfg_…`.
    public var connectorConfigID: String? { json["connector_config_id"]?.string }

    /// The integration, for connectors that aggregate several.
    public var integrationID: String? { json["integration_id"]?.string }

    /// When it was created; `nil` also for a text that is no time, see ``createdAtText``.
    public var createdAt: Date? { createdAtText.flatMap(Date.init(timestamp:)) }

    /// ``createdAt`` as the API wrote it.
    public var createdAtText: String? { json["created_at"]?.string }

    /// When it last changed; a check changes it too. `nil` also for a text that is no time.
    public var updatedAt: Date? { updatedAtText.flatMap(Date.init(timestamp:)) }

    /// ``updatedAt`` as the API wrote it.
    public var updatedAtText: String? { json["updated_at"]?.string }

    /// A name for people.
    public var displayName: String? { json["display_name"]?.string }

    /// Whether it is switched off.
    public var disabled: Bool? { json["disabled"]?.bool }

    /// Your own JSON.
    public var metadata: JSONValue? { json["metadata"]?.unlessNull }

    /// The connector, such as `github`.
    public var connectorName: String? { json["connector_name"]?.string }

    /// Credentials and all else that the connector needs. Reading a connection shows them only on
    /// request.
    public var settings: ConnectorSettings? {
        (json["settings"]?.unlessNull).map { ConnectorSettings($0) }
    }

    /// What the last check found.
    public var status: ConnectionStatus? {
        json["status"]?.string.map(ConnectionStatus.init(rawValue:))
    }

    /// The same in words. It can repeat a client secret or a refresh token, so it is redacted like
    /// one.
    public var statusMessage: Secret? { json["status_message"]?.string.map { Secret($0) } }

    /// The connector's own description, when it was asked for.
    public var connector: Connector? { json["connector"].flatMap { try? Connector(json: $0) } }

    /// The integration's own description, when the API sends it.
    public var integration: JSONValue? { json["integration"]?.unlessNull }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "id", "customer_id", "connector_config_id", "integration_id", "connector_name",
        "display_name", "disabled", "status", "status_message", "created_at", "updated_at",
        "settings", "metadata", "connector", "integration",
    ]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["settings", "status_message"]
}
