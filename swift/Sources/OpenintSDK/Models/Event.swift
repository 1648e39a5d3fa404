import Foundation

/// Something that happened.
public struct Event: APIModel, Identifiable {
    /// `evt_…`.
    public let id: String

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// An event from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        id = try json.required("id", \.string)
        self.json = json
    }

    /// What happened, such as `connect.connection-deleted`.
    public var name: String? { json["name"]?.string }

    /// When it happened; `nil` also for a text that is no time, see ``timestampText``.
    public var timestamp: Date? { timestampText.flatMap(Date.init(timestamp:)) }

    /// ``timestamp`` as the API wrote it.
    public var timestampText: String? { json["timestamp"]?.string }

    /// What it was about; of another shape for each name.
    public var data: JSONValue? { json["data"]?.unlessNull }

    /// Who did it.
    public var user: JSONValue? { json["user"]?.unlessNull }

    /// The version of the program that did it.
    public var version: String? { json["v"]?.string }

    /// The organisation.
    public var orgID: String? { json["org_id"]?.string }

    /// The user of the organisation.
    public var userID: String? { json["user_id"]?.string }

    /// The customer.
    public var customerID: String? { json["customer_id"]?.string }

    /// The prompt that led to it, when it was asked for.
    public var prompt: String? { json["prompt"]?.string }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "id", "name", "timestamp", "org_id", "user_id", "customer_id", "v", "prompt", "data",
        "user",
    ]
}
