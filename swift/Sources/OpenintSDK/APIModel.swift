/// A result of the API, made of the core's definition of it.
///
/// A field can be absent or null unless it is no optional: the API leaves out what was not asked
/// for, and grows. Nothing of its answer is lost: ``extra`` has what this version does not know.
/// Printing leaves secrets and JSON of unknown shape out.
///
/// ```swift
/// let connector = try Connector(json: ["name": "github", "stage": "ga", "mascot": "octocat"])
/// print(connector.stage == .ga, connector.extra["mascot"]?.string ?? "")
/// ```
public protocol APIModel: Sendable, Hashable, Codable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// Reads a result from the JSON of the API.
    ///
    /// - Throws: ``OpenintError/decode(path:outcome:)`` with the path of the first value that does
    ///   not fit.
    init(json: JSONValue) throws

    /// Returns it as JSON, as the API writes it. It can hold secrets.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a count below 0.
    func toJSON() throws -> JSONValue

    /// Fields that this version does not know, and known ones that came as `null`.
    var extra: Extra { get }
}

extension APIModel {
    /// Reads a result from the JSON of the API.
    public init(from decoder: any Decoder) throws {
        try self.init(json: try JSONValue(from: decoder))
    }

    /// Writes a result as the API does, secrets included.
    public func encode(to encoder: any Encoder) throws {
        try toJSON().encode(to: encoder)
    }

    /// The fields that there are, without secrets.
    public var description: String { debugDescription }

    /// A mirror without children: ``description`` says what may be seen.
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}

extension Connection: Identifiable {}
extension ConnectionCheck: Identifiable {}
extension ConnectorConfig: Identifiable {}
extension Customer: Identifiable {}
extension Deleted: Identifiable {}
extension Event: Identifiable {}
