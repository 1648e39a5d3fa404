/// What the page offers on which a customer connects services. What is left out is as the API
/// presets it.
public struct ConnectOptions: Sendable, Hashable {
    /// Where the customer comes back to.
    public var returnURL: String?
    /// The only connectors that are offered.
    public var connectorNames: [String]
    /// What the page begins with.
    public var view: ConnectView?
    /// Whether the page shows what it does.
    public var debug: Bool?
    /// Whether the page stands inside one of yours.
    public var isEmbedded: Bool?
    /// Whether the page leaves its navigation out.
    public var hideNavigation: Bool?

    /// Options; what is left out is as the API presets it.
    public init(
        returnURL: String? = nil,
        connectorNames: [String] = [],
        view: ConnectView? = nil,
        debug: Bool? = nil,
        isEmbedded: Bool? = nil,
        hideNavigation: Bool? = nil
    ) {
        self.returnURL = returnURL
        self.connectorNames = connectorNames
        self.view = view
        self.debug = debug
        self.isEmbedded = isEmbedded
        self.hideNavigation = hideNavigation
    }
}

extension ConnectOptions: ParameterValue {
    var parameter: JSONValue {
        let parameters: Parameters = [
            "return_url": returnURL, "connector_names": connectorNames, "view": view,
            "debug": debug, "is_embedded": isEmbedded, "hide_navigation": hideNavigation,
        ]
        return parameters.json
    }
}

/// What the page begins with on which a customer connects services.
public struct ConnectView: OpenEnum {
    /// The API's word for it.
    public let rawValue: String

    /// The view of that name; none is refused.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// New connections.
    public static let add: ConnectView = "add"
    /// Those that are there.
    public static let manage: ConnectView = "manage"
}
