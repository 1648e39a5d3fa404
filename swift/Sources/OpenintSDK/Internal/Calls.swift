import Foundation

extension Openint {
    /// Carries out a call whose request a cancelled task ends.
    ///
    /// - Parameters:
    ///   - isWrite: true if it changes something, so that an answer that Swift cannot hold is said to
    ///     have been applied
    ///   - send: makes the call with the options that it is given
    func call<Value: Sendable>(
        _ options: RequestOptions,
        isWrite: Bool = false,
        _ send: @Sendable (NativeClient, CallOptions) async throws -> Value
    ) async throws -> Value {
        let options = options.over(defaults)
        return try await cancellable(isWrite: isWrite) { token in
            try await send(native, try options.native(cancel: token, answer: answer))
        }
    }

    /// Makes a sequence of all rows of a list.
    ///
    /// - Parameters:
    ///   - open: begins to read
    ///   - next: asks for the next page
    func list<Pages: Sendable, Row: APIModel>(
        _ options: RequestOptions,
        open: @escaping @Sendable (NativeClient) throws -> Pages,
        next: @escaping @Sendable (Pages, CallOptions) async throws -> [Row]?
    ) -> PagedSequence<Row> {
        let options = options.over(defaults)
        return PagedSequence { [native] in
            let pages = try open(native)
            return Reading {
                do {
                    return try await cancellable(isWrite: false) { token in
                        try await next(pages, try options.native(cancel: token, answer: nil))
                    }
                } catch OpenintError.invalidInput("limit", let expected, _) {
                    // Here it has the name of the argument.
                    throw OpenintError.invalidInput(field: "page_size", expected: expected)
                }
            }
        }
    }
}

/// Gives `body` a token that a cancelled task fires.
private func cancellable<Value: Sendable>(
    isWrite: Bool,
    _ body: @Sendable (NativeCancelToken) async throws -> Value
) async throws -> Value {
    let token = NativeCancelToken()
    do {
        return try await withTaskCancellationHandler {
            try await body(token)
        } onCancel: {
            // It fails with a defect alone, and there is nothing that a caller could do.
            try? token.cancel()
        }
    } catch let error as OpenintError {
        throw error
    } catch let error as JSONSyntaxError {
        let message = "the answer could not be read: expected \(error.expectation)"
        throw OpenintError.decode(path: "", outcome: .answered(message, isWrite: isWrite))
    } catch {
        let message = "the SDK failed within itself; please report it"
        throw OpenintError.internal(outcome: .answered(message, isWrite: isWrite))
    }
}

extension CallOutcome {
    fileprivate static func answered(_ message: String, isWrite: Bool) -> CallOutcome {
        CallOutcome(message: message, attempts: 1, mayHaveBeenApplied: isWrite, isRetryable: false)
    }
}

extension RequestOptions {
    fileprivate func native(
        cancel: NativeCancelToken, answer: NativeAnswer?
    ) throws -> CallOptions {
        CallOptions(
            timeoutMs: try milliseconds("timeout", timeout),
            connectTimeoutMs: try milliseconds("connect_timeout", connectTimeout),
            totalTimeoutMs: try milliseconds("total_timeout", totalTimeout),
            maxRetries: maxRetries.map(Int32.init(clamping:)),
            extraHeaders: pairs(extraHeaders),
            extraQuery: pairs(extraQuery),
            extraBody: try extraBody.map {
                JsonField(name: $0.key, value: try $0.value.checked("extra_body.\($0.key)"))
            },
            cancel: cancel,
            answer: answer)
    }
}

func pairs(_ fields: [String: String]) -> [NameValue] {
    fields.sorted { $0.key < $1.key }.map { NameValue(name: $0.key, value: $0.value) }
}

func pairs(_ items: [URLQueryItem]) -> [NameValue] {
    items.map { NameValue(name: $0.name, value: $0.value ?? "") }
}

/// Rounds up, so that what is more than nothing stays so; the core refuses what is too long.
func milliseconds(_ field: String, _ seconds: TimeInterval?) throws -> Int64? {
    guard let seconds else { return nil }
    guard !seconds.isNaN else {
        throw OpenintError.invalidInput(field: field, expected: "more than 0 s and at most a day")
    }
    let limit = 1e15
    return Int64(min(max((seconds * 1_000).rounded(.up), -limit), limit))
}
