import Foundation

/// The way into the native library: cancellation and errors of Swift's own on this side of it.
final class Bridge: Sendable {
    private let native: NativeClient

    init(_ options: ClientOptions) throws {
        do {
            native = try NativeClient(options: options)
        } catch {
            throw OpenintError(native: error, isWrite: false)
        }
    }

    func call(
        _ operation: Operation, _ parameters: Parameters, _ options: CallOptions
    ) async throws -> NativeResponse {
        try await guarded(isWrite: operation.isWrite) { [native] token in
            try await native.call(
                request: .operation(name: operation.rawValue, params: parameters.json.text),
                options: options, cancel: token)
        }
    }

    func pages(
        _ operation: Operation, _ parameters: Parameters, _ options: CallOptions
    ) throws -> Pages {
        do {
            return Pages(
                try native.pages(
                    operation: operation.rawValue, params: parameters.json.text, options: options))
        } catch {
            throw OpenintError(native: error, isWrite: false)
        }
    }

    func send(
        _ route: RouteRequest, _ options: CallOptions
    ) async throws -> NativeResponse {
        try await guarded(isWrite: route.method != HTTPMethod.get.rawValue) { [native] token in
            try await native.call(request: .route(route), options: options, cancel: token)
        }
    }

    func close() {
        // What it can fail with is a defect, and there is nothing that a caller could do.
        try? native.shutDown()
    }
}

/// The pages of a list.
struct Pages: Sendable {
    private let native: NativePages

    fileprivate init(_ native: NativePages) {
        self.native = native
    }

    /// The rows of the next page that did not come before; `nil` at the end.
    func next() async throws -> [JSONValue]? {
        let text = try await guarded(isWrite: false) { [native] token in
            try await native.nextPage(cancel: token)
        }
        guard let text else { return nil }
        return try readable(attempts: 1, mayHaveBeenApplied: false) {
            try JSONValue(parsing: text).array
        }
    }
}

private func guarded<Value: Sendable>(
    isWrite: Bool,
    _ body: @Sendable (NativeCancelToken) async throws -> Value
) async throws -> Value {
    let token = NativeCancelToken()
    do {
        return try await withTaskCancellationHandler {
            try await body(token)
        } onCancel: {
            try? token.cancel()
        }
    } catch {
        throw OpenintError(native: error, isWrite: isWrite)
    }
}

/// The library has checked the answer; what Swift cannot hold of it is an error all the same.
func readable<Value>(
    attempts: Int, mayHaveBeenApplied: Bool, _ read: () throws -> Value
) throws -> Value {
    do {
        return try read()
    } catch {
        let failure = CallFailure(
            message: "the answer could not be read: \(error)", attempts: attempts,
            mayHaveBeenApplied: mayHaveBeenApplied)
        throw OpenintError.decode(path: "", failure)
    }
}

extension OpenintError {
    /// The generated errors stay inside: their descriptions spell out every field.
    init(native error: any Error, isWrite: Bool) {
        guard case .Failed(let native)? = error as? NativeError else {
            let message = "the SDK failed within itself; please report it"
            self = .defect(CallFailure(message: message, mayHaveBeenApplied: isWrite))
            return
        }
        let failure = CallFailure(
            message: native.text,
            attempts: Int(native.attempts),
            mayHaveBeenApplied: native.mayHaveBeenApplied,
            isRetryable: native.retryable)
        let phase = native.phase.flatMap(CallPhase.init(rawValue:)) ?? .other
        self =
            switch native.kind {
            case "invalid_input":
                .invalidInput(field: native.field ?? "", expected: native.expected ?? "")
            case "connect": .connect(failure)
            case "tls": .tls(failure)
            case "timeout": .timeout(phase: phase, failure)
            case "interrupted": .interrupted(phase: phase, failure)
            case "cancelled": .cancelled(failure)
            case "api": .api(APIError(native, failure))
            case "decode": .decode(path: native.path ?? "", failure)
            case "response_too_large": .responseTooLarge(failure)
            case "closed": .closed
            default: .defect(failure)
            }
    }
}

extension APIError {
    fileprivate init(_ native: NativeFailure, _ failure: CallFailure) {
        self.init(
            status: Int(native.status ?? 0),
            code: native.code,
            message: native.serverMessage,
            issues: native.issues.map { Issue(path: $0.path, message: $0.text) },
            requestID: native.requestId,
            retryAfter: native.retryAfterMs.map { TimeInterval($0) / 1_000 },
            body: native.body ?? "",
            failure: failure)
    }
}

extension NativeResponse {
    func response<Value>(
        isWrite: Bool,
        _ decode: (JSONValue) throws -> Value
    ) throws -> APIResponse<Value> {
        let value = try readable(attempts: Int(attempts), mayHaveBeenApplied: isWrite) {
            try decode(try JSONValue(parsing: json))
        }
        return APIResponse(
            value: value,
            status: Int(status),
            attempts: Int(attempts),
            headers: headers.map { ($0.name, $0.value) },
            body: json)
    }
}

extension RequestOptions {
    func native() throws -> CallOptions {
        CallOptions(
            timeoutMs: try milliseconds("timeout", timeout),
            connectTimeoutMs: try milliseconds("connect_timeout", connectTimeout),
            maxRetries: maxRetries.map(Int32.init(clamping:)),
            extraHeaders: pairs(extraHeaders),
            extraQuery: pairs(extraQuery),
            extraBody: pairs(extraBody.mapValues(\.text)))
    }
}

func pairs(_ fields: [String: String]) -> [NameValue] {
    fields.sorted { $0.key < $1.key }.map { NameValue(name: $0.key, value: $0.value) }
}

func pairs(_ items: [URLQueryItem]) -> [NameValue] {
    items.map { NameValue(name: $0.name, value: $0.value ?? "") }
}

/// Rounded up, so that what is more than nothing stays so; the library refuses what is too long.
func milliseconds(_ field: String, _ seconds: TimeInterval?) throws -> Int64? {
    guard let seconds else { return nil }
    guard !seconds.isNaN else {
        throw OpenintError.invalidInput(field: field, expected: "more than 0 s and at most a day")
    }
    let most = 1e15
    return Int64(min(max((seconds * 1_000).rounded(.up), -most), most))
}
