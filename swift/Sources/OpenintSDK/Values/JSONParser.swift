/// Why a text is not JSON. It never repeats the text, which can hold secrets.
enum JSONSyntaxError: Error {
    case notJSON(offset: Int)
    case tooDeep

    var expectation: String {
        switch self {
        case .notJSON(let offset): "JSON, which it is not from byte \(offset) on"
        case .tooDeep: "JSON that is nested at most \(JSONParser.maxDepth) deep"
        }
    }
}

/// Reads JSON (RFC 8259) from UTF-8 and keeps the text of numbers.
struct JSONParser {
    static let maxDepth = 128

    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parseAll() throws(JSONSyntaxError) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw .notJSON(offset: at) }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONSyntaxError) -> JSONValue {
        guard depth <= Self.maxDepth else { throw .tooDeep }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth))
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: return .number(try parseNumber())
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONSyntaxError) -> JSONObject {
        at += 1
        var fields = JSONObject()
        skipSpace()
        if take("}") { return fields }
        while true {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .notJSON(offset: at) }
            let key = try parseString()
            skipSpace()
            guard take(":") else { throw .notJSON(offset: at) }
            fields[key] = try parseValue(depth: depth + 1)
            skipSpace()
            if take("}") { return fields }
            guard take(",") else { throw .notJSON(offset: at) }
        }
    }

    private mutating func parseArray(depth: Int) throws(JSONSyntaxError) -> [JSONValue] {
        at += 1
        var values: [JSONValue] = []
        skipSpace()
        if take("]") { return values }
        while true {
            values.append(try parseValue(depth: depth + 1))
            skipSpace()
            if take("]") { return values }
            guard take(",") else { throw .notJSON(offset: at) }
        }
    }

    private mutating func parseWord(
        _ word: StaticString, _ value: JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        let end = at + word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer {
            end <= bytes.count && $0.elementsEqual(bytes[at..<end])
        }
        guard matches else { throw .notJSON(offset: at) }
        at = end
        return value
    }

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONNumber {
        let start = at
        _ = take("-")
        if !take("0") { try skipDigits() }
        if take(".") { try skipDigits() }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            try skipDigits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<at], as: UTF8.self))
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        let start = at
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { at += 1 }
        guard at > start else { throw .notJSON(offset: at) }
    }

    private mutating func parseString() throws(JSONSyntaxError) -> String {
        at += 1
        var text: [UInt8] = []
        var start = at
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                let rest = bytes[start..<at - 1]
                return text.isEmpty
                    ? String(decoding: rest, as: UTF8.self)
                    : String(decoding: text + rest, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[start..<at - 1]
                try parseEscape(into: &text)
                start = at
            case 0..<0x20: throw .notJSON(offset: at - 1)
            default: break
            }
        }
        throw .notJSON(offset: at)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = peek else { throw .notJSON(offset: at) }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: String(try parseUnicode()).utf8)
        default: throw .notJSON(offset: at - 1)
        }
    }

    /// After `\u`. Half of a surrogate pair has no form in Swift and reads as U+FFFD.
    private mutating func parseUnicode() throws(JSONSyntaxError) -> Unicode.Scalar {
        let first = try parseHex()
        if let scalar = Unicode.Scalar(first) { return scalar }
        let second = at
        if first < 0xDC00, take("\\"), take("u") {
            let low = try parseHex()
            if (0xDC00...0xDFFF).contains(low) {
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (low - 0xDC00))
                    ?? "\u{FFFD}"
            }
        }
        at = second
        return "\u{FFFD}"
    }

    private mutating func parseHex() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw .notJSON(offset: at)
            }
            value = value << 4 | UInt32(digit)
            at += 1
        }
        return value
    }

    private var peek: UInt8? {
        at < bytes.count ? bytes[at] : nil
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: scalar) else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            at += 1
        }
    }
}
