import Foundation

/// Asks a provider of API keys, which may wait, on a thread of the native library, which may block.
final class KeyProvider: ApiKeyProvider {
    private let provide: @Sendable () async throws -> Secret

    init(_ provide: @escaping @Sendable () async throws -> Secret) {
        self.provide = provide
    }

    func apiKey() -> ApiKeyAnswer {
        let mailbox = Mailbox()
        Task { [provide] in
            do {
                mailbox.put(.key(key: try await provide()))
            } catch {
                // An error that is not localized has a `localizedDescription` that says nothing.
                let reason = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
                mailbox.put(.failed(reason: reason))
            }
        }
        return mailbox.wait()
    }

    private final class Mailbox: @unchecked Sendable {
        private let isFull = DispatchSemaphore(value: 0)
        // Written before the semaphore is signalled, and read after.
        private var answer = ApiKeyAnswer.failed(reason: "the provider gave no answer")

        func put(_ answer: ApiKeyAnswer) {
            self.answer = answer
            isFull.signal()
        }

        func wait() -> ApiKeyAnswer {
            isFull.wait()
            return answer
        }
    }
}
