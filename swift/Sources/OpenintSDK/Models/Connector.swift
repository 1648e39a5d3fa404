/// A service that connections can be made to.
public struct Connector: APIModel {
    /// Its name in the API, such as `github`.
    public let name: String

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A connector from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a `name`.
    public init(json: JSONValue) throws {
        name = try json.required("name", \.string)
        self.json = json
    }

    /// Its name for people.
    public var displayName: String? { json["display_name"]?.string }

    /// Where its logo is.
    public var logoURL: String? { json["logo_url"]?.string }

    /// How far it is developed.
    public var stage: ConnectorStage? {
        json["stage"]?.string.map(ConnectorStage.init(rawValue:))
    }

    /// Where it runs: `web`, `mobile`, `desktop`, `local`, `cloud`.
    public var platforms: [String]? { json["platforms"]?.texts }

    /// JSON schemas, when they were asked for.
    public var schemas: JSONValue? { json["schemas"]?.unlessNull }

    /// How one signs in.
    public var authType: AuthType? { json["auth_type"]?.string.map(AuthType.init(rawValue:)) }

    /// The scopes that it cannot do without.
    public var requiredScopes: [String]? { json["required_scopes"]?.texts }

    /// The scopes that OpenInt's own client asks for.
    public var openintDefaultScopes: [String]? { json["openint_default_scopes"]?.texts }

    /// The scopes that OpenInt's own client may ask for.
    public var openintAllowedScopes: [String]? { json["openint_allowed_scopes"]?.texts }

    /// All scopes.
    public var scopes: [Scope]? { json["scopes"]?.array?.compactMap { try? Scope(json: $0) } }

    /// Whether OpenInt has a client of its own for it.
    public var hasOpenintCredentials: Bool? { json["has_openint_credentials"]?.bool }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "name", "display_name", "logo_url", "stage", "platforms", "auth_type",
        "has_openint_credentials", "required_scopes", "openint_default_scopes",
        "openint_allowed_scopes", "scopes", "schemas",
    ]
}

/// A permission that a connected service can grant.
public struct Scope: APIModel {
    /// Its name at the service.
    public let scope: String

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A scope from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a
    ///   `scope`.
    public init(json: JSONValue) throws {
        scope = try json.required("scope", \.string)
        self.json = json
    }

    /// Its name for people.
    public var displayName: String? { json["display_name"]?.string }

    /// What it permits.
    public var detail: String? { json["description"]?.string }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["scope", "display_name", "description"]
}

/// What else a connector comes with.
public struct ConnectorExpand: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The part of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The JSON schemas of its settings and config.
    public static let schemas: ConnectorExpand = "schemas"
}

/// How far a connector is developed.
public struct ConnectorStage: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The stage of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// To try out.
    public static let alpha: ConnectorStage = "alpha"
    /// Nearly done.
    public static let beta: ConnectorStage = "beta"
    /// Done.
    public static let ga: ConnectorStage = "ga"
    /// Not shown.
    public static let hidden: ConnectorStage = "hidden"
}

/// How one signs in to a connected service.
public struct AuthType: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The way of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// User name and password.
    public static let basic: AuthType = "BASIC"
    /// OAuth 1.
    public static let oauth1: AuthType = "OAUTH1"
    /// OAuth 2 with a customer's consent.
    public static let oauth2: AuthType = "OAUTH2"
    /// OAuth 2 with client credentials.
    public static let oauth2ClientCredentials: AuthType = "OAUTH2CC"
    /// One key.
    public static let apiKey: AuthType = "API_KEY"
    /// A way of its own.
    public static let custom: AuthType = "CUSTOM"
}
