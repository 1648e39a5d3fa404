/// The fields of a JSON object, in the order of their keys.
///
/// Keys differ when their bytes do: `é` as one character and `é` as a letter with an accent are two
/// keys here, which a dictionary of Swift's strings takes for one.
///
/// ```swift
/// var fields: JSONObject = ["plan": "pro"]
/// fields["seats"] = 12
/// for (key, value) in fields {
///     print(key, value)
/// }
/// ```
public struct JSONObject: Sendable, Hashable {
    private var fields: [Name: JSONValue] = [:]

    /// Makes an empty object.
    public init() {}

    /// Makes an object of keys and values. A key that comes twice has its last value.
    public init(_ fields: some Sequence<(key: String, value: JSONValue)>) {
        for (key, value) in fields {
            self[key] = value
        }
    }

    /// The value of a key: `nil` where it is absent, ``JSONValue/null`` where it is null.
    public subscript(key: String) -> JSONValue? {
        get { fields[Name(text: key)] }
        set { fields[Name(text: key)] = newValue }
    }

    /// The keys, in order.
    public var keys: [String] { map(\.key) }

    /// The number of fields.
    public var count: Int { fields.count }

    /// True without any field.
    public var isEmpty: Bool { fields.isEmpty }

    private struct Name: Sendable, Hashable {
        let text: String

        static func == (left: Name, right: Name) -> Bool {
            left.text.utf8.elementsEqual(right.text.utf8)
        }

        func hash(into hasher: inout Hasher) {
            var text = text
            text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        }
    }
}

extension JSONObject: Sequence {
    /// Gives the fields in the order of their keys.
    public func makeIterator() -> IndexingIterator<[(key: String, value: JSONValue)]> {
        fields.map { (key: $0.key.text, value: $0.value) }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .makeIterator()
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// Makes an object of a literal. A key that comes twice has its last value.
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { (key: $0.0, value: $0.1) })
    }
}

extension JSONObject: CustomStringConvertible {
    /// The object as JSON text.
    public var description: String { JSONValue.object(self).text }
}
