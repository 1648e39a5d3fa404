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

extension JSONNumber {
    /// The number that a decoder has; `nil` for anything else.
    init?(_ container: any SingleValueDecodingContainer) {
        if let value = try? container.decode(Int.self) {
            self.init(value)
            return
        }
        let double = try? container.decode(Double.self)
        // Beyond its range Foundation's decimal number is another one without a word.
        if let decimal = try? container.decode(Decimal.self), let number = JSONNumber(decimal),
            let near = number.double, abs(near - (double ?? near)) <= abs(near) * 1e-12
        {
            self = number
        } else if let double, let number = JSONNumber(double) {
            self = number
        } else {
            return nil
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value = int {
            try container.encode(value)
        } else if let decimal, JSONNumber(decimal)?.isSame(as: self) == true {
            try container.encode(decimal)
        } else if let double, JSONNumber(double)?.isSame(as: self) == true {
            try container.encode(double)
        } else {
            throw EncodingError.invalidValue(
                self,
                .init(
                    codingPath: encoder.codingPath,
                    debugDescription: "a number with more digits than Foundation's; use `text`"))
        }
    }

    /// True if both texts are of one number, such as `1.10` and `11e-1`.
    private func isSame(as other: JSONNumber) -> Bool {
        guard let digits, let others = other.digits else { return false }
        return digits == others
    }

    /// Digits that two texts of one number share: those from the first to the last that is
    /// not 0, and the power of ten of the last; `nil` for a power that no integer holds.
    private var digits: Digits? {
        let parts = text.lowercased().split(separator: "e")
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0 else { return nil }
        let mantissa = parts[0].drop { $0 == "-" }.split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1].count : 0
        let all = mantissa.joined()
        let significant = all.drop { $0 == "0" }
        let zeros = significant.reversed().prefix { $0 == "0" }.count
        let (power, overflow) = exponent.subtractingReportingOverflow(fraction - zeros)
        guard !overflow else { return nil }
        guard !significant.isEmpty else {
            return Digits(isNegative: false, text: "", power: 0)
        }
        return Digits(
            isNegative: text.hasPrefix("-"), text: String(significant.dropLast(zeros)),
            power: power)
    }

    private struct Digits: Equatable {
        let isNegative: Bool
        let text: String
        let power: Int
    }
}
