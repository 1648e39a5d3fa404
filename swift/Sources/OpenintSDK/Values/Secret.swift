/// A text that is not shown: it prints as `[redacted]`, in mirrors and dumps too.
///
/// ```swift
/// let token: Secret = "gho_16C7e42F292c6912E7710c838347Ae178B4a"
/// print(token)  // [redacted]
/// ```
public struct Secret: Sendable, Hashable {
    private let text: String

    /// Keeps `text` unseen.
    public init(_ text: String) {
        self.text = text
    }

    /// The text itself. Keep it out of logs.
    public func expose() -> String {
        text
    }
}

extension Secret: ExpressibleByStringLiteral {
    /// Keeps a literal unseen.
    public init(stringLiteral text: String) {
        self.init(text)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `[redacted]`.
    public var description: String { redacted }

    /// `[redacted]`.
    public var debugDescription: String { redacted }

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

let redacted = "[redacted]"
