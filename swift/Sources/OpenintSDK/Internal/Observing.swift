import Foundation

/// An observer as the native library calls it.
final class Observing: AttemptObserver {
    private let observer: any CallObserver

    init(_ observer: any CallObserver) { self.observer = observer }

    func beforeAttempt(attempt: Attempt) -> [NameValue] {
        pairs(observer.beforeAttempt(attempt))
    }

    func afterAttempt(attempt: Attempt, end: AttemptEnd) {
        observer.afterAttempt(attempt, end)
    }

    func beforeWait(attempt: Attempt, wait: TimeInterval) {
        observer.beforeWait(attempt, wait)
    }
}
