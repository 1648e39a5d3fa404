/// What the last check of a connection found.
public enum ConnectionStatus: Sendable, Hashable {
    /// It works.
    case healthy
    /// The customer has to connect again.
    case disconnected
    /// The check failed.
    case error
    /// Kept up by hand.
    case manual
    /// Never checked.
    case unknown
    /// A status that this version does not know.
    case other(String)

    private static let known: [ConnectionStatus] = [
        .healthy, .disconnected, .error, .manual, .unknown,
    ]
}

extension ConnectionStatus: RawRepresentable, Codable, CustomStringConvertible {
    /// The status of that name; none is refused.
    public init(rawValue: String) {
        self = Self.known.first { $0.rawValue == rawValue } ?? .other(rawValue)
    }

    /// The API's word for it.
    public var rawValue: String {
        switch self {
        case .healthy: "healthy"
        case .disconnected: "disconnected"
        case .error: "error"
        case .manual: "manual"
        case .unknown: "unknown"
        case .other(let status): status
        }
    }

    /// The API's word for it.
    public var description: String { rawValue }
}
