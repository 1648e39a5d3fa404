/// The fields of a result that this version does not know, and the known ones that came as `null`.
///
/// ```swift
/// let connector = try Connector(json: ["name": "github", "mascot": "octocat", "stage": nil])
/// print(connector.extra["mascot"]?.string ?? "", connector.extra.isNull("stage"))
/// ```
///
/// An unknown field can be a secret, so names alone are printed.
public struct Extra: Sendable, Hashable {
    /// The fields, in the API's spelling.
    public let fields: JSONObject

    /// Makes it of fields; on credentials that are sent, they are sent along.
    public init(_ fields: JSONObject = [:]) {
        self.fields = fields
    }

    init(received text: String) throws {
        fields = try JSONValue(received: text).object ?? [:]
    }

    /// The JSON of a field that is unknown or came as `null`.
    public subscript(name: String) -> JSONValue? { fields[name] }

    /// The names of all fields.
    public var names: [String] { fields.keys }

    /// True if the field came as `null`. A typed field that is `nil` and not null was absent.
    public func isNull(_ name: String) -> Bool { fields[name] == .some(.null) }
}

extension Extra: ExpressibleByDictionaryLiteral {
    /// Makes it of a literal.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
    }
}

extension Extra: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The names of the fields.
    public var description: String { "\(names)" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// The names of the fields.
    public var customMirror: Mirror { Mirror(reflecting: names) }
}
