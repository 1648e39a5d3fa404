extension Openint {
    /// Lists the connectors that the API knows; ``connectors(expand:pageSize:offset:options:)`` reads
    /// all pages.
    ///
    /// ```swift
    /// let page = try await client.listConnectors(expand: [.schemas], limit: 10)
    /// print(page.items.map(\.name))
    /// ```
    ///
    /// `GET /connector`, operation `listConnectors` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - expand: what else comes along
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listConnectors(
        expand: [ConnectorExpand]? = nil,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorPage {
        let params = ListConnectors(
            limit: limit.map(Int32.init(clamping:)), offset: Int64(offset), expand: expand)
        return try await call(options) {
            try await $0.listConnectorsAsync(params: params, options: $1)
        }
    }

    /// All connectors that the API knows, page after page; see ``PagedSequence``.
    ///
    /// ```swift
    /// for try await connector in client.connectors() where connector.authType == .apiKey {
    ///     print(connector.name)
    /// }
    /// ```
    ///
    /// `GET /connector`, operation `listConnectors` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - expand: what else comes along
    ///   - pageSize: the most rows of a page, at most 3,000; 500 without it
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of the calls
    public func connectors(
        expand: [ConnectorExpand]? = nil,
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<Connector> {
        let params = ListConnectors(
            limit: pageSize.map(Int32.init(clamping:)), offset: Int64(offset), expand: expand)
        return list(options) {
            try $0.connectors(params: params)
        } next: {
            try await $0.nextPageAsync(options: $1)
        }
    }

    /// Gets the status of every connector: its use and its health. The server speaks of one fixed
    /// organisation of its own here, not of the key's.
    ///
    /// ```swift
    /// let report = try await client.connectorStatus()
    /// let used = report.list.filter { $0.hasConnection == true }
    /// print("\(used.count) of \(report.list.count) are used")
    /// ```
    ///
    /// `GET /connector-status`, operation `connectorStatus` of the OpenInt v1 API.
    ///
    /// - Parameter options: options of this call
    /// - Throws: ``OpenintError``
    public func connectorStatus(
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorStatusReport {
        try await call(options) { try await $0.connectorStatusAsync(options: $1) }
    }
}
