import Foundation

/// A connector as an organisation uses it.
public struct ConnectorConfig: APIModel, Identifiable {
    /// `ccfg_{connector name}_…`.
    public let id: String

    /// The answer, with every key and digit: an object. It can hold secrets.
    public let json: JSONValue

    /// A connector config from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        id = try json.required("id", \.string)
        self.json = json
    }

    /// When it was created; `nil` also for a text that is no time, see ``createdAtText``.
    public var createdAt: Date? { createdAtText.flatMap(Date.init(timestamp:)) }

    /// ``createdAt`` as the API wrote it.
    public var createdAtText: String? { json["created_at"]?.string }

    /// When it last changed; `nil` also for a text that is no time, see ``updatedAtText``.
    public var updatedAt: Date? { updatedAtText.flatMap(Date.init(timestamp:)) }

    /// ``updatedAt`` as the API wrote it.
    public var updatedAtText: String? { json["updated_at"]?.string }

    /// The organisation.
    public var orgID: String? { json["org_id"]?.string }

    /// A name for people.
    public var displayName: String? { json["display_name"]?.string }

    /// Whether it is switched off.
    public var disabled: Bool? { json["disabled"]?.bool }

    /// Your own JSON.
    public var metadata: JSONValue? { json["metadata"]?.unlessNull }

    /// The connector, such as `github`.
    public var connectorName: String? { json["connector_name"]?.string }

    /// What the connector needs of the organisation. The API always shows it, client secrets
    /// included, so it is redacted like one.
    public var config: ConnectorSettings? {
        (json["config"]?.unlessNull).map { ConnectorSettings($0) }
    }

    /// The connector's own description, when it was asked for.
    public var connector: Connector? { json["connector"].flatMap { try? Connector(json: $0) } }

    /// How many connections are made with it, when that was asked for.
    public var connectionCount: Int? { json["connection_count"]?.number?.int }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "id", "org_id", "connector_name", "display_name", "disabled", "created_at", "updated_at",
        "connection_count", "config", "metadata", "connector",
    ]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["config"]
}

/// What else a connector config comes with.
public struct ConnectorConfigExpand: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The part of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Its connector's own description.
    public static let connector: ConnectorConfigExpand = "connector"
    /// The same with the JSON schemas of its settings and config.
    public static let connectorSchemas: ConnectorConfigExpand = "connector.schemas"
    /// How many connections are made with it.
    public static let connectionCount: ConnectorConfigExpand = "connection_count"
}
