package dev.openint.sdk.internal

import dev.openint.sdk.Attempt
import dev.openint.sdk.AttemptEnd
import dev.openint.sdk.AttemptObserver
import dev.openint.sdk.CallObserver
import dev.openint.sdk.NameValue
import java.time.Duration
import java.util.logging.Level
import java.util.logging.Logger

/** An observer as the native library calls it: what is thrown into that is a defect there. */
internal class Observing(
    private val observer: CallObserver,
) : AttemptObserver {
    override fun beforeAttempt(attempt: Attempt): List<NameValue> =
        guarded(emptyList()) { observer.beforeAttempt(attempt).toNative("header of an observer") }

    override fun afterAttempt(
        attempt: Attempt,
        end: AttemptEnd,
    ) = guarded(Unit) { observer.afterAttempt(attempt, end) }

    override fun beforeWait(
        attempt: Attempt,
        wait: Duration,
    ) = guarded(Unit) { observer.beforeWait(attempt, wait) }

    private inline fun <T> guarded(
        otherwise: T,
        call: () -> T,
    ): T =
        try {
            call()
        } catch (error: Throwable) {
            if (error is InterruptedException) Thread.currentThread().interrupt()
            Logger.getLogger("dev.openint.sdk").log(Level.WARNING, "an observer failed; the call goes on", error)
            otherwise
        }
}
