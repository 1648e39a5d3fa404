/// When credentials are renewed before they are shown.
public struct RefreshPolicy: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The policy of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Never: `none`. A constant of that name would be lost on an optional, whose own it hides.
    public static let never: RefreshPolicy = "none"
    /// Always.
    public static let force: RefreshPolicy = "force"
    /// When they have run out.
    public static let auto: RefreshPolicy = "auto"
}

/// What else a connection comes with.
public struct ConnectionExpand: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The part of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Its connector's own description.
    public static let connector: ConnectionExpand = "connector"
}
