import Foundation

/// A point in time as the API writes it.
///
/// Rows have PostgreSQL's form (`2026-11-24 02:12:35.896474+00`), OAuth2 credentials that of RFC
/// 3339 (`2026-11-24T03:12:36.344Z`). A text in neither form stays readable and never makes a call
/// fail. Two are equal when their texts are.
///
/// ```swift
/// let created = Timestamp("2026-11-24 02:12:35.5+00")
/// print(created.date?.timeIntervalSince1970 ?? 0, created.text)
/// ```
public struct Timestamp: Sendable, Hashable {
    /// The text as the API wrote it.
    public let text: String

    /// Keeps a text, whatever its form.
    public init(_ text: String) {
        self.text = text
    }

    /// Writes a date in the form of RFC 3339, to the microsecond.
    ///
    /// - Throws: ``OpenintError/invalidInput(field:expected:outcome:)`` for a date that is infinite,
    ///   not a number, or not in the years -9999 to 9999.
    public init(_ date: Date) throws {
        try self.init(date, field: "date")
    }

    init(_ date: Date, field: String) throws {
        let micros = (date.timeIntervalSince1970 * 1_000_000).rounded()
        guard let exact = Int64(exactly: micros),
            let timestamp = try timestampFromUnixMicros(micros: exact)
        else {
            throw OpenintError.invalidInput(
                field: field, expected: "a date in the years -9999 to 9999")
        }
        self = timestamp
    }

    /// The date, to the microsecond; `nil` when the text is in neither form.
    public var date: Date? {
        guard let micros = try? timestampUnixMicros(timestamp: self) else { return nil }
        return Date(timeIntervalSince1970: TimeInterval(micros) / 1_000_000)
    }
}

extension Timestamp: Codable {
    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        self.init(try String(from: decoder))
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        try text.encode(to: encoder)
    }
}

extension Timestamp: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Keeps a literal, whatever its form.
    public init(stringLiteral text: String) {
        self.init(text)
    }

    /// The text as the API wrote it.
    public var description: String { text }
}
