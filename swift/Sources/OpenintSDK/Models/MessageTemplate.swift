/// A text that explains a customer's connections to a language model.
public struct MessageTemplate: APIModel {
    /// The text. It holds the customer's API key, so it is redacted like one.
    public let template: Secret

    /// The answer, with every key and digit: an object. It holds a secret.
    public let json: JSONValue

    /// A template from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with a
    ///   `template`.
    public init(json: JSONValue) throws {
        template = Secret(try json.required("template", \.string))
        self.json = json
    }

    /// The programming language of its examples.
    public var language: TemplateLanguage? {
        json["language"]?.string.map(TemplateLanguage.init(rawValue:))
    }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["language", "template"]

    /// Those of them that print as `[redacted]`.
    public static let secretFields: Set<String> = ["template"]
}

/// A programming language of examples.
public struct TemplateLanguage: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The language of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// JavaScript.
    public static let javaScript: TemplateLanguage = "javascript"
}
