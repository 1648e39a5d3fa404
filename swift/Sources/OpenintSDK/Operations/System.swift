// The API itself: whether it is there, who one is to it, and how to explain it to a model.

extension Openint {
    /// Says whether the API is there.
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
        try await call(.health, [:], options)
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
        try await call(.healthEcho, ["body": body], options) { json in json }
    }

    /// Says who the key belongs to.
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
        try await call(.viewer, [:], options)
    }

    /// Gets a text that explains a customer's connections to a language model. It holds an API key
    /// of the customer.
    ///
    /// > Warning: The API forgets the customer's metadata when it is asked for it.
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
    ///   - useEnvironmentVariables: whether its examples take keys from the environment
    ///   - options: options of this call
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` before anything is sent; and every
    ///   other ``OpenintError``.
    public func messageTemplate(
        customerID: String,
        language: TemplateLanguage? = nil,
        useEnvironmentVariables: Bool = false,
        options: RequestOptions = RequestOptions()
    ) async throws -> MessageTemplate {
        let parameters: Parameters = [
            "customer_id": customerID, "language": language,
            "use_environment_variables": useEnvironmentVariables,
        ]
        return try await call(.messageTemplate, parameters, options)
    }
}
