import Foundation

/// Options of single calls. What is `nil` is as the client has it.
///
/// They are checked when a call is made: a header that cannot be one is
/// ``OpenintError/invalidInput(field:expected:outcome:)`` before a byte is sent.
public struct RequestOptions: Sendable, Hashable {
    /// The seconds that one attempt may take, from connecting to the last byte of the answer.
    public var timeout: TimeInterval?
    /// The part of it that resolving the name, connecting and TLS may take.
    public var connectTimeout: TimeInterval?
    /// The seconds that the whole call may take, with all its attempts, the waits between them and
    /// the look-ups of an idempotency key.
    public var totalTimeout: TimeInterval?
    /// Most repetitions of a call where repeating it is safe.
    public var maxRetries: Int?
    /// Headers in place of those of the same name that the client sends.
    public var extraHeaders: [String: String]
    /// Query parameters besides those of the method.
    public var extraQuery: [URLQueryItem]
    /// Top-level fields of the JSON body, in place of those of the same name.
    public var extraBody: JSONObject

    /// Options; what is left out is as the client has it.
    public init(
        timeout: TimeInterval? = nil,
        connectTimeout: TimeInterval? = nil,
        totalTimeout: TimeInterval? = nil,
        maxRetries: Int? = nil,
        extraHeaders: [String: String] = [:],
        extraQuery: [URLQueryItem] = [],
        extraBody: JSONObject = [:]
    ) {
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.totalTimeout = totalTimeout
        self.maxRetries = maxRetries
        self.extraHeaders = extraHeaders
        self.extraQuery = extraQuery
        self.extraBody = extraBody
    }

    /// These options, and under them those of `base`.
    func over(_ base: RequestOptions) -> RequestOptions {
        RequestOptions(
            timeout: timeout ?? base.timeout,
            connectTimeout: connectTimeout ?? base.connectTimeout,
            totalTimeout: totalTimeout ?? base.totalTimeout,
            maxRetries: maxRetries ?? base.maxRetries,
            extraHeaders: base.extraHeaders.merging(extraHeaders) { $1 },
            extraQuery: base.extraQuery + extraQuery,
            extraBody: JSONObject(Array(base.extraBody) + Array(extraBody)))
    }
}

extension RequestOptions: CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// Names without values: headers, parameters and fields can be secrets.
    public var description: String {
        let fields = customMirror.children.map { "\($0.label ?? ""): \($0.value)" }
        return "RequestOptions(\(fields.joined(separator: ", ")))"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Names without values.
    public var customMirror: Mirror {
        Mirror(
            self,
            children: [
                "timeout": timeout as Any, "connectTimeout": connectTimeout as Any,
                "totalTimeout": totalTimeout as Any,
                "maxRetries": maxRetries as Any, "extraHeaders": extraHeaders.keys.sorted(),
                "extraQuery": extraQuery.map(\.name), "extraBody": extraBody.keys,
            ])
    }
}
