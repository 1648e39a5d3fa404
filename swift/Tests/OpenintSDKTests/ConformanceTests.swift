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

struct Case: Sendable, CustomTestStringConvertible {
    let json: JSONValue

    var name: String { json["name"]?.string ?? "" }
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
            "elapsed_ms", "rows",
        ])
        #expect((json["result"] == nil) != (json["error"] == nil))
        let sandbox = try Sandbox()
        let server = json["server"] ?? [:]
        try server.only(["answers", "refuse_for_ms"])
        try sandbox.script(server["answers"]?.array ?? [])
        if let milliseconds = server["refuse_for_ms"]?.number?.int {
            try sandbox.refuse(milliseconds: milliseconds)
        }

        let call = try Call(json, sandbox)
        let started = Date()
        let outcome = await call.make()
        let elapsed = Int(Date().timeIntervalSince(started) * 1_000)

        let attempts: Int
        switch outcome {
        case .success(let response):
            attempts = response.attempts
            guard let expected = json["result"] else {
                throw TestFailure("succeeded: \(response.value.text)")
            }
            try check(response, expected)
        case .failure(let error):
            attempts = error.attempts
            guard let expected = json["error"] else { throw TestFailure("failed: \(error)") }
            try check(error, expected)
        }
        if let expected = json["attempts"]?.number?.int { #expect(attempts == expected) }
        try checkWire(sandbox, attempts: attempts)
        if let bounds = json["elapsed_ms"] {
            try bounds.only(["at_least", "at_most"])
            #expect(elapsed >= bounds["at_least"]?.number?.int ?? 0)
            #expect(elapsed <= bounds["at_most"]?.number?.int ?? 0)
        }
        if let rows = json["rows"]?.number?.int {
            let customer = json["call"]?["params"]?["customer_id"]?.string ?? ""
            #expect(try sandbox.rows(of: customer) == rows)
        }
    }

    private func checkWire(_ sandbox: Sandbox, attempts: Int) throws {
        let kind = json["error"]?["kind"]?.string ?? ""
        let reached = !["connect", "tls", "cancelled", "timeout"].contains(kind)
        let requests = try sandbox.requests()
        guard let wire = json["wire"]?.array else {
            if reached, json["server"]?["refuse_for_ms"] == nil {
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
            #expect(request["path"] == expected["path"])
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

private struct Call {
    private let client: Result<Openint, OpenintError>
    private let options: RequestOptions
    private let cancelAfter: Int?
    private let call: JSONValue

    init(_ scenario: JSONValue, _ sandbox: Sandbox) throws {
        client = try Self.client(scenario["client"] ?? [:], sandbox)
        let options = scenario["options"] ?? [:]
        try options.only([
            "timeout_ms", "connect_timeout_ms", "max_retries", "extra_headers", "extra_query",
            "extra_body", "cancel_after_ms",
        ])
        self.options = RequestOptions(
            timeout: options.seconds("timeout_ms"),
            connectTimeout: options.seconds("connect_timeout_ms"),
            maxRetries: options["max_retries"]?.number?.int,
            extraHeaders: options.fields("extra_headers"),
            extraQuery: options.fields("extra_query").sorted { $0.key < $1.key }
                .map { URLQueryItem(name: $0.key, value: $0.value) },
            extraBody: options["extra_body"]?.object ?? [:])
        cancelAfter = options["cancel_after_ms"]?.number?.int
        call = scenario["call"] ?? [:]
        try call.only(["method", "params"])
    }

    private static func client(
        _ json: JSONValue, _ sandbox: Sandbox
    ) throws -> Result<Openint, OpenintError> {
        try json.only([
            "api_key", "base_url", "timeout_ms", "connect_timeout_ms", "max_retries",
            "default_headers", "user_agent", "proxy", "ca_bundle", "max_response_bytes",
            "allow_plain_http",
        ])
        var baseURL = json["base_url"]?.string ?? sandbox.baseURL
        let tls = sandbox.origin.replacingOccurrences(of: "http://", with: "https://")
        let closed = "http://127.0.0.1:\(try Socket.closedPort())"
        for (name, origin) in [("$origin", sandbox.origin), ("$tls", tls), ("$closed", closed)] {
            baseURL = baseURL.replacingOccurrences(of: name, with: origin)
        }
        do {
            return .success(
                try Openint(
                    apiKey: json["api_key"]?.string ?? sandbox.apiKey,
                    baseURL: baseURL,
                    timeout: json.seconds("timeout_ms"),
                    connectTimeout: json.seconds("connect_timeout_ms"),
                    maxRetries: json["max_retries"]?.number?.int,
                    defaultHeaders: json.fields("default_headers"),
                    userAgent: json["user_agent"]?.string,
                    proxy: json["proxy"]?.string,
                    caBundle: json["ca_bundle"]?.string,
                    maxResponseBytes: json["max_response_bytes"]?.number?.int,
                    allowPlainHTTP: json["allow_plain_http"]?.bool ?? false))
        } catch let error as OpenintError {
            return .failure(error)
        }
    }

    func make() async -> Result<APIResponse<JSONValue>, OpenintError> {
        guard case .success(let client) = client else {
            return client.map { _ in fatalError("a failure has no value") }
        }
        let (call, options) = (call, options)
        guard let cancelAfter else { return await Self.send(call, client, options) }
        let task = Task {
            if cancelAfter == 0 {
                // The call begins when the task is cancelled already.
                while !Task.isCancelled { await Task.yield() }
            }
            return await Self.send(call, client, options)
        }
        if cancelAfter > 0 { try? await Task.sleep(nanoseconds: UInt64(cancelAfter) * 1_000_000) }
        task.cancel()
        return await task.value
    }

    private static func send(
        _ call: JSONValue, _ client: Openint, _ options: RequestOptions
    ) async -> Result<APIResponse<JSONValue>, OpenintError> {
        let params = call["params"] ?? [:]
        do {
            switch call["method"]?.string {
            case "create_connection":
                try params.only([
                    "connector_config_id", "customer_id", "data", "metadata", "check_connection",
                ])
                let response = try await client.createConnectionResponse(
                    connectorConfigID: params["connector_config_id"]?.string ?? "",
                    customerID: params["customer_id"]?.string ?? "",
                    data: ConnectorData(
                        connectorName: params["data"]?["connector_name"]?.string ?? "",
                        settings: params["data"]?["settings"] ?? .null),
                    metadata: params["metadata"],
                    checkConnection: params["check_connection"]?.bool,
                    options: options)
                return .success(response.map(\.json))
            case "request":
                try params.only([
                    "method", "path", "path_params", "query", "body", "repeat_safe",
                ])
                guard let method = HTTPMethod(rawValue: params["method"]?.string ?? "") else {
                    throw TestFailure("no method \(params)")
                }
                return .success(
                    try await client.request(
                        method, params["path"]?.string ?? "",
                        pathParameters: params.fields("path_params"),
                        query: (params["query"]?.array ?? []).map {
                            URLQueryItem(name: $0[0]?.string ?? "", value: $0[1]?.string)
                        },
                        body: params["body"],
                        repeatSafe: params["repeat_safe"]?.bool,
                        options: options))
            default:
                throw TestFailure("no call \(call)")
            }
        } catch let error as OpenintError {
            return .failure(error)
        } catch {
            Issue.record(error)
            return .failure(.closed)
        }
    }
}

private func check(_ response: APIResponse<JSONValue>, _ expected: JSONValue) throws {
    try expected.only(["value", "keys", "contains", "status"])
    if let value = expected["value"] {
        try contained(value, response.value, "result")
    }
    if let keys = expected["keys"]?.texts {
        #expect(response.value.object?.keys.sorted() == keys.sorted())
    }
    for part in expected["contains"]?.texts ?? [] {
        #expect(response.value.text.contains(part))
    }
    if let status = expected["status"]?.number?.int {
        #expect(response.status == status)
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
    if let phase = expected["phase"]?.string { #expect(seen.phase?.rawValue == phase) }
    if let status = expected["status"]?.number?.int { #expect(seen.api?.status == status) }
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
        case .invalidInput(let field, _): (kind, self.field) = ("invalid_input", field)
        case .connect: kind = "connect"
        case .tls: kind = "tls"
        case .timeout(let phase, _): (kind, self.phase) = ("timeout", phase)
        case .interrupted(let phase, _): (kind, self.phase) = ("interrupted", phase)
        case .cancelled: kind = "cancelled"
        case .api(let api): (kind, self.api) = ("api", api)
        case .decode(let path, _): (kind, self.path) = ("decode", path)
        case .responseTooLarge: kind = "response_too_large"
        case .closed: kind = "closed"
        case .defect: kind = "internal"
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
    default:
        #expect(found.normal == expected.normal, "\(path)")
    }
}

extension JSONValue {
    /// A runner refuses what it does not know.
    fileprivate func only(_ names: Set<String>) throws {
        let unknown = Set((object ?? [:]).keys).subtracting(names)
        guard unknown.isEmpty else { throw TestFailure("unknown fields: \(unknown)") }
    }

    fileprivate func seconds(_ name: String) -> TimeInterval? {
        self[name]?.number?.double.map { $0 / 1_000 }
    }

    fileprivate func fields(_ name: String) -> [String: String] {
        (self[name]?.object ?? [:]).compactMapValues(\.string)
    }

    fileprivate var texts: [String] {
        (array ?? []).compactMap(\.string)
    }

    /// With numbers by their value: here `1.10` is `1.1`.
    fileprivate var normal: JSONValue {
        switch self {
        case .number(let number):
            .number(number.double.flatMap { JSONNumber($0) } ?? number)
        case .array(let values): .array(values.map(\.normal))
        case .object(let fields): .object(fields.mapValues(\.normal))
        default: self
        }
    }
}
