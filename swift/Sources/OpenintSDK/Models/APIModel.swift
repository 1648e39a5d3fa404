/// A result of the API: a typed view of JSON that keeps all of it.
///
/// A field can be absent or null unless it is no optional: the API leaves out what was not asked
/// for, and grows. Nothing of its answer is lost: ``json`` is all of it, ``extra`` what this
/// version does not know. Two results are equal when their JSON is.
///
/// ```swift
/// let connector = try Connector(json: ["name": "github", "stage": "ga", "mascot": "octocat"])
/// print(connector.stage == .ga, connector.extra["mascot"]?.string ?? "")
/// ```
public protocol APIModel: Sendable, Hashable, Codable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// The answer, with every key and digit: an object. It can hold secrets.
    var json: JSONValue { get }

    /// A result from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when a field that is no optional
    ///   is absent.
    init(json: JSONValue) throws

    /// The fields that this version knows, in the API's spelling.
    static var knownFields: [String] { get }

    /// Those of them that print as `[redacted]`.
    static var secretFields: Set<String> { get }
}

extension APIModel {
    /// None.
    public static var secretFields: Set<String> { [] }

    /// The fields that this version does not know.
    public var extra: [String: JSONValue] {
        (json.object ?? [:]).filter { !Self.knownFields.contains($0.key) }
    }

    /// Whether the answer had the field, be it as `null`; in the API's spelling.
    public func has(_ field: String) -> Bool { json[field] != nil }

    /// Whether the answer had the field as `null`; a field that it did not have is not null.
    public func isNull(_ field: String) -> Bool { json[field]?.isNull ?? false }

    /// Reads a result.
    public init(from decoder: any Decoder) throws {
        try self.init(json: try JSONValue(from: decoder))
    }

    /// Writes a result, secrets included.
    public func encode(to encoder: any Encoder) throws {
        try json.encode(to: encoder)
    }

    /// The fields that are no secret. JSON of unknown shape can hold one, so of objects and lists
    /// only their presence shows.
    public var description: String {
        let fields = customMirror.children.map { "\($0.label ?? ""): \($0.value)" }
        return "\(Self.self)(\(fields.joined(separator: ", ")))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// The same as ``description``, field by field.
    public var customMirror: Mirror {
        var children: [(label: String?, value: Any)] = Self.knownFields.compactMap { field in
            guard let value = json[field], !value.isNull else { return nil }
            let isSecret = Self.secretFields.contains(field)
            return (camelCase(field), isSecret ? redacted : value.shown)
        }
        children.append(("extra", extra.keys.sorted()))
        return Mirror(self, children: children, displayStyle: .struct)
    }
}

extension JSONValue {
    /// A field that an answer cannot be without.
    func required<T>(_ field: String, _ view: (JSONValue) -> T?) throws -> T {
        guard let value = self[field].flatMap(view) else {
            throw OpenintError.invalidInput(field: field, expected: "a value of its type")
        }
        return value
    }

    /// This value where there is one: `null` is none.
    var unlessNull: JSONValue? { isNull ? nil : self }

    fileprivate var shown: Any {
        switch self {
        case .null: "null"
        case .bool(let value): value
        case .number(let number): number
        case .string(let text): text
        case .array(let values): "[\(values.count)]"
        case .object: "{…}"
        }
    }
}

/// `connector_config_id` in Swift: `connectorConfigID`.
private func camelCase(_ name: String) -> String {
    let words = name.split(separator: "_").enumerated().map { index, word in
        index > 0 && ["id", "url"].contains(word)
            ? word.uppercased()
            : index > 0 ? word.prefix(1).uppercased() + word.dropFirst() : String(word)
    }
    return words.joined()
}
