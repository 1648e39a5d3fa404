import Foundation

/// A customer's connection to another service.
///
/// Every field but ``id`` can be absent or null: the API leaves out what was not asked for, and
/// grows. Nothing of its answer is lost: ``json`` is all of it, ``extra`` what this version does
/// not know. Two connections are equal when their JSON is.
public struct Connection: Sendable, Hashable, Identifiable {
    /// `conn_{connector name}_…`.
    public let id: String

    /// The answer, with every key and digit: an object. It can hold secrets.
    public let json: JSONValue

    /// A connection from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        guard let id = json["id"]?.string else {
            throw OpenintError.invalidInput(field: "id", expected: "an object with a text `id`")
        }
        self.id = id
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
    public var metadata: JSONValue? {
        json["metadata"].flatMap { $0.isNull ? Optional.none : $0 }
    }

    /// The connector, such as `github`.
    public var connectorName: String? { json["connector_name"]?.string }

    /// Credentials and all else that the connector needs. Reading a connection shows them only on
    /// request.
    public var settings: ConnectorSettings? {
        guard let settings = json["settings"], !settings.isNull else { return nil }
        return ConnectorSettings(settings)
    }

    /// What the last check found.
    public var status: ConnectionStatus? {
        json["status"]?.string.map(ConnectionStatus.init(rawValue:))
    }

    /// The same in words. It can repeat a client secret or a refresh token, so it is redacted like
    /// one.
    public var statusMessage: Secret? { json["status_message"]?.string.map { Secret($0) } }

    /// The fields that this version does not know.
    public var extra: [String: JSONValue] {
        (json.object ?? [:]).filter { !Self.known.contains($0.key) }
    }

    /// Whether the answer had the field, be it as `null`.
    public func has(_ field: String) -> Bool { json.object?.keys.contains(field) ?? false }

    /// Whether the answer had the field as `null`; a field that it did not have is not null.
    public func isNull(_ field: String) -> Bool { json[field]?.isNull ?? false }

    private static let known: Set<String> = [
        "id", "customer_id", "connector_config_id", "integration_id", "created_at", "updated_at",
        "display_name", "disabled", "metadata", "connector_name", "settings", "status",
        "status_message",
    ]
}

extension Connection: Codable {
    /// Reads a connection.
    public init(from decoder: any Decoder) throws {
        try self.init(json: try JSONValue(from: decoder))
    }

    /// Writes a connection, secrets included.
    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }
}

extension Connection: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// What is no secret.
    public var description: String {
        let fields = customMirror.children.map { "\($0.label ?? ""): \($0.value)" }
        return "Connection(\(fields.joined(separator: ", ")))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// What is no secret.
    public var customMirror: Mirror {
        var children: [(label: String?, value: Any)] = [("id", id)]
        let texts = [
            ("customerID", customerID), ("connectorConfigID", connectorConfigID),
            ("connectorName", connectorName), ("status", status?.rawValue),
            ("createdAt", createdAtText), ("updatedAt", updatedAtText),
            ("settings", hidden("settings")), ("metadata", hidden("metadata")),
            ("statusMessage", hidden("status_message")),
        ]
        for case (let name, let text?) in texts {
            children.append((name, text))
        }
        if let disabled { children.append(("disabled", disabled)) }
        children.append(("extra", extra.keys.sorted()))
        return Mirror(self, children: children, displayStyle: .struct)
    }

    private func hidden(_ field: String) -> String? {
        has(field) && !isNull(field) ? redacted : nil
    }
}
