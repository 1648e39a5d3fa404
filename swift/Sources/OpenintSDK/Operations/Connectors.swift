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
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listConnectors(
        expand: [ConnectorExpand] = [],
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> Page<Connector> {
        let parameters: Parameters = ["expand": expand, "limit": limit, "offset": offset]
        return try await call(.listConnectors, parameters, options)
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
        expand: [ConnectorExpand] = [],
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<Connector> {
        all(.listConnectors, ["expand": expand, "page_size": pageSize, "offset": offset], options)
    }

    /// Says of every connector whether the organisation uses it and whether it works.
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
        try await call(.connectorStatus, [:], options)
    }
}
