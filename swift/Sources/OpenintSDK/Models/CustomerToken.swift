/// What a customer's browser or app may hold.
public struct CustomerToken: APIModel {
    /// A token for what the customer may do, for a limited time.
    public let token: Secret

    /// The answer, with every key and digit: an object. It holds secrets.
    public let json: JSONValue

    /// A token from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a
    ///   `token`.
    public init(json: JSONValue) throws {
        token = Secret(try json.required("token", \.string))
        self.json = json
    }

    /// A page on which the customer connects services. The token is part of it.
    public var magicLinkURL: Secret? { json["magic_link_url"]?.string.map { Secret($0) } }

    /// A key for the same, without a limit in time.
    public var apiKey: Secret? { json["api_key"]?.string.map { Secret($0) } }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["token", "magic_link_url", "api_key"]

    /// Those of them that print as `[redacted]`: all.
    public static let secretFields: Set<String> = ["token", "magic_link_url", "api_key"]
}
