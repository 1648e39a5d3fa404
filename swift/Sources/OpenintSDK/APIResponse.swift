/// A parsed answer with what it came in.
public struct APIResponse<Value: Sendable>: Sendable {
    /// The parsed body.
    public let value: Value
    /// The HTTP status.
    public let status: Int
    /// The number of times that the request was sent or tried to be sent; 0 when an idempotency key showed that
    /// what it asks for is there already.
    public let attempts: Int
    /// All headers that are text, in the order they came in, with names in lower case.
    public let headers: [(name: String, value: String)]
    /// The body as it came; it can hold secrets. Empty for an answer without content.
    public let body: String

    /// The first header of that name, in any case.
    public func header(_ name: String) -> String? {
        let name = name.lowercased()
        return headers.first { $0.name == name }?.value
    }

    init(_ value: Value, _ raw: RawAnswer) {
        self.value = value
        status = Int(raw.status)
        attempts = Int(raw.attempts)
        headers = raw.headers.map { (name: $0.name, value: $0.value) }
        body = String(decoding: raw.body, as: UTF8.self)
    }
}

extension APIResponse: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The status, without headers and body.
    public var description: String { "APIResponse(status: \(status), attempts: \(attempts))" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Status and attempts.
    public var customMirror: Mirror {
        Mirror(self, children: ["status": status, "attempts": attempts])
    }
}
