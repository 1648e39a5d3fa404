import Foundation
import OpenintSDK

/// The call of a conformance case.
struct ConformanceCall: Sendable {
    private let client: Result<Openint, OpenintError>
    private let keys: Keys
    private let options: RequestOptions
    private let cancelAfter: Int?
    private let method: String
    private let isAll: Bool
    private let parameters: ConformanceParameters

    init(_ scenario: JSONValue, _ sandbox: Sandbox) throws {
        keys = Keys(scenario["client"]?["api_key_provider"]?.array ?? [], sandbox)
        client = try Self.client(scenario["client"] ?? [:], keys, sandbox)
        let options = scenario["options"] ?? [:]
        try options.only([
            "timeout_ms", "connect_timeout_ms", "total_timeout_ms", "max_retries",
            "extra_headers", "extra_query", "extra_body", "cancel_after_ms",
        ])
        self.options = RequestOptions(
            timeout: options.seconds("timeout_ms"),
            connectTimeout: options.seconds("connect_timeout_ms"),
            totalTimeout: options.seconds("total_timeout_ms"),
            maxRetries: options["max_retries"]?.number?.int,
            extraHeaders: options.fields("extra_headers"),
            extraQuery: options.fields("extra_query").sorted { $0.key < $1.key }
                .map { URLQueryItem(name: $0.key, value: $0.value) },
            extraBody: options["extra_body"]?.object ?? [:])
        cancelAfter = options["cancel_after_ms"]?.number?.int
        let call = scenario["call"] ?? [:]
        try call.only(["method", "params", "all"])
        method = call["method"]?.string ?? ""
        isAll = call["all"]?.bool ?? false
        parameters = ConformanceParameters(json: call["params"] ?? [:])
    }

    private static func client(
        _ json: JSONValue, _ keys: Keys, _ sandbox: Sandbox
    ) throws -> Result<Openint, OpenintError> {
        try json.only([
            "api_key", "api_key_provider", "base_url", "timeout_ms", "connect_timeout_ms",
            "total_timeout_ms", "max_retries", "default_headers", "user_agent", "proxy",
            "ca_bundle", "max_response_bytes",
            "allow_plain_http",
        ])
        var baseURL = json["base_url"]?.string ?? sandbox.baseURL
        let tls = sandbox.origin.replacingOccurrences(of: "http://", with: "https://")
        let closed = "http://127.0.0.1:\(try Socket.closedPort())"
        for (name, origin) in [("$origin", sandbox.origin), ("$tls", tls), ("$closed", closed)] {
            baseURL = baseURL.replacingOccurrences(of: name, with: origin)
        }
        let isProvided = json["api_key_provider"] != nil
        let provider: @Sendable () async throws -> Secret = { try await keys.next() }
        do {
            return .success(
                try Openint(
                    apiKey: json["api_key"]?.string ?? (isProvided ? nil : sandbox.apiKey),
                    apiKeyProvider: isProvided ? provider : nil,
                    baseURL: baseURL,
                    timeout: json.seconds("timeout_ms"),
                    connectTimeout: json.seconds("connect_timeout_ms"),
                    totalTimeout: json.seconds("total_timeout_ms"),
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

    /// End of a call.
    struct Outcome: Sendable {
        /// The value; of a list that was read whole its rows, also those before an error.
        var value: JSONValue = .null
        /// Every print of the value and of the raw answer.
        var printed: [String] = []
        var error: OpenintError?
        /// From the raw answer, which a list that was read whole does not have.
        var status: Int?
        var attempts: Int?
    }

    /// The number of times that the provider of API keys was asked.
    var questions: Int { get async { await keys.questions } }

    /// Makes the call, and cancels it where the case says so.
    func make() async throws -> Outcome {
        let client: Openint
        switch self.client {
        case .success(let made): client = made
        case .failure(let error): return Outcome(error: error, attempts: error.attempts)
        }
        guard let cancelAfter else { return try await send(client) }
        let task = Task {
            if cancelAfter == 0 {
                // The call begins when the task is cancelled already.
                while !Task.isCancelled { await Task.yield() }
            }
            return try await send(client)
        }
        if cancelAfter > 0 { try? await Task.sleep(nanoseconds: UInt64(cancelAfter) * 1_000_000) }
        task.cancel()
        return try await task.value
    }

    private func send(_ client: Openint) async throws -> Outcome {
        if isAll {
            guard let list = conformanceLists[method] else {
                throw TestFailure("no list \(method)")
            }
            return try await list(client, parameters, options)
        }
        guard let operation = conformanceOperations[method] else {
            throw TestFailure("no operation \(method)")
        }
        do {
            let response = try await client.withResponse {
                try await operation($0, parameters, options)
            }
            return Outcome(
                value: response.value.json,
                printed: everyPrint(of: response.value.value) + everyPrint(of: response),
                status: response.status, attempts: response.attempts)
        } catch let error as OpenintError {
            return Outcome(error: error, attempts: error.attempts)
        }
    }
}

/// Gives each key of a case in turn, and the last one again.
actor Keys {
    private let answers: [JSONValue]
    private let apiKey: String
    private(set) var questions = 0

    init(_ answers: [JSONValue], _ sandbox: Sandbox) {
        self.answers = answers
        apiKey = sandbox.apiKey
    }

    func next() throws -> Secret {
        let answer = answers[min(questions, answers.count - 1)]
        questions += 1
        if let failure = answer["failure"]?.string { throw TestFailure(failure) }
        let key = answer.string ?? ""
        return Secret(key.replacingOccurrences(of: "$key", with: apiKey))
    }
}

/// The parameters of a call. A case that gives one that the method does not take fails.
struct ConformanceParameters: Sendable {
    let json: JSONValue

    func only(_ names: String...) throws -> Self {
        try json.only(Set(names))
        return self
    }

    /// A required text; one that is missing is empty.
    func text(_ name: String) -> String { json[name]?.string ?? "" }
    func optional(_ name: String) -> String? { json[name]?.string }
    func texts(_ name: String) -> [String]? { json[name]?.texts }
    func words<Word>(_ name: String, _ word: (String) -> Word) -> [Word]? {
        texts(name)?.map(word)
    }
    func word<Word>(_ name: String, _ word: (String) -> Word) -> Word? {
        optional(name).map(word)
    }
    func flag(_ name: String) -> Bool? { json[name]?.bool }
    func number(_ name: String) -> Int? { json[name]?.number?.int }
    func settings(_ name: String) -> ConnectorSettings? {
        json[name].map { ConnectorSettings($0) }
    }
}

extension JSONValue {
    /// A runner refuses what it does not know.
    func only(_ names: Set<String>) throws {
        let unknown = Set(object?.keys ?? []).subtracting(names)
        guard unknown.isEmpty else { throw TestFailure("unknown fields: \(unknown)") }
    }

    fileprivate func seconds(_ name: String) -> TimeInterval? {
        self[name]?.number?.double.map { $0 / 1_000 }
    }

    func fields(_ name: String) -> [String: String] {
        let texts = (self[name]?.object ?? [:]).compactMap { key, value in
            value.string.map { (key, $0) }
        }
        return Dictionary(uniqueKeysWithValues: texts)
    }

    var texts: [String] {
        (array ?? []).compactMap(\.string)
    }
}
