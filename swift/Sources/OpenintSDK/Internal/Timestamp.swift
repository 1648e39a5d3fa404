import Foundation

extension Date {
    /// Reads PostgreSQL's form (`2026-11-24 02:12:35.896474+00`) and RFC 3339
    /// (`2026-11-24T03:12:36.344Z`).
    init?(timestamp text: String) {
        var reader = TimestampReader(text)
        guard let date = reader.read() else { return nil }
        self = date
    }

    /// In RFC 3339, with as many digits after the second as there are, down to microseconds.
    var timestamp: String {
        let microseconds = (timeIntervalSince1970 * 1_000_000).rounded()
        let seconds = (microseconds / 1_000_000).rounded(.down)
        let text = ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: seconds))
        let fraction = String(1_000_000 + Int(microseconds - seconds * 1_000_000)).dropFirst()
        guard let last = fraction.lastIndex(where: { $0 != "0" }) else { return text }
        return text.dropLast() + "." + fraction[...last] + "Z"
    }
}

private struct TimestampReader {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    mutating func read() -> Date? {
        guard let year = number(4), take("-"), let month = number(2), take("-"),
            let day = number(2), take(" ") || take("T") || take("t"),
            let hour = number(2), take(":"), let minute = number(2), take(":"),
            let second = number(2),
            (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            hour < 24, minute < 60, second < 61
        else { return nil }
        var fraction = 0.0
        if take(".") {
            guard let read = self.fraction() else { return nil }
            fraction = read
        }
        guard let offset = offset(), rest.isEmpty else { return nil }
        let days = Self.daysSince1970(year, month, day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset
        return Date(timeIntervalSince1970: Double(seconds) + fraction)
    }

    private mutating func fraction() -> Double? {
        var digits = ""
        while let digit = rest.first, (0x30...0x39).contains(digit) {
            digits.unicodeScalars.append(Unicode.Scalar(digit))
            rest.removeFirst()
        }
        return digits.isEmpty ? nil : Double("0." + digits)
    }

    /// Seconds east of Greenwich.
    private mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("-") ? -1 : 1
        guard sign == -1 || take("+"), let hours = number(2), hours < 24 else { return nil }
        _ = take(":")
        let minutes = rest.isEmpty ? 0 : number(2)
        guard let minutes, minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes) * 60
    }

    private mutating func number(_ digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
            rest.removeFirst()
        }
        return value
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: scalar) else { return false }
        rest.removeFirst()
        return true
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// In the proleptic Gregorian calendar, with years that begin in March.
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
