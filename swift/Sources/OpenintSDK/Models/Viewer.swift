/// Who a key belongs to.
public struct Viewer: APIModel {
    /// What it may act as.
    public let role: Role

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A viewer from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a `role`.
    public init(json: JSONValue) throws {
        role = Role(rawValue: try json.required("role", \.string))
        self.json = json
    }

    /// The organisation.
    public var orgID: String? { json["orgId"]?.string }

    /// The customer, for a customer's key or token.
    public var customerID: String? { json["customerId"]?.string }

    /// The user of the organisation.
    public var userID: String? { json["userId"]?.string }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["role", "orgId", "customerId", "userId"]
}

/// What a key may act as.
public struct Role: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The role of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Nobody.
    public static let anon: Role = "anon"
    /// A customer of an organisation.
    public static let customer: Role = "customer"
    /// A user of an organisation.
    public static let user: Role = "user"
    /// An organisation.
    public static let org: Role = "org"
    /// OpenInt itself.
    public static let system: Role = "system"
}
