import Foundation

/// A JSON value of any shape, written as Swift literals and kept with every digit.
///
/// ```swift
/// let settings: JSONValue = ["oauth": ["credentials": ["access_token": "at", "expires_in": 3600]]]
/// print(settings["oauth"]?["credentials"]?["expires_in"]?.number?.int ?? 0)
/// ```
///
/// A float literal is written as the shortest text that reads the same. Where a decimal's digits
/// matter, use ``JSONValue/number(_:)`` with a ``JSONNumber`` or ``init(parsing:)``.
public enum JSONValue: Sendable, Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, with every digit.
    case number(JSONNumber)
    /// A text.
    case string(String)
    /// A list.
    case array([JSONValue])
    /// An object.
    case object(JSONObject)

    /// Reads JSON text. An object's key that comes twice has its last value.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a text that is not JSON
    ///   or is nested more than 128 deep.
    public init(parsing text: String) throws {
        var parser = JSONParser(text)
        do {
            self = try parser.parseAll()
        } catch {
            throw OpenintError.invalidInput(field: "json", expected: error.expectation)
        }
    }

    /// Reads what came from the native library, which has checked that it is JSON.
    init(received text: String) throws {
        var parser = JSONParser(text)
        self = try parser.parseAll()
    }

    /// Refuses a value that the API's answers could not bring back.
    func checked(_ field: String) throws -> JSONValue {
        guard isNested(atMost: JSONParser.maxDepth) else {
            throw OpenintError.invalidInput(
                field: field, expected: JSONSyntaxError.tooDeep.expectation)
        }
        return self
    }

    private func isNested(atMost depth: Int) -> Bool {
        switch self {
        case .array(let values):
            depth > 0 && values.allSatisfy { $0.isNested(atMost: depth - 1) }
        case .object(let fields):
            depth > 0 && fields.allSatisfy { $0.value.isNested(atMost: depth - 1) }
        default: true
        }
    }

    /// JSON text without white space, with the keys of objects in order.
    public var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return writer.text
    }

    /// True if this is `null`.
    public var isNull: Bool { self == .null }

    /// The value of a boolean.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The value of a number.
    public var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The value of a text.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The values of a list.
    public var array: [JSONValue]? {
        if case .array(let values) = self { values } else { nil }
    }

    /// The fields of an object.
    public var object: JSONObject? {
        if case .object(let fields) = self { fields } else { nil }
    }

    /// The field of an object: `nil` where it is absent, ``null`` where it is null.
    public subscript(key: String) -> JSONValue? {
        object?[key]
    }

    /// The value at an index of a list that has it.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

extension JSONValue: CustomStringConvertible {
    /// The same as ``text``.
    public var description: String { text }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    public init(nilLiteral: ()) {
        self = .null
    }

    /// A boolean.
    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    /// A whole number.
    public init(integerLiteral value: Int) {
        self = .number(JSONNumber(value))
    }

    /// A number; ``null`` for one that is infinite.
    public init(floatLiteral value: Double) {
        self = JSONNumber(value).map(JSONValue.number) ?? .null
    }

    /// A text.
    public init(stringLiteral value: String) {
        self = .string(value)
    }

    /// A list.
    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    /// An object. A key that comes twice has its last value.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(JSONObject(elements.map { (key: $0.0, value: $0.1) }))
    }
}

extension JSONValue: Codable {
    /// Reads any value. Foundation's decoder keeps up to 38 digits of a number, and of two keys that
    /// Swift takes for one it gives one; ``init(parsing:)`` keeps all.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let number = JSONNumber(container) {
            self = .number(number)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let values = try? container.decode([JSONValue].self) {
            self = .array(values)
        } else {
            let fields = try container.decode([String: JSONValue].self)
            self = .object(JSONObject(fields.lazy.map { (key: $0.key, value: $0.value) }))
        }
    }

    /// Writes any value; ``text`` does so too, and without limits.
    ///
    /// - Throws: `EncodingError` for what Foundation's encoder cannot hold: a number of more than 38
    ///   digits or beyond 64-bit floats, and keys that Swift takes for one.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value): try value.encode(to: encoder)
        case .string(let value): try value.encode(to: encoder)
        case .number(let value): try value.encode(to: encoder)
        case .array(let values): try values.encode(to: encoder)
        case .object(let fields):
            let dictionary = Dictionary(fields.map { ($0.key, $0.value) }) { $1 }
            guard dictionary.count == fields.count else {
                throw EncodingError.invalidValue(
                    self,
                    .init(
                        codingPath: encoder.codingPath,
                        debugDescription: "two keys that Swift takes for one; use `text`"))
            }
            try dictionary.encode(to: encoder)
        }
    }

    /// The JSON form of a value of yours.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` when it has none.
    public init(encoding value: some Encodable) throws {
        guard let data = try? JSONEncoder().encode(value) else {
            throw OpenintError.invalidInput(field: "json", expected: "a value with a JSON form")
        }
        try self.init(parsing: String(decoding: data, as: UTF8.self))
    }

    /// Reads this value as a type of yours.
    ///
    /// - Throws: `DecodingError` when it does not fit.
    public func decode<T: Decodable>(as type: T.Type = T.self) throws -> T {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }
}
