/// Which connectors an organisation uses, and which of them work.
public struct ConnectorStatusReport: APIModel {
    /// One entry for each connector.
    public let list: [ConnectorStatus]

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A report from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a `list`.
    public init(json: JSONValue) throws {
        list = try json.required("list", \.array).map(ConnectorStatus.init(json:))
        self.json = json
    }

    /// How many connectors there are.
    public var total: Int? { json["numTotalConnectors"]?.number?.int }

    /// How many the organisation has connections to.
    public var withConnection: Int? { json["numWithConnectionForOrg"]?.number?.int }

    /// How many of them work.
    public var healthy: Int? { json["numHealthyForOrg"]?.number?.int }

    /// How many have a client of OpenInt's own.
    public var withDefaultCredentials: Int? { json["numWithDefaultCredentials"]?.number?.int }

    /// How many are complete.
    public var complete: Int? { json["numComplete"]?.number?.int }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "list", "numTotalConnectors", "numWithConnectionForOrg", "numHealthyForOrg",
        "numWithDefaultCredentials", "numComplete",
    ]
}

/// Whether an organisation uses a connector, and whether it works.
public struct ConnectorStatus: APIModel {
    /// The connector.
    public let name: String

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A status from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a `name`.
    public init(json: JSONValue) throws {
        name = try json.required("name", \.string)
        self.json = json
    }

    /// Whether the organisation has a connection to it.
    public var hasConnection: Bool? { json["hasConnectionForOrg"]?.bool }

    /// Whether one of them works.
    public var isHealthy: Bool? { json["isHealthyForOrg"]?.bool }

    /// Whether OpenInt has a client of its own for it.
    public var hasDefaultCredentials: Bool? { json["hasDefaultCredentials"]?.bool }

    /// Whether it is complete.
    public var complete: Bool? { json["complete"]?.bool }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = [
        "name", "hasConnectionForOrg", "isHealthyForOrg", "hasDefaultCredentials", "complete",
    ]
}
