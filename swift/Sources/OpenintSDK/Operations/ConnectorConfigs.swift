extension Openint {
    /// Creates a connector config: a connector as your organisation uses it, with the client that
    /// it signs in with.
    ///
    /// Calling it twice makes two, so it is tried again only when the server cannot have created
    /// the first.
    ///
    /// > Warning: Give `config` for a connector that needs one (plaid, teller, finch, merge and
    /// > others). Without it the API answers 500 and saves the config all the same, and from then on
    /// > every list of configs that holds it is a 500 too.
    ///
    /// ```swift
    /// let config = try await client.createConnectorConfig(
    ///     connectorName: "github", displayName: "GitHub",
    ///     config: ["oauth": ["client_id": "a", "client_secret": "b"]])
    /// print(config.id)
    /// ```
    ///
    /// `POST /connector-config`, operation `createConnectorConfig` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - connectorName: the connector, such as `github`
    ///   - displayName: a name for people
    ///   - disabled: true to switch it off
    ///   - metadata: a JSON object of yours that is kept with it
    ///   - config: what the connector needs of your organisation
    ///   - options: options of this call
    /// - Returns: The new connector config.
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` before anything is sent; and every
    ///   other ``OpenintError``.
    public func createConnectorConfig(
        connectorName: String,
        displayName: String? = nil,
        disabled: Bool? = nil,
        metadata: JSONValue? = nil,
        config: ConnectorSettings? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorConfig {
        let params = CreateConnectorConfig(
            connectorName: connectorName, displayName: displayName, disabled: disabled,
            metadata: try metadata?.checked("metadata"), config: try config?.checked("config"))
        return try await call(options, isWrite: true) {
            try await $0.createConnectorConfigAsync(params: params, options: $1)
        }
    }

    /// Gets a connector config.
    ///
    /// ```swift
    /// let config = try await client.getConnectorConfig(
    ///     id: "ccfg_discord_sandbox", expand: [.connector, .connectionCount])
    /// print(config.connector?.displayName ?? "", config.connectionCount ?? 0)
    /// ```
    ///
    /// `GET /connector-config/{id}`, operation `getConnectorConfig` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connector config, `ccfg_…`
    ///   - expand: what else comes along
    ///   - options: options of this call
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none; and every other
    ///   ``OpenintError``.
    public func getConnectorConfig(
        id: String,
        expand: [ConnectorConfigExpand]? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorConfig {
        let params = GetConnectorConfig(id: id, expand: expand)
        return try await call(options) {
            try await $0.getConnectorConfigAsync(params: params, options: $1)
        }
    }

    /// Lists connector configs; ``connectorConfigs(connectorNames:searchQuery:expand:pageSize:offset:options:)``
    /// reads all pages.
    ///
    /// ```swift
    /// let page = try await client.listConnectorConfigs(connectorNames: ["discord"])
    /// print(page.items.map(\.id))
    /// ```
    ///
    /// `GET /connector-config`, operation `listConnectorConfigs` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - connectorNames: only those of one of these connectors; an empty list is refused
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - expand: what else comes along
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listConnectorConfigs(
        connectorNames: [String]? = nil,
        searchQuery: String? = nil,
        expand: [ConnectorConfigExpand]? = nil,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorConfigPage {
        let params = ListConnectorConfigs(
            limit: limit.map(Int32.init(clamping:)), offset: Int64(offset),
            connectorNames: connectorNames, searchQuery: searchQuery, expand: expand)
        return try await call(options) {
            try await $0.listConnectorConfigsAsync(params: params, options: $1)
        }
    }

    /// All connector configs, page after page; see ``PagedSequence``.
    ///
    /// ```swift
    /// for try await config in client.connectorConfigs(expand: [.connectionCount]) {
    ///     print(config.id, config.connectionCount ?? 0)
    /// }
    /// ```
    ///
    /// `GET /connector-config`, operation `listConnectorConfigs` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - connectorNames: only those of one of these connectors; an empty list is refused
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - expand: what else comes along
    ///   - pageSize: the most rows of a page, at most 3,000; 500 without it
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of the calls
    public func connectorConfigs(
        connectorNames: [String]? = nil,
        searchQuery: String? = nil,
        expand: [ConnectorConfigExpand]? = nil,
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<ConnectorConfig> {
        let params = ListConnectorConfigs(
            limit: pageSize.map(Int32.init(clamping:)), offset: Int64(offset),
            connectorNames: connectorNames, searchQuery: searchQuery, expand: expand)
        return list(options) {
            try $0.connectorConfigs(params: params)
        } next: {
            try await $0.nextPageAsync(options: $1)
        }
    }

    /// Changes a connector config. What is left out stays; `config`, where it is given, is replaced
    /// as a whole.
    ///
    /// ```swift
    /// let config = try await client.updateConnectorConfig(
    ///     id: "ccfg_github_sandbox", displayName: "GitHub", disabled: false)
    /// print(config.displayName ?? "")
    /// ```
    ///
    /// `PUT /connector-config/{id}`, operation `updateConnectorConfig` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connector config, `ccfg_…`
    ///   - displayName: a name for people
    ///   - disabled: true to switch it off
    ///   - config: what the connector needs of your organisation, in place of all that it had
    ///   - options: options of this call
    /// - Returns: The connector config as it is now.
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none; and every other
    ///   ``OpenintError``.
    public func updateConnectorConfig(
        id: String,
        displayName: String? = nil,
        disabled: Bool? = nil,
        config: ConnectorSettings? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectorConfig {
        let params = UpdateConnectorConfig(
            id: id, displayName: displayName, disabled: disabled,
            config: try config?.checked("config"))
        return try await call(options, isWrite: true) {
            try await $0.updateConnectorConfigAsync(params: params, options: $1)
        }
    }

    /// Deletes a connector config. One that has connections is a 500, which stays: delete them first.
    ///
    /// ```swift
    /// let config = try await client.createConnectorConfig(connectorName: "github")
    /// print(try await client.deleteConnectorConfig(id: config.id).id == config.id)
    /// ```
    ///
    /// `DELETE /connector-config/{id}`, operation `deleteConnectorConfig` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connector config, `ccfg_…`
    ///   - options: options of this call
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none; and every other
    ///   ``OpenintError``.
    public func deleteConnectorConfig(
        id: String, options: RequestOptions = RequestOptions()
    ) async throws -> Deleted {
        try await call(options, isWrite: true) {
            try await $0.deleteConnectorConfigAsync(
                params: DeleteConnectorConfig(id: id), options: $1)
        }
    }
}

extension ConnectorSettings {
    fileprivate func checked(_ field: String) throws -> ConnectorSettings {
        ConnectorSettings(try json.checked(field))
    }
}
