/// The settings of a connection, or of a connector config: JSON with a view of what connectors have
/// in common.
///
/// They hold credentials, so they print as `[redacted]`, in mirrors and dumps too.
public struct ConnectorSettings: Sendable, Hashable {
    /// All of them, with every key and digit.
    public let json: JSONValue

    /// Settings from JSON.
    public init(_ json: JSONValue) {
        self.json = json
    }

    /// The OAuth2 part; `nil` for a connector without one.
    public var oauth2: OAuth2Settings? { json["oauth"].flatMap { try? OAuth2Settings(json: $0) } }

    /// The token to call the connected service with: the one that the API puts on top of OAuth2
    /// settings, or else the one in their credentials.
    public var accessToken: Secret? {
        json["access_token"]?.string.map { Secret($0) } ?? oauth2?.credentials?.accessToken
    }

    /// The API key, under either of the names that most connectors give it: `api_key`, `apiKey`.
    public var apiKey: Secret? {
        (json["api_key"]?.string ?? json["apiKey"]?.string).map { Secret($0) }
    }

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

    /// Settings as a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        json = .object(Dictionary(elements) { _, last in last })
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
