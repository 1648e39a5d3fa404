/// What the last check of a connection found.
public struct ConnectionStatus: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The status of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It works.
    public static let healthy: ConnectionStatus = "healthy"
    /// The customer has to connect again.
    public static let disconnected: ConnectionStatus = "disconnected"
    /// The check failed.
    public static let error: ConnectionStatus = "error"
    /// Kept up by hand.
    public static let manual: ConnectionStatus = "manual"
    /// Never checked.
    public static let unknown: ConnectionStatus = "unknown"
}
