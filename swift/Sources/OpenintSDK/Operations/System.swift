// The API itself: whether it is there, who one is to it, and how to explain it to a model.

extension Openint {
    /// Checks that the API is there.
    ///
    /// ```swift
    /// print(try await client.health().ok)
    /// ```
    ///
    /// `GET /health`, operation `health` of the OpenInt v1 API.
    ///
    /// - Parameter options: options of this call
    /// - Throws: ``OpenintError``
    public func health(options: RequestOptions = RequestOptions()) async throws -> Health {
        try await call(options) { try await $0.healthAsync(options: $1) }
    }

    /// Sends any JSON object there and back, so that a connection is open when it is needed.
    ///
    /// ```swift
    /// let echo = try await client.healthEcho(["warm": 1])
    /// print(echo["input"]?["warm"]?.number?.int ?? 0)
    /// ```
    ///
    /// `POST /health`, operation `healthEcho` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - body: any JSON object
    ///   - options: options of this call
    /// - Throws: ``OpenintError``
    public func healthEcho(
        _ body: JSONValue, options: RequestOptions = RequestOptions()
    ) async throws -> JSONValue {
        let params = EchoHealth(body: try body.checked("body"))
        return try await call(options) {
            try await $0.healthEchoAsync(params: params, options: $1)
        }
    }

    /// Gets the owner of the key.
    ///
    /// ```swift
    /// let viewer = try await client.viewer()
    /// print(viewer.role == .org, viewer.orgID ?? "")
    /// ```
    ///
    /// `GET /viewer`, operation `viewer` of the OpenInt v1 API.
    ///
    /// - Parameter options: options of this call
    /// - Throws: ``OpenintError``
    public func viewer(options: RequestOptions = RequestOptions()) async throws -> Viewer {
        try await call(options) { try await $0.viewerAsync(options: $1) }
    }

    /// Gets a text that explains a customer's connections to a language model. It holds an API key
    /// of the customer.
    ///
    /// A customer that is only named in `createConnection` has no record of its own, so this is a 404
    /// for it.
    ///
    /// ```swift
    /// let template = try await client.messageTemplate(
    ///     customerID: "customer_42", language: .javaScript, useEnvironmentVariables: true)
    /// print(template.template.expose().count)
    /// ```
    ///
    /// `GET /ai/message_template`, operation `messageTemplate` of the OpenInt v1 API.
    ///
    /// - Parameters:
    ///   - customerID: your own id of the customer
    ///   - language: the programming language of its examples
    ///   - useEnvironmentVariables: true for examples that take keys from the environment
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` before anything is sent; and every
    ///   other ``OpenintError``.
    public func messageTemplate(
        customerID: String,
        language: TemplateLanguage? = nil,
        useEnvironmentVariables: Bool = false,
        options: RequestOptions = RequestOptions()
    ) async throws -> MessageTemplate {
        let params = GetMessageTemplate(
            customerID: customerID, language: language,
            useEnvironmentVariables: useEnvironmentVariables)
        return try await call(options) {
            try await $0.messageTemplateAsync(params: params, options: $1)
        }
    }
}
