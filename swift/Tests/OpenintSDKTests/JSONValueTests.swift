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

    @Test func keysThatSwiftTakesForOneStayTwo() async throws {
        let text = #"{"e\u0301":1,"\u00e9":2}"#
        let value = try JSONValue(parsing: text)
        #expect(value.object?.count == 2)
        #expect(value["e\u{301}"]?.number?.int == 1 && value["\u{e9}"]?.number?.int == 2)
        let sandbox = try Sandbox()
        let response = try await sandbox.client().withResponse { try await $0.healthEcho(value) }
        #expect(response.value["input"] == value)
        #expect(response.value["input"]?.object?.count == 2)
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) }
    }

    @Test(arguments: [
        "1e200", "1e-200", "-1.5e-300", "1.7976931348623157e308", "5e-324", "0.1", "1.10",
        "12345678901234567890123", "0.00000000000000000000000000000000000001", "-0.0", "1e127",
        "1e128", "18446744073709551615", "99999999999999999999999999999999999999",
    ])
    func numbersComeBackThroughFoundation(_ text: String) throws {
        let number = JSONValue.number(try #require(JSONNumber(text)))
        let read = try JSONDecoder().decode(
            [JSONValue].self, from: try JSONEncoder().encode([number]))
        let found = try #require(read.first?.number)
        #expect(found.double == Double(text), "\(found)")
        if let decimal = number.number?.decimal, text.count > 20, !text.contains("e") {
            #expect(found.decimal == decimal)
        }
    }

    @Test(arguments: [
        "1e400", "-1e400", "1e-400", "1e99999999999999999999",
        "0.12345678901234567890123456789012345678901234567890",
    ])
    func aNumberThatFoundationCannotHoldIsAnError(_ text: String) throws {
        let number = JSONValue.number(try #require(JSONNumber(text)))
        #expect(number.text == text)
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([number]) }
    }

    @Test(arguments: [129, 1_000, 20_000])
    func jsonThatIsNestedTooDeepIsRefusedBeforeAByteIsSent(_ depth: Int) async throws {
        let sandbox = try Sandbox()
        let client = try sandbox.client()
        var deep: JSONValue = 1
        for _ in 0..<depth { deep = ["a": deep] }
        #expect(deep.text.utf8.count == depth * 6 + 1)
        let data = ConnectorData(connectorName: "dummy-oauth2", settings: ConnectorSettings(deep))
        let refused: [(String, OpenintError)] = [
            (
                "metadata",
                try await failure { [deep] in
                    try await client.upsertCustomer(id: "cus_1", metadata: deep)
                }
            ),
            (
                "data.settings",
                try await failure {
                    try await client.createConnection(
                        connectorConfigID: "ccfg_", customerID: "cus_1", data: data)
                }
            ),
            (
                "body",
                try await failure { [deep] in
                    try await client.request(.post, "/health", body: deep)
                }
            ),
            (
                "extra_body.x",
                try await failure { [deep] in
                    try await client.health(options: RequestOptions(extraBody: ["x": deep]))
                }
            ),
        ]
        for (expected, error) in refused {
            guard case .invalidInput(let field, _, _) = error else {
                throw TestFailure("\(expected): \(error)")
            }
            #expect(field == expected && error.attempts == 0)
        }
        let credentials = OAuth2Credentials(accessToken: "at", raw: deep)
        #expect("\(credentials)".contains("[redacted]"))
        #expect(throws: (any Error).self) {
            try ConnectorData.oauth2("github", credentials: credentials)
        }
        #expect(try sandbox.requests().isEmpty)
    }

    @Test func anAnswerThatIsNestedTooDeepIsADecodeError() async throws {
        let sandbox = try Sandbox()
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        try sandbox.script(["status": 200, "text": .string("{\"id\":\"conn_1\",\"x\":\(deep)}")])
        let error = try await failure { try await sandbox.client().createDummy() }
        guard case .decode = error else { throw TestFailure("\(error)") }
        #expect(error.mayHaveBeenApplied)
    }
}
