import Foundation
import OpenintSDK
import Testing

/// Replays `conformance/cases/*.json`: one argument a case, each on a sandbox of its own. The
/// format is in `conformance/README.md`.
@Suite("ConformanceTests", .serialized)
struct ConformanceTests {
    @Test(arguments: try Case.all())
    func replay(_ scenario: Case) async throws {
        try await scenario.run()
    }
}

struct Case: Sendable, Identifiable, CustomTestStringConvertible {
    let json: JSONValue

    var name: String { json["name"]?.string ?? "" }
    var id: String { name }
    var testDescription: String { name }

    static func all() throws -> [Case] {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().appendingPathComponent("../../../conformance/cases")
            .standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil)
        var cases: [Case] = []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
            let json = try JSONValue(parsing: String(contentsOf: file, encoding: .utf8))
            cases += (json["cases"]?.array ?? []).map(Case.init)
        }
        guard !cases.isEmpty else { throw TestFailure("no cases in \(folder.path)") }
        return cases
    }

    func run() async throws {
        try json.only([
            "name", "client", "options", "server", "call", "wire", "result", "error", "attempts",
            "items", "elapsed_ms", "questions", "rows",
        ])
        #expect((json["result"] == nil) != (json["error"] == nil))
        let sandbox = try Sandbox()
        try prepare(sandbox)

        let call = try ConformanceCall(json, sandbox)
        let started = Date()
        let outcome = try await call.make()
        let elapsed = Int(Date().timeIntervalSince(started) * 1_000)

        if let error = outcome.error {
            guard let expected = json["error"] else { throw TestFailure("failed: \(error)") }
            try check(error, expected)
        } else {
            guard let expected = json["result"] else {
                throw TestFailure("succeeded: \(outcome.value.text)")
            }
            try check(outcome, expected)
        }
        if let expected = json["attempts"]?.number?.int { #expect(outcome.attempts == expected) }
        if let items = json["items"]?.number?.int { #expect(outcome.value.array?.count == items) }
        try checkWire(sandbox, attempts: outcome.attempts)
        if let bounds = json["elapsed_ms"] {
            try bounds.only(["at_least", "at_most"])
            #expect(elapsed >= bounds["at_least"]?.number?.int ?? 0)
            #expect(elapsed <= bounds["at_most"]?.number?.int ?? 0)
        }
        if let questions = json["questions"]?.number?.int {
            #expect(await call.questions == questions)
        }
        if let rows = json["rows"]?.number?.int {
            let customer = json["call"]?["params"]?["customer_id"]?.string
            #expect(try sandbox.rows(of: customer) == rows)
        }
    }

    private func prepare(_ sandbox: Sandbox) throws {
        let server = json["server"] ?? [:]
        try server.only(["seed", "fill", "churn", "answers", "refuse_for_ms"])
        if let seed = server["seed"] { try sandbox.tell("seed", seed) }
        if let fill = server["fill"] { try sandbox.tell("fill", fill) }
        if let churn = server["churn"] { try sandbox.tell("churn", churn) }
        try sandbox.script(server["answers"]?.array ?? [])
        if let milliseconds = server["refuse_for_ms"]?.number?.int {
            try sandbox.refuse(milliseconds: milliseconds)
        }
    }

    private func checkWire(_ sandbox: Sandbox, attempts: Int?) throws {
        let kind = json["error"]?["kind"]?.string ?? ""
        let reached = !["connect", "tls", "cancelled", "timeout", "api_key"].contains(kind)
        let requests = try sandbox.requests()
        guard let wire = json["wire"]?.array else {
            let isAll = json["call"]?["all"]?.bool ?? false
            if reached, !isAll, json["server"]?["refuse_for_ms"] == nil {
                #expect(requests.count == attempts)
            }
            return
        }
        #expect(requests.count == wire.count)
        for (request, expected) in zip(requests, wire) {
            try expected.only([
                "method", "path", "query", "headers", "absent_headers", "body", "body_contains",
            ])
            #expect(request["method"] == expected["method"])
            try contained(expected["path"] ?? "", request["path"] ?? "", "path")
            #expect(request["query"] == expected["query"] ?? "")
            let headers = request["headers"]?.array ?? []
            let header = { (name: String) in
                headers.first { $0[0]?.string == name }?[1]?.string
            }
            for (name, value) in expected["headers"]?.object ?? [:] {
                #expect(header(name) == value.string, "\(name)")
            }
            for name in expected["absent_headers"]?.array ?? [] {
                #expect(header(name.string ?? "") == nil, "\(name)")
            }
            let body = request["body"]?.string ?? ""
            if let expected = expected["body"] {
                #expect(try JSONValue(parsing: body).normal == expected.normal)
            }
            for part in expected["body_contains"]?.texts ?? [] {
                #expect(body.contains(part))
            }
        }
    }
}

private func check(_ outcome: ConformanceCall.Outcome, _ expected: JSONValue) throws {
    try expected.only(["value", "keys", "contains", "status", "display_lacks"])
    if let value = expected["value"] {
        try contained(value, outcome.value, "result")
    }
    if let keys = expected["keys"]?.texts {
        #expect(outcome.value.object?.keys == keys.sorted())
    }
    for part in expected["contains"]?.texts ?? [] {
        #expect(outcome.value.text.contains(part))
    }
    if let status = expected["status"]?.number?.int {
        #expect(outcome.status == status)
    }
    for part in expected["display_lacks"]?.texts ?? [] {
        #expect(!outcome.printed.isEmpty)
        for printed in outcome.printed {
            #expect(!printed.contains(part), "the result shows \(part)")
        }
    }
}

private func check(_ error: OpenintError, _ expected: JSONValue) throws {
    try expected.only([
        "kind", "field", "status", "code", "message", "issues", "request_id", "retry_after_ms",
        "path", "phase", "retryable", "may_have_been_applied", "display_contains",
        "display_lacks",
    ])
    let seen = Seen(error)
    #expect(seen.kind == expected["kind"]?.string, "\(error)")
    if let field = expected["field"]?.string { #expect(seen.field == field) }
    if let path = expected["path"]?.string { #expect(seen.path == path) }
    if let phase = expected["phase"]?.string { #expect(seen.phase.map { "\($0)" } == phase) }
    if let status = expected["status"]?.number?.int {
        #expect(seen.api?.status == Int32(status))
    }
    if let code = expected["code"]?.string { #expect(seen.api?.code == code) }
    if let message = expected["message"]?.string { #expect(seen.api?.message == message) }
    if let issues = expected["issues"]?.array {
        let found = (seen.api?.issues ?? []).map { issue -> JSONValue in
            ["path": .string(issue.path), "message": .string(issue.message)]
        }
        #expect(found == issues)
    }
    if let id = expected["request_id"]?.string { #expect(seen.api?.requestID == id) }
    if let wait = expected["retry_after_ms"]?.number?.int {
        #expect(seen.api?.retryAfter == TimeInterval(wait) / 1_000)
    }
    if let retryable = expected["retryable"]?.bool { #expect(error.isRetryable == retryable) }
    if let applied = expected["may_have_been_applied"]?.bool {
        #expect(error.mayHaveBeenApplied == applied)
    }
    let display = error.localizedDescription
    #expect(!display.contains("\n"))
    for part in expected["display_contains"]?.texts ?? [] {
        #expect(display.contains(part))
    }
    for part in expected["display_lacks"]?.texts ?? [] {
        for printed in everyPrint(of: error) {
            #expect(!printed.contains(part), "the error shows \(part)")
        }
    }
}

private struct Seen {
    var kind = ""
    var field: String?
    var path: String?
    var phase: CallPhase?
    var api: APIError?

    init(_ error: OpenintError) {
        switch error {
        case .invalidInput(let field, _, _): (kind, self.field) = ("invalid_input", field)
        case .connect: kind = "connect"
        case .tls: kind = "tls"
        case .timeout(let phase, _): (kind, self.phase) = ("timeout", phase)
        case .interrupted(let phase, _): (kind, self.phase) = ("interrupted", phase)
        case .cancelled: kind = "cancelled"
        case .apiKey: kind = "api_key"
        case .api(let api, _): (kind, self.api) = ("api", api)
        case .decode(let path, _): (kind, self.path) = ("decode", path)
        case .incomplete: kind = "incomplete"
        case .responseTooLarge: kind = "response_too_large"
        case .closed: kind = "closed"
        case .internal: kind = "internal"
        }
    }
}

private func contained(_ expected: JSONValue, _ found: JSONValue, _ path: String) throws {
    switch (expected, found) {
    case (.string("$any"), let found) where !found.isNull:
        break
    case (.string(let text), .string(let found)) where text.hasPrefix("$prefix:"):
        let prefix = text.dropFirst("$prefix:".count)
        #expect(found.hasPrefix(prefix), "\(path)")
    case (.object(let fields), .object(let found)):
        for (key, value) in fields {
            let field = try #require(found[key], "\(path).\(key) is absent")
            try contained(value, field, "\(path).\(key)")
        }
    case (.array(let values), .array(let found)):
        try #require(found.count == values.count, "\(path)")
        for (index, (value, found)) in zip(values, found).enumerated() {
            try contained(value, found, "\(path)[\(index)]")
        }
    default:
        #expect(found.normal == expected.normal, "\(path)")
    }
}

extension JSONValue {
    /// With numbers by their value: here `1.10` is `1.1`.
    fileprivate var normal: JSONValue {
        switch self {
        case .number(let number):
            .number(number.double.flatMap { JSONNumber($0) } ?? number)
        case .array(let values): .array(values.map(\.normal))
        case .object(let fields):
            .object(JSONObject(fields.map { (key: $0.key, value: $0.value.normal) }))
        default: self
        }
    }
}
