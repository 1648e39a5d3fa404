import Foundation
import OpenintSDK
import Testing

@Suite("JSONValueTests")
struct JSONValueTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "12345678901234567890123", "1.10", "-1.5e-300",
        "1E+9", "1e400", "\"\"", "\"ñ😀\"", "[]", "{}", "[1,null,true,\"a\"]",
        "{\"a\":{\"b\":[{}]},\"c\":1.0}",
    ])
    func everyTextComesBack(_ text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
        #expect(try JSONValue(parsing: " \n\t\r\(text) ").text == text)
    }

    @Test(arguments: [
        "", " ", "nul", "nulls", "True", "01", "1.", ".5", "+1", "-", "1e", "0x1", "NaN", "[1,]",
        "[1 2]", "{\"a\"}", "{a:1}", "{\"a\":1,}", "\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "1 2",
        "'a'", "[", "{", "{\"a\":",
    ])
    func whatIsNoJSONIsRefused(_ text: String) {
        #expect(throws: OpenintError.self) { try JSONValue(parsing: text) }
    }

    @Test func escapesAreReadAndWritten() throws {
        let value = try JSONValue(parsing: #""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000""#)
        #expect(value == "\"\\/\u{8}\u{c}\n\r\té😀\0")
        #expect(value.text == #""\"\\/\u0008\u000c\n\r\té😀\u0000""#)
        #expect(try JSONValue(parsing: value.text) == value)
        #expect(
            try JSONValue(parsing: #""\ud83dx\udc00\ud83d\u0041""#) == "\u{FFFD}x\u{FFFD}\u{FFFD}A")
    }

    @Test func depthHasALimitAndNoCrash() throws {
        let nested = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try JSONValue(parsing: nested(128)).text == nested(128))
        #expect(throws: OpenintError.self) { try JSONValue(parsing: nested(100_000)) }
    }

    @Test func literalsAndViews() throws {
        let value: JSONValue = [
            "a": [1, 2.5, nil, true, "x"], "b": ["c": "d"], "n": nil,
        ]
        #expect(value["a"]?[0]?.number?.int == 1)
        #expect(value["a"]?[1]?.number?.double == 2.5)
        #expect(value["a"]?[1]?.number?.text == "2.5")
        #expect(value["a"]?[2] == .some(.null))
        #expect(value["a"]?[3]?.bool == true)
        #expect(value["a"]?[4]?.string == "x")
        #expect(value["a"]?[5]?.string == nil)
        #expect(value["b"]?["c"]?.string == "d")
        #expect(value["n"]?.isNull == true)
        #expect(value["absent"]?.isNull == nil)
        #expect(value.text == #"{"a":[1,2.5,null,true,"x"],"b":{"c":"d"},"n":null}"#)
    }

    @Test func numbersKeepEveryDigit() throws {
        let big = try #require(JSONNumber("12345678901234567890123"))
        #expect(big.int == nil)
        #expect(big.decimal == Decimal(string: "12345678901234567890123"))
        #expect(JSONNumber("1.10") != JSONNumber("1.1"))
        #expect(JSONNumber("one") == nil)
        #expect(JSONNumber(" 1") == nil)
        #expect(JSONNumber(Double.infinity) == nil)
        #expect(JSONNumber(UInt64.max).text == "18446744073709551615")
    }

    @Test func codable() throws {
        let text = #"{"a":[1,2.5,null,true,"x"],"big":12345678901234567890123}"#
        let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
        #expect(value.text == text)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == text)

        struct Airtable: Codable, Equatable {
            var apiKey: String
            var base: Int
        }
        let mine = Airtable(apiKey: "pat", base: 7)
        let encoded = try JSONValue(encoding: mine)
        #expect(encoded == ["apiKey": "pat", "base": 7])
        #expect(try encoded.decode(as: Airtable.self) == mine)
    }
}
