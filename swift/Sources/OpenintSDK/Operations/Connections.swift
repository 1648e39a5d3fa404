extension Openint {
    /// Creates a connection of a customer from credentials that you have, such as tokens of an
    /// OAuth2 flow of your own or an API key.
    ///
    /// The API does not recognise a repetition: calling it twice makes two connections, unless an
    /// idempotency key says that they are one. Without a key it is tried again only where the server
    /// cannot have created the first (no connection, 429, or 503 with `Retry-After`), and
    /// ``OpenintError/mayHaveBeenApplied`` says where nobody can know.
    ///
    /// ```swift
    /// let credentials = OAuth2Credentials(accessToken: "gho_16C7", refreshToken: "ghr_1B4a")
    /// let connection = try await client.createConnection(
    ///     connectorConfigID: "ccfg_github_sandbox", customerID: "customer_42",
    ///     data: .oauth2("github", credentials: credentials), metadata: ["plan": "pro"])
    /// print(connection.id, connection.status?.description ?? "not checked yet")
    /// ```
    ///
    /// With an idempotency key, repeating the call is harmless. The key is kept in the connection's
    /// metadata, in the field `openint_idempotency_key`, and looked up there by customer and
    /// connector config: before the first attempt, which costs a request of its own, and again after
    /// each attempt of unknown effect (a timeout, a lost connection, a 5xx). A connection that is
    /// there is returned as it is, whatever the other parameters say. Calls with one key on one client
    /// share one creation. No connection is deleted but the call's own, when an older one turns up;
    /// ids of further ones with the key are in ``Connection/duplicates``. The key is also sent as
    /// `Idempotency-Key`, for servers that will honour it.
    ///
    /// `POST /connection`, operation `createConnection` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - connectorConfigID: the connector config, `ccfg_…`
    ///   - customerID: your own id of the customer; one that OpenInt has not seen is created
    ///   - data: the connector and its settings
    ///   - metadata: a JSON object of yours that is kept with the connection
    ///   - checkConnection: lets the server try the credentials at once; a check that finds
    ///     them bad does not fail the call: look at ``Connection/status``
    ///   - idempotencyKey: a text of yours, 1 to 255 visible ASCII characters, that no other
    ///     connection of the customer to this connector config is created with
    ///   - options: options of this call
    /// - Returns: The new connection.
    /// - Throws: ``OpenintError``; ``OpenintError/cancelled(outcome:)`` when the task is cancelled.
    public func createConnection(
        connectorConfigID: String,
        customerID: String,
        data: ConnectorData,
        metadata: JSONValue? = nil,
        checkConnection: Bool? = nil,
        idempotencyKey: String? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> Connection {
        let params = CreateConnection(
            connectorConfigID: connectorConfigID, customerID: customerID,
            data: try data.checked(), metadata: try metadata?.checked("metadata"),
            checkConnection: checkConnection, idempotencyKey: idempotencyKey)
        return try await call(options, isWrite: true) {
            try await $0.createConnectionAsync(params: params, options: $1)
        }
    }

    /// Gets a connection.
    ///
    /// ```swift
    /// let connection = try await client.getConnection(id: connectionID, includeSecrets: true)
    /// if let token = connection.settings?.accessToken {
    ///     print(token, token.expose().count)
    /// }
    /// ```
    ///
    /// `GET /connection/{id}`, operation `getConnection` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connection, `conn_…`
    ///   - includeSecrets: true to show settings
    ///   - refreshPolicy: when credentials are renewed first; the API's default is
    ///     ``RefreshPolicy/auto``. Without `includeSecrets` it has no effect
    ///   - expand: what else comes along
    ///   - options: options of this call
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none that the key may see;
    ///   and every other ``OpenintError``.
    public func getConnection(
        id: String,
        includeSecrets: Bool = false,
        refreshPolicy: RefreshPolicy? = nil,
        expand: [ConnectionExpand]? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> Connection {
        let params = GetConnection(
            id: id, includeSecrets: includeSecrets, refreshPolicy: refreshPolicy, expand: expand)
        return try await call(options) {
            try await $0.getConnectionAsync(params: params, options: $1)
        }
    }

    /// Lists connections, those that changed last first; ``connections(customerID:connectorConfigID:connectorNames:searchQuery:includeSecrets:refreshPolicy:expand:pageSize:offset:options:)``
    /// reads all pages.
    ///
    /// ```swift
    /// let page = try await client.listConnections(
    ///     customerID: "customer_42", connectorNames: ["github", "discord"], limit: 10)
    /// print(page.items.map(\.id), page.total ?? 0)
    /// ```
    ///
    /// `GET /connection`, operation `listConnections` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - customerID: only those of this customer
    ///   - connectorConfigID: only those of this connector config, `ccfg_…`
    ///   - connectorNames: only those to one of these connectors; an empty list is refused
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - includeSecrets: true to show settings
    ///   - refreshPolicy: when credentials are renewed first; the API's default is
    ///     ``RefreshPolicy/never``
    ///   - expand: what else comes along
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listConnections(
        customerID: String? = nil,
        connectorConfigID: String? = nil,
        connectorNames: [String]? = nil,
        searchQuery: String? = nil,
        includeSecrets: Bool = false,
        refreshPolicy: RefreshPolicy? = nil,
        expand: [ConnectionExpand]? = nil,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> ConnectionPage {
        let params = ListConnections(
            limit: limit.map(Int32.init(clamping:)), offset: Int64(offset),
            customerID: customerID, connectorConfigID: connectorConfigID,
            connectorNames: connectorNames, searchQuery: searchQuery,
            includeSecrets: includeSecrets, refreshPolicy: refreshPolicy, expand: expand)
        return try await call(options) {
            try await $0.listConnectionsAsync(params: params, options: $1)
        }
    }

    /// All connections, page after page; see ``PagedSequence``.
    ///
    /// ```swift
    /// for try await connection in client.connections(customerID: "customer_42") {
    ///     print(connection.id)
    /// }
    /// ```
    ///
    /// `GET /connection`, operation `listConnections` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - customerID: only those of this customer
    ///   - connectorConfigID: only those of this connector config, `ccfg_…`
    ///   - connectorNames: only those to one of these connectors; an empty list is refused
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - includeSecrets: true to show settings
    ///   - refreshPolicy: when credentials are renewed first; the API's default is
    ///     ``RefreshPolicy/never``
    ///   - expand: what else comes along
    ///   - pageSize: the most rows of a page, at most 3,000; 500 without it
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of the calls
    public func connections(
        customerID: String? = nil,
        connectorConfigID: String? = nil,
        connectorNames: [String]? = nil,
        searchQuery: String? = nil,
        includeSecrets: Bool = false,
        refreshPolicy: RefreshPolicy? = nil,
        expand: [ConnectionExpand]? = nil,
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<Connection> {
        let params = ListConnections(
            limit: pageSize.map(Int32.init(clamping:)), offset: Int64(offset),
            customerID: customerID, connectorConfigID: connectorConfigID,
            connectorNames: connectorNames, searchQuery: searchQuery,
            includeSecrets: includeSecrets, refreshPolicy: refreshPolicy, expand: expand)
        return list(options) {
            try $0.connections(params: params)
        } next: {
            try await $0.nextPageAsync(options: $1)
        }
    }

    /// Deletes a connection. A second time it is 404.
    ///
    /// ```swift
    /// let deleted = try await client.deleteConnection(id: connectionID)
    /// print(deleted.id)
    /// ```
    ///
    /// `DELETE /connection/{id}`, operation `deleteConnection` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connection, `conn_…`
    ///   - options: options of this call
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none that the key may see,
    ///   which after a retry can mean that the first attempt deleted it; and every other
    ///   ``OpenintError``.
    public func deleteConnection(
        id: String, options: RequestOptions = RequestOptions()
    ) async throws -> Deleted {
        try await call(options, isWrite: true) {
            try await $0.deleteConnectionAsync(params: DeleteConnection(id: id), options: $1)
        }
    }

    /// Tries a connection's credentials at the connected service. A failed check is a success of
    /// this call: look at the status.
    ///
    /// ```swift
    /// let check = try await client.checkConnection(id: connectionID)
    /// if check.status != .healthy {
    ///     print("ask the customer to connect again")
    /// }
    /// ```
    ///
    /// `POST /connection/{id}/check`, operation `checkConnection` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: the connection, `conn_…`
    ///   - options: options of this call
    /// - Throws: ``OpenintError/api(error:outcome:)`` with status 404 when there is none that the key may see;
    ///   and every other ``OpenintError``.
    public func checkConnection(
        id: String, options: RequestOptions = RequestOptions()
    ) async throws -> ConnectionCheck {
        try await call(options, isWrite: true) {
            try await $0.checkConnectionAsync(params: CheckConnection(id: id), options: $1)
        }
    }
}

extension ConnectorData {
    fileprivate func checked() throws -> ConnectorData {
        _ = try settings.json.checked("data.settings")
        return self
    }
}
