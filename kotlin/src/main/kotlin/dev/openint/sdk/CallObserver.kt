package dev.openint.sdk

import java.time.Duration

/**
 * Watches every attempt of a client's calls, for traces, metrics and logs of your own.
 *
 * The methods run on the thread of the call, so they should be quick. What they throw is logged to
 * `dev.openint.sdk` by `java.util.logging` and breaks no call. An observer never sees a body, a key, a
 * query or an id in a path.
 *
 * ```
 * val lines = object : CallObserver {
 *     override fun afterAttempt(attempt: Attempt, end: AttemptEnd) {
 *         println("${attempt.operation} #${attempt.number}: ${end.status} in ${end.duration.toMillis()} ms")
 *     }
 * }
 * return OpenintOptions(observer = lines)
 * ```
 */
public interface CallObserver {
    /**
     * Is called before an attempt is sent.
     *
     * @return headers to add, such as `traceparent`; one that cannot be sent, or that the call has
     *   already, is left out
     */
    public fun beforeAttempt(attempt: Attempt): Map<String, String> = emptyMap()

    /** Is called after an attempt, on the thread that [beforeAttempt] ran on. */
    public fun afterAttempt(
        attempt: Attempt,
        end: AttemptEnd,
    ) {}

    /** Is called before the wait that follows an attempt which is to be repeated. */
    public fun beforeWait(
        attempt: Attempt,
        wait: Duration,
    ) {}
}
