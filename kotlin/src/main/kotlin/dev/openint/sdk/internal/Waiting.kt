package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiTimeoutException
import dev.openint.sdk.CallOutcome
import dev.openint.sdk.CallPhase
import dev.openint.sdk.CancelToken
import dev.openint.sdk.NativeCancelToken
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.delay
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.sync.Semaphore
import java.time.Duration

private const val MAX_WAITING = 512

/** Threads that wait for the network, beside those that coroutines compute on. */
@OptIn(ExperimentalCoroutinesApi::class)
private val THREADS = Dispatchers.IO.limitedParallelism(MAX_WAITING)

private val FREE_THREADS = Semaphore(MAX_WAITING)

private const val LOOK_AGAIN_MS = 10L

/**
 * Waits for a blocking [call] on another thread, which is given its token and the time that it waited for the thread.
 * A cancelled coroutine goes on at once, and the call ends by its token.
 *
 * The native library could do it with futures of its own, but those come back over a callback from a thread that the
 * JVM does not know, which takes as long as the call itself.
 */
internal suspend fun <T> suspending(
    cancel: CancelToken?,
    timeout: Duration,
    call: (NativeCancelToken, Duration) -> T,
): T {
    val waited = waitForThread(cancel, timeout)
    return suspendCancellableCoroutine { continuation ->
        val token =
            try {
                guarded { NativeCancelToken() }
            } catch (error: Throwable) {
                FREE_THREADS.release()
                throw error
            }
        continuation.invokeOnCancellation { token.fire() }
        THREADS.dispatch(continuation.context) {
            val outcome =
                try {
                    runCatching { withToken(token, cancel) { call(it, waited) } }
                } finally {
                    FREE_THREADS.release()
                }
            continuation.resumeWith(outcome)
        }
    }
}

/** Runs a call with a token that [cancel] fires too, and frees it. */
internal inline fun <T> withToken(
    token: NativeCancelToken,
    cancel: CancelToken?,
    call: (NativeCancelToken) -> T,
): T =
    try {
        cancel?.onCancel { token.fire() }.use { call(token) }
    } finally {
        token.close()
    }

/** Fires a token, unless its call is over. */
internal fun NativeCancelToken.fire() {
    try {
        cancel()
    } catch (_: IllegalStateException) {
        // It was freed with its call.
    }
}

/** Waits until a thread is free, which counts for the call's time. */
private suspend fun waitForThread(cancel: CancelToken?, timeout: Duration): Duration {
    if (FREE_THREADS.tryAcquire()) return Duration.ZERO
    val started = System.nanoTime()
    while (true) {
        if (cancel?.isCancelled == true) throw ApiCancelledException("cancelled", 0, false)
        val waited = Duration.ofNanos(System.nanoTime() - started)
        if (waited >= timeout) {
            val message = "timed out after ${timeout.toMillis() / 1000.0} s while waiting for a thread"
            throw ApiTimeoutException(CallOutcome(message, 0, false, true), CallPhase.QUEUED)
        }
        delay(LOOK_AGAIN_MS)
        if (FREE_THREADS.tryAcquire()) return waited
    }
}
