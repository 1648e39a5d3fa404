import Foundation

/// A client of the OpenInt API.
///
/// Its calls never block a thread of Swift's own, and a cancelled task ends its request in flight.
/// One client serves any number of tasks.
///
/// ```swift
/// let client = try Openint()
/// let connection = try await client.createConnection(
///     connectorConfigID: "ccfg_", customerID: "customer_id",
///     data: ConnectorData(connectorName: "dummy-oauth2", settings: ["oauth": [:]]))
/// print(connection.id)
/// ```
///
/// An app that holds a customer's token, which runs out, asks its own server for a new one:
///
/// ```swift
/// let app = try Openint(apiKeyProvider: {
///     try await client.createCustomerToken(customerID: "customer_42").token  // your own server
/// })
/// print(try await app.viewer().role)
/// ```
public final class Openint: Sendable {
    let native: NativeClient
    let defaults: RequestOptions
    let answer: NativeAnswer?

    /// Makes a client; opens no connection. What is `nil` is left to the SDK.
    ///
    /// - Parameters:
    ///   - apiKey: the organisation's API key, or a customer's token; the variable
    ///     `OPENINT_API_KEY` without it
    ///   - apiKeyProvider: gives a key that can change, in place of `apiKey`. It is asked when the
    ///     client has no key yet, and once more by a call that the API refuses with 401, which is
    ///     then sent again with the new key. Calls that need a key at the same time share one
    ///     question; its failure is their error, ``OpenintError/apiKey(outcome:)``. The limits of a
    ///     call and its cancellation do not end it
    ///   - baseURL: where the API is; the variable `OPENINT_BASE_URL` without it, and without that
    ///     `https://api.openint.dev/v1`
    ///   - timeout: the seconds that one attempt may take, from connecting to the last byte: 60
    ///   - connectTimeout: the part of it that resolving the name, connecting and TLS may take: 10
    ///   - totalTimeout: the seconds that a whole call may take, with all its attempts, the waits
    ///     between them and the look-ups of an idempotency key: 300
    ///   - maxRetries: how often a call is repeated at the most where repeating it is safe: 2
    ///   - defaultHeaders: headers that every call sends
    ///   - userAgent: the `User-Agent`, in place of the SDK's own
    ///   - proxy: an HTTP proxy, such as `http://user:password@proxy.internal:3128`; without it
    ///     those of the environment count, but never for a base URL on loopback
    ///   - caBundle: the path of a PEM file with the certificate authorities to trust in place of
    ///     the system's
    ///   - maxResponseBytes: the largest answer that is read, after decompression: 64 MiB
    ///   - allowPlainHTTP: permits plain `http` beyond loopback, which shows the key and every
    ///     secret to whoever is on the way
    ///   - observer: watches every attempt of the client's calls
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` with the option that cannot
    ///   be used.
    public init(
        apiKey: String? = nil,
        apiKeyProvider: (@Sendable () async throws -> Secret)? = nil,
        baseURL: String? = nil,
        timeout: TimeInterval? = nil,
        connectTimeout: TimeInterval? = nil,
        totalTimeout: TimeInterval? = nil,
        maxRetries: Int? = nil,
        defaultHeaders: [String: String] = [:],
        userAgent: String? = nil,
        proxy: String? = nil,
        caBundle: String? = nil,
        maxResponseBytes: Int? = nil,
        allowPlainHTTP: Bool = false,
        observer: (any CallObserver)? = nil
    ) throws {
        native = try NativeClient.withCallbacks(
            options: ClientOptions(
                apiKey: apiKey,
                baseURL: baseURL,
                allowPlainHttp: allowPlainHTTP,
                timeoutMs: try milliseconds("timeout", timeout),
                connectTimeoutMs: try milliseconds("connect_timeout", connectTimeout),
                totalTimeoutMs: try milliseconds("total_timeout", totalTimeout),
                maxRetries: maxRetries.map(Int32.init(clamping:)),
                defaultHeaders: pairs(defaultHeaders),
                language: "swift",
                userAgent: userAgent,
                proxy: proxy,
                caBundle: caBundle,
                maxResponseBytes: maxResponseBytes.map(Int64.init)),
            interrupts: nil,
            apiKeys: apiKeyProvider.map(KeyProvider.init),
            observer: observer.map(Observing.init))
        defaults = RequestOptions()
        answer = nil
    }

    private init(native: NativeClient, defaults: RequestOptions, answer: NativeAnswer?) {
        self.native = native
        self.defaults = defaults
        self.answer = answer
    }

    /// Sends a request to a route that has no method here yet.
    ///
    /// Retries, errors and limits are the same as for every method. An answer without content
    /// (204) reads as ``JSONValue/null``.
    ///
    /// - Parameters:
    ///   - method: the HTTP method
    ///   - path: a template under the base URL, such as `/connection/{id}`
    ///   - pathParameters: what its placeholders are filled with; values are escaped, so that an id
    ///     can never change the route
    ///   - query: query parameters; a name may come twice
    ///   - body: the JSON body; writes without one send `{}`
    ///   - repeatSafe: true if carrying the request out twice is as good as once; without it, `GET`,
    ///     `PUT` and `DELETE` are
    ///   - options: options of this call
    /// - Throws: ``OpenintError``; ``OpenintError/cancelled(outcome:)`` when the task is cancelled.
    public func request(
        _ method: HTTPMethod,
        _ path: String,
        pathParameters: [String: String] = [:],
        query: [URLQueryItem] = [],
        body: JSONValue? = nil,
        repeatSafe: Bool? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> APIResponse<JSONValue> {
        let route = RouteRequest(
            method: method,
            path: path,
            pathParams: pairs(pathParameters),
            query: pairs(query),
            body: try body?.checked("body"),
            repeatSafe: repeatSafe)
        let client = Openint(
            native: native, defaults: defaults, answer: answer ?? NativeAnswer())
        let value = try await client.call(options, isWrite: method != .get) {
            try await $0.requestAsync(request: route, options: $1)
        }
        return try client.answered(value)
    }

    /// Calls a method and gives its value together with status, headers and body of the answer.
    ///
    /// ```swift
    /// let response = try await client.withResponse { try await $0.viewer() }
    /// print(response.status, response.header("content-type") ?? "", response.value.role)
    /// ```
    ///
    /// - Parameters:
    ///   - isolation: the actor that `call` runs on: the caller's
    ///   - call: calls a method of the client that it is given; of several the last counts
    /// - Throws: What `call` throws, and ``OpenintError/invalidInput(field:expected:outcome:)`` when it
    ///   called no method. Pages that an iterator reads count for none.
    public func withResponse<Value: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        _ call: (Openint) async throws -> Value
    ) async throws -> APIResponse<Value> {
        let client = Openint(native: native, defaults: defaults, answer: NativeAnswer())
        return try client.answered(try await call(client))
    }

    private func answered<Value>(_ value: Value) throws -> APIResponse<Value> {
        guard let raw = try answer?.last() else {
            throw OpenintError.invalidInput(
                field: "call", expected: "a call of the client that it is given")
        }
        return APIResponse(value, raw)
    }

    /// Returns this client with other options for its calls, in front of the same pool of
    /// connections. Closing either closes both.
    public func withOptions(_ options: RequestOptions) -> Openint {
        Openint(native: native, defaults: options.over(defaults), answer: answer)
    }

    /// Ends the use of this client. Calls under way run to their end; later ones throw
    /// ``OpenintError/closed(outcome:)``. Closing twice does no harm, and a client that nobody holds
    /// any more needs no closing.
    public func close() {
        // It fails with a defect alone, and there is nothing that a caller could do.
        try? native.shutDown()
    }
}

extension Openint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `Openint`; a client shows neither key nor headers.
    public var description: String { "Openint" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
