extension Openint {
    /// Creates a customer, or changes the one of that id.
    ///
    /// > Warning: It replaces the customer's metadata: without any in the call, what was there is
    /// > gone.
    ///
    /// ```swift
    /// let customer = try await client.upsertCustomer(id: "customer_42", metadata: ["plan": "pro"])
    /// print(customer.metadata?["plan"]?.string ?? "")
    /// ```
    ///
    /// `PUT /customer`, operation `upsertCustomer` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - id: your own id of the customer
    ///   - metadata: a JSON object of yours that is kept with the customer
    ///   - options: options of this call
    /// - Returns: The customer as it is now.
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` before anything is sent; and every
    ///   other ``OpenintError``.
    public func upsertCustomer(
        id: String,
        metadata: JSONValue? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> Customer {
        let params = UpsertCustomer(id: id, metadata: try metadata?.checked("metadata"))
        return try await call(options, isWrite: true) {
            try await $0.upsertCustomerAsync(params: params, options: $1)
        }
    }

    /// Lists customers that have connections: one that is only named in `createConnection` is among
    /// them, one that was only upserted is not. The API gives them in no order, so pages can repeat
    /// and miss rows: ``customers(searchQuery:pageSize:offset:options:)`` reads all of them.
    ///
    /// ```swift
    /// let page = try await client.listCustomers(searchQuery: "customer_42")
    /// print(page.items.compactMap(\.id))
    /// ```
    ///
    /// `GET /customer`, operation `listCustomers` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - limit: the most rows of the page, at most 3,000; 50 where the API decides
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a limit above 3,000; and every
    ///   other ``OpenintError``.
    public func listCustomers(
        searchQuery: String? = nil,
        limit: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) async throws -> CustomerPage {
        let params = ListCustomers(
            limit: limit.map(Int32.init(clamping:)), offset: Int64(offset),
            searchQuery: searchQuery)
        return try await call(options) {
            try await $0.listCustomersAsync(params: params, options: $1)
        }
    }

    /// All customers, page after page; see ``PagedSequence``.
    ///
    /// ```swift
    /// for try await customer in client.customers() {
    ///     print(customer.id ?? "", customer.connectionCount ?? 0)
    /// }
    /// ```
    ///
    /// `GET /customer`, operation `listCustomers` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - searchQuery: only those that this string finds; an empty one is refused
    ///   - pageSize: the most rows of a page, at most 3,000; 500 without it
    ///   - offset: the rows to leave out at the beginning
    ///   - options: options of the calls
    public func customers(
        searchQuery: String? = nil,
        pageSize: Int? = nil,
        offset: Int = 0,
        options: RequestOptions = RequestOptions()
    ) -> PagedSequence<Customer> {
        let params = ListCustomers(
            limit: pageSize.map(Int32.init(clamping:)), offset: Int64(offset),
            searchQuery: searchQuery)
        return list(options) {
            try $0.customers(params: params)
        } next: {
            try await $0.nextPageAsync(options: $1)
        }
    }

    /// Creates a token for a customer, for use in a browser or an app, and a link with it to a page on
    /// which the customer connects services. A customer that OpenInt has not seen is created.
    ///
    /// > Warning: It wipes the customer's metadata.
    ///
    /// The API does not decode the id in the path. Letters, digits and `-._~@:+$=&,;()!*` go as they
    /// are; with any other character, such as a blank or `é`, the token is that of another customer
    /// than the one in
    /// ``createConnection(connectorConfigID:customerID:data:metadata:checkConnection:idempotencyKey:options:)``,
    /// and with `'` it does not work.
    ///
    /// A client for what the customer may do is made from the token, or from the API key that comes
    /// with it:
    ///
    /// ```swift
    /// let token = try await client.createCustomerToken(
    ///     customerID: "customer_42", validityInSeconds: 600,
    ///     connectOptions: ConnectOptions(connectorNames: ["github"], view: .add))
    /// let customer = try Openint(apiKey: token.token.expose())
    /// print(try await customer.viewer().role)
    /// ```
    ///
    /// `POST /customer/{customer_id}/token`, operation `createToken` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - customerID: your own id of the customer
    ///   - validityInSeconds: the seconds that the token is good for; the API's default is
    ///     30 days
    ///   - connectOptions: what the page behind the link offers
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` before anything is sent; and every
    ///   other ``OpenintError``.
    public func createCustomerToken(
        customerID: String,
        validityInSeconds: Int? = nil,
        connectOptions: ConnectOptions? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> CustomerToken {
        let params = CreateCustomerToken(
            customerID: customerID, validityInSeconds: validityInSeconds.map(Int32.init(clamping:)),
            connectOptions: connectOptions)
        return try await call(options, isWrite: true) {
            try await $0.createCustomerTokenAsync(params: params, options: $1)
        }
    }
}
