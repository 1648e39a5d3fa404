/// Writes JSON without white space, with the keys of objects in order. It keeps a stack of its own, so
/// that no depth ends the process.
struct JSONWriter {
    private(set) var text = ""

    private enum Part {
        case value(JSONValue)
        case key(String)
        case mark(String)
    }

    mutating func write(_ value: JSONValue) {
        var rest = [Part.value(value)]
        while let part = rest.popLast() {
            switch part {
            case .mark(let mark): text += mark
            case .key(let key):
                write(key)
                text += ":"
            case .value(.null): text += "null"
            case .value(.bool(let value)): text += value ? "true" : "false"
            case .value(.number(let number)): text += number.text
            case .value(.string(let value)): write(value)
            case .value(.array(let values)):
                text += "["
                rest.append(.mark("]"))
                for (index, value) in values.enumerated().reversed() {
                    rest.append(.value(value))
                    if index > 0 { rest.append(.mark(",")) }
                }
            case .value(.object(let fields)):
                text += "{"
                rest.append(.mark("}"))
                for (index, field) in fields.enumerated().reversed() {
                    rest += [.value(field.value), .key(field.key)]
                    if index > 0 { rest.append(.mark(",")) }
                }
            }
        }
    }

    private mutating func write(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ":
                let hex = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
