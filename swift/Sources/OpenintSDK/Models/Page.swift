/// One page of a list.
public struct Page<Item: APIModel>: APIModel {
    /// The rows.
    public let items: [Item]

    /// The answer, with every key and digit: an object.
    public let json: JSONValue

    /// A page from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` when it is no object with `items`.
    public init(json: JSONValue) throws {
        items = try json.required("items", \.array).map(Item.init(json:))
        self.json = json
    }

    /// How many rows there are in all, as the API counts: 0 when ``offset`` is beyond the last, and
    /// for connectors the size of this page. It is no measure of the end of a list.
    public var total: Int? { json["total"]?.number?.int }

    /// The most rows that a page holds.
    public var limit: Int? { json["limit"]?.number?.int }

    /// How many rows come before this page.
    public var offset: Int? { json["offset"]?.number?.int }

    /// The fields that this version knows, in the API's spelling.
    public static var knownFields: [String] { ["items", "total", "limit", "offset"] }
}
