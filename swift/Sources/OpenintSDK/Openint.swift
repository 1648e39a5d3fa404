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
public final class Openint: Sendable {
    private let bridge: Bridge
    private let defaults: RequestOptions
    private let lastAnswer: LastAnswer?

    /// Makes a client; opens no connection. What is `nil` is left to the SDK.
    ///
    /// - Parameters:
    ///   - apiKey: the organisation's API key, or a customer's token; the variable
    ///     `OPENINT_API_KEY` without it
    ///   - baseURL: where the API is; the variable `OPENINT_BASE_URL` without it, and without that
    ///     `https://api.openint.dev/v1`
    ///   - timeout: the seconds that one attempt may take, from connecting to the last byte: 60
    ///   - connectTimeout: the part of it that resolving the name, connecting and TLS may take: 10
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
    /// - Throws: ``OpenintError/invalidInput(field:expected:)`` with the option that cannot be
    ///   used.
    public init(
        apiKey: String? = nil,
        baseURL: String? = nil,
        timeout: TimeInterval? = nil,
        connectTimeout: TimeInterval? = nil,
        maxRetries: Int? = nil,
        defaultHeaders: [String: String] = [:],
        userAgent: String? = nil,
        proxy: String? = nil,
        caBundle: String? = nil,
        maxResponseBytes: Int? = nil,
        allowPlainHTTP: Bool = false
    ) throws {
        bridge = try Bridge(
            ClientOptions(
                apiKey: apiKey,
                baseUrl: baseURL,
                allowPlainHttp: allowPlainHTTP,
                timeoutMs: try milliseconds("timeout", timeout),
                connectTimeoutMs: try milliseconds("connect_timeout", connectTimeout),
                maxRetries: maxRetries.map(Int32.init(clamping:)),
                defaultHeaders: pairs(defaultHeaders),
                userAgent: userAgent ?? "openint-swift/0.1.0",
                proxy: proxy,
                caBundle: caBundle,
                maxResponseBytes: maxResponseBytes.map(Int64.init)))
        defaults = RequestOptions()
        lastAnswer = nil
    }

    private init(bridge: Bridge, defaults: RequestOptions, lastAnswer: LastAnswer?) {
        self.bridge = bridge
        self.defaults = defaults
        self.lastAnswer = lastAnswer
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
    ///   - repeatSafe: whether carrying the request out twice is as good as once; preset: yes for
    ///     `GET`, `PUT` and `DELETE`
    ///   - options: options of this call
    /// - Throws: ``OpenintError``; ``OpenintError/cancelled(_:)`` when the task is cancelled.
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
            method: method.rawValue,
            path: path,
            pathParams: pairs(pathParameters),
            query: pairs(query),
            body: body?.text,
            repeatSafe: repeatSafe)
        let answer = try await bridge.send(route, try options.over(defaults).native())
        let response = try answer.response(isWrite: method != .get) { json in json }
        lastAnswer?.keep(response)
        return response
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
    /// - Throws: What `call` throws, and ``OpenintError/invalidInput(field:expected:)`` when it
    ///   called no method. Pages that an iterator reads count for none.
    public func withResponse<Value: Sendable>(
        isolation: isolated (any Actor)? = #isolation,
        _ call: (Openint) async throws -> Value
    ) async throws -> APIResponse<Value> {
        let lastAnswer = LastAnswer()
        let value = try await call(
            Openint(bridge: bridge, defaults: defaults, lastAnswer: lastAnswer))
        guard let response = lastAnswer.response else {
            throw OpenintError.invalidInput(
                field: "call", expected: "a call of the client that it is given")
        }
        return response.map { _ in value }
    }

    /// This client with other options for its calls, in front of the same pool of connections.
    /// Closing either closes both.
    public func withOptions(_ options: RequestOptions) -> Openint {
        Openint(bridge: bridge, defaults: options.over(defaults), lastAnswer: lastAnswer)
    }

    /// Ends the use of this client. Calls under way run to their end; later ones throw
    /// ``OpenintError/closed``. Closing twice does no harm, and a client that nobody holds any
    /// more needs no closing.
    public func close() {
        bridge.close()
    }

    /// Carries out an operation.
    func call<Model: APIModel>(
        _ operation: Operation, _ parameters: Parameters, _ options: RequestOptions
    ) async throws -> Model {
        try await call(operation, parameters, options, Model.init(json:))
    }

    func call<Value: Sendable>(
        _ operation: Operation, _ parameters: Parameters, _ options: RequestOptions,
        _ decode: (JSONValue) throws -> Value
    ) async throws -> Value {
        let answer = try await bridge.call(
            operation, parameters, try options.over(defaults).native())
        let response = try answer.response(isWrite: operation.isWrite, decode)
        lastAnswer?.keep(response)
        return response.value
    }

    /// All rows of a list.
    func all<Item: APIModel>(
        _ operation: Operation, _ parameters: Parameters, _ options: RequestOptions
    ) -> PagedSequence<Item> {
        let options = options.over(defaults)
        return PagedSequence { [bridge] in
            try bridge.pages(operation, parameters, try options.native())
        }
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
