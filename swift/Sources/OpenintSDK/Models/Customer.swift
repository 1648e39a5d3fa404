import Foundation

/// A customer of yours.
public struct Customer: APIModel, Identifiable {
    /// The answer, with every key and digit: an object. It can hold secrets.
    public let json: JSONValue

    /// A customer from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object.
    public init(json: JSONValue) throws {
        guard json.object != nil else {
            throw OpenintError.invalidInput(field: "json", expected: "an object")
        }
        self.json = json
    }

    /// Your own id. The list also counts connections without a customer, under none.
    public var id: String? { json["id"]?.string }

    /// The organisation.
    public var orgID: String? { json["org_id"]?.string }

    /// A key for what the customer may do.
    public var apiKey: Secret? { json["api_key"]?.string.map { Secret($0) } }

    /// Your own JSON.
    public var metadata: JSONValue? { json["metadata"]?.unlessNull }

    /// How many connections the customer has; in lists.
    public var connectionCount: Int? { json["connection_count"]?.number?.int }

    /// When the customer was created; `nil` also for a text that is no time, see
    /// ``createdAtText``.
    public var createdAt: Date? { createdAtText.flatMap(Date.init(timestamp:)) }

    /// ``createdAt`` as the API wrote it.
    public var createdAtText: String? { json["created_at"]?.string }

    /// When the customer last changed; `nil` also for a text that is no time, see
    /// ``updatedAtText``.
    public var updatedAt: Date? { updatedAtText.flatMap(Date.init(timestamp:)) }

    /// ``updatedAt`` as the API wrote it.
    public var updatedAtText: String? { json["updated_at"]?.string }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "id", "org_id", "api_key", "connection_count", "created_at", "updated_at", "metadata",
    ]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["api_key"]
}
