/// What a check of a connection found.
public struct ConnectionCheck: APIModel, Identifiable {
    /// The connection.
    public let id: String

    /// The answer, with every key and digit: an object. It can hold secrets.
    public let json: JSONValue

    /// A check from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        id = try json.required("id", \.string)
        self.json = json
    }

    /// What was found.
    public var status: ConnectionStatus? {
        json["status"]?.string.map(ConnectionStatus.init(rawValue:))
    }

    /// The same in words. It can repeat a client secret or a refresh token, so it is redacted like
    /// one.
    public var statusMessage: Secret? { json["status_message"]?.string.map { Secret($0) } }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["id", "status", "status_message"]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["status_message"]
}
