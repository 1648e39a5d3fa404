import Foundation

/// A number as JSON writes it, with every digit.
///
/// Two numbers are equal when their texts are: `1.10` is not `1.1`.
public struct JSONNumber: Sendable, Hashable {
    /// The number as JSON writes it.
    public let text: String

    /// A number from its text, or `nil` when JSON has no such number.
    public init?(_ text: String) {
        var parser = JSONParser(text)
        guard case .number(let number)? = try? parser.parseAll() else { return nil }
        // White space around it is no part of a number.
        guard number.text == text else { return nil }
        self = number
    }

    /// A whole number.
    public init(_ value: some BinaryInteger) {
        self.init(checked: String(value))
    }

    /// The shortest text that reads as `value`, or `nil` when it is infinite or no number.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        self.init(checked: "\(value)")
    }

    /// All digits of a decimal number, or `nil` when it is no number.
    public init?(_ value: Decimal) {
        guard !value.isNaN else { return nil }
        self.init(checked: "\(value)")
    }

    init(checked text: String) {
        self.text = text
    }

    /// The value, when it is written as a whole number and fits.
    public var int: Int? { Int(text) }

    /// The nearest double.
    public var double: Double? { Double(text) }

    /// The value with up to 38 digits.
    public var decimal: Decimal? {
        Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }
}

extension JSONNumber: CustomStringConvertible {
    /// The number as JSON writes it.
    public var description: String { text }
}

extension JSONNumber: ExpressibleByIntegerLiteral {
    /// A whole number.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}
