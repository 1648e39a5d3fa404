/// A word of the API: the known ones are constants, and any other is taken as it comes.
///
/// ```swift
/// let connection = try await client.getConnection(id: connectionID)
/// switch connection.status {
/// case .healthy?, nil: print("fine, or never checked")
/// case .disconnected?: print("the customer has to connect again")
/// case let other?: print(other.rawValue)
/// }
/// ```
public protocol OpenEnum: RawRepresentable, Sendable, Hashable, Codable,
    ExpressibleByStringLiteral, CustomStringConvertible
where RawValue == String {
    /// The value of that name; none is refused.
    init(rawValue: String)
}

extension OpenEnum {
    /// The value of that name; none is refused.
    public init(stringLiteral name: String) {
        self.init(rawValue: name)
    }

    /// The API's word for it.
    public var description: String { rawValue }
}
