/// What was deleted.
public struct Deleted: APIModel, Identifiable {
    /// The id that is gone.
    public let id: String

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A deletion from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with an `id`.
    public init(json: JSONValue) throws {
        id = try json.required("id", \.string)
        self.json = json
    }

    /// The fields that this version knows, in the API's spelling.
    public static let knownFields = ["id"]
}
