/// The settings of a connection, or of a connector config: JSON with a typed view of what connectors
/// have in common.
///
/// They hold credentials, so they print as `[redacted]`, in mirrors and dumps too.
public struct ConnectorSettings: Sendable, Hashable {
    /// All of them, with every key and digit.
    public let json: JSONValue

    /// Makes settings of JSON.
    public init(_ json: JSONValue) {
        self.json = json
    }

    /// The OAuth2 part; `nil` for a connector without one.
    ///
    /// - Throws: ``OpenintError/decode(path:outcome:)`` when there is one of another shape.
    public var oauth2: OAuth2Settings? {
        get throws { try settingsOauth2(settings: self) }
    }

    /// The token to call the connected service with: the one that the API puts on top of OAuth2
    /// settings, or else the one in their credentials.
    public var accessToken: Secret? { (try? settingsAccessToken(settings: self)) ?? nil }

    /// The API key, under either of the names that most connectors give it: `api_key`, `apiKey`.
    public var apiKey: Secret? { (try? settingsApiKey(settings: self)) ?? nil }

    /// Reads them as a type of yours.
    ///
    /// - Throws: `DecodingError` when they do not fit.
    public func decode<T: Decodable>(as type: T.Type = T.self) throws -> T {
        try json.decode(as: type)
    }
}

extension ConnectorSettings: Codable, ExpressibleByDictionaryLiteral {
    /// Reads settings.
    public init(from decoder: any Decoder) throws {
        json = try JSONValue(from: decoder)
    }

    /// Writes settings, secrets included.
    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }

    /// Makes settings of a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        json = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
    }
}

extension ConnectorSettings: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// `[redacted]`.
    public var description: String { redacted }

    /// `[redacted]`.
    public var debugDescription: String { redacted }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ConnectorData {
    /// Makes the data of an OAuth2 connector.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for JSON in the credentials
    ///   that is nested more than 128 deep.
    public static func oauth2(
        _ connectorName: String, credentials: OAuth2Credentials
    ) throws -> ConnectorData {
        ConnectorData(
            connectorName: connectorName, settings: try oauth2Settings(credentials: credentials))
    }

    /// Makes the data of a connector whose settings are one key. Connectors differ in what they call
    /// it: `api_key`, `apiKey`, `access_token`, …
    public static func apiKey(
        _ connectorName: String, field: String, key: Secret
    ) -> ConnectorData {
        let settings: JSONObject = [field: .string(key.expose())]
        return ConnectorData(
            connectorName: connectorName, settings: ConnectorSettings(.object(settings)))
    }
}
