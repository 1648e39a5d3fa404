/// Whether the API is there.
public struct Health: APIModel {
    /// Whether it works.
    public let ok: Bool

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A health from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `ok`.
    public init(json: JSONValue) throws {
        ok = try json.required("ok", \.bool)
        self.json = json
    }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["ok"]
}
