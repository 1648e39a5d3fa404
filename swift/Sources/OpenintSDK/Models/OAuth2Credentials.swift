import Foundation

/// OAuth2 tokens, as the connected service issued them.
public struct OAuth2Credentials: Sendable, Hashable {
    /// The token to call the service with.
    public var accessToken: Secret
    /// The token to get new ones with.
    public var refreshToken: Secret?
    /// The OAuth2 client that the tokens were issued to.
    public var clientID: String?
    /// The scopes granted, separated as the service does.
    public var scope: String?
    /// The life of the access token in seconds, from when it was issued.
    public var expiresIn: JSONNumber?
    /// When the access token ends, as text; the API works it out from ``expiresIn``.
    public var expiresAtText: String?
    /// Mostly `Bearer`.
    public var tokenType: String?
    /// The service's own answer.
    public var raw: JSONValue?
    /// Fields that this version does not know, and which known ones came as ``JSONValue/null``.
    public var extra: [String: JSONValue] = [:]

    /// Tokens; what is left out is not sent.
    public init(
        accessToken: Secret,
        refreshToken: Secret? = nil,
        clientID: String? = nil,
        scope: String? = nil,
        expiresIn: JSONNumber? = nil,
        expiresAt: Date? = nil,
        tokenType: String? = nil,
        raw: JSONValue? = nil
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.clientID = clientID
        self.scope = scope
        self.expiresIn = expiresIn
        self.tokenType = tokenType
        self.raw = raw
        self.expiresAt = expiresAt
    }

    /// When the access token ends; `nil` also for a text that is no time, see ``expiresAtText``.
    public var expiresAt: Date? {
        get { expiresAtText.flatMap(Date.init(timestamp:)) }
        set { expiresAtText = newValue?.timestamp }
    }
}

extension OAuth2Credentials {
    /// Credentials from the JSON of the API; `nil` where there is no access token or a field has
    /// another type than it should.
    public init?(json: JSONValue) {
        guard let fields = json.object, let token = fields["access_token"]?.string else {
            return nil
        }
        self.init(accessToken: Secret(token))
        for (name, value) in fields where name != "access_token" {
            guard take(name, value) else { return nil }
        }
    }

    private mutating func take(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("refresh_token", .string(let text)): refreshToken = Secret(text)
        case ("client_id", .string(let text)): clientID = text
        case ("scope", .string(let text)): scope = text
        case ("expires_in", .number(let number)): expiresIn = number
        case ("expires_at", .string(let text)): expiresAtText = text
        case ("token_type", .string(let text)): tokenType = text
        case ("raw", let value) where !value.isNull: raw = value
        case (let name, .null): extra[name] = .null
        case (let name, let value) where !Self.knownFields.contains(name): extra[name] = value
        default: return false
        }
        return true
    }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "access_token", "refresh_token", "client_id", "scope", "expires_in", "expires_at",
        "token_type", "raw",
    ]

    /// The JSON that the API takes; it holds the tokens.
    public var json: JSONValue {
        var fields = extra
        fields["access_token"] = .string(accessToken.expose())
        let texts = [
            "refresh_token": refreshToken?.expose(), "client_id": clientID, "scope": scope,
            "expires_at": expiresAtText, "token_type": tokenType,
        ]
        for case (let name, let text?) in texts {
            fields[name] = .string(text)
        }
        if let expiresIn { fields["expires_in"] = .number(expiresIn) }
        if let raw { fields["raw"] = raw }
        return .object(fields)
    }
}

extension OAuth2Credentials: Codable {
    /// Reads credentials.
    public init(from decoder: any Decoder) throws {
        guard let credentials = Self(json: try JSONValue(from: decoder)) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "no OAuth2 credentials"))
        }
        self = credentials
    }

    /// Writes credentials, tokens included.
    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }
}

extension OAuth2Credentials: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// What is no secret.
    public var description: String {
        let fields = customMirror.children.map { "\($0.label ?? ""): \($0.value)" }
        return "OAuth2Credentials(\(fields.joined(separator: ", ")))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// What is no secret.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "accessToken": accessToken, "refreshToken": refreshToken as Any,
                "scope": scope as Any, "expiresIn": expiresIn as Any,
                "expiresAt": expiresAtText as Any, "tokenType": tokenType as Any,
                "extra": extra.keys.sorted(),
            ])
    }
}
