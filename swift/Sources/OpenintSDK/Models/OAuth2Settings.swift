import Foundation

/// The OAuth2 part of a connection's settings.
public struct OAuth2Settings: APIModel {
    /// The answer, with every key and digit: an object. It holds secrets.
    public let json: JSONValue

    /// The OAuth2 part of settings from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object.
    public init(json: JSONValue) throws {
        guard json.object != nil else {
            throw OpenintError.invalidInput(field: "json", expected: "an object")
        }
        self.json = json
    }

    /// The tokens.
    public var credentials: OAuth2Credentials? {
        json["credentials"].flatMap(OAuth2Credentials.init(json:))
    }

    /// When they were first stored; `nil` also for a text that is no time, see ``createdAtText``.
    public var createdAt: Date? { createdAtText.flatMap(Date.init(timestamp:)) }

    /// ``createdAt`` as the API wrote it.
    public var createdAtText: String? { json["created_at"]?.string }

    /// When they last changed; `nil` also for a text that is no time, see ``updatedAtText``.
    public var updatedAt: Date? { updatedAtText.flatMap(Date.init(timestamp:)) }

    /// ``updatedAt`` as the API wrote it.
    public var updatedAtText: String? { json["updated_at"]?.string }

    /// When they were last fetched from the connected service; `nil` also for a text that is no
    /// time, see ``lastFetchedAtText``.
    public var lastFetchedAt: Date? { lastFetchedAtText.flatMap(Date.init(timestamp:)) }

    /// ``lastFetchedAt`` as the API wrote it.
    public var lastFetchedAtText: String? { json["last_fetched_at"]?.string }

    /// What the connected service sent along.
    public var metadata: JSONValue? { json["metadata"]?.unlessNull }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "created_at", "updated_at", "last_fetched_at", "credentials", "metadata",
    ]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["credentials"]
}
