package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiTimeoutException
import dev.openint.sdk.CallOutcome
import dev.openint.sdk.CallPhase
import dev.openint.sdk.CancelToken
import dev.openint.sdk.NativeCancelToken
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.ExperimentalCoroutinesApi
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.sync.Semaphore
import java.time.Duration
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.coroutines.CoroutineContext

/** Threads that wait for the network, beside those that coroutines compute on. */
private class Threads(
    max: Int,
) {
    @OptIn(ExperimentalCoroutinesApi::class)
    val dispatcher = Dispatchers.IO.limitedParallelism(max)
    val free = Semaphore(max)
}

private val THREADS = Threads(512)

/** For the calls of providers of API keys: all of [THREADS] may wait for such a key. */
private val PROVIDERS_THREADS = Threads(64)

/** Marks the coroutine of a provider of API keys. */
internal object ProvidesKey : CoroutineContext.Element, CoroutineContext.Key<ProvidesKey> {
    override val key: CoroutineContext.Key<ProvidesKey> get() = this
}

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
    val threads = if (currentCoroutineContext()[ProvidesKey] == null) THREADS else PROVIDERS_THREADS
    val waited = threads.free.acquire(cancel, timeout)
    val ending =
        try {
            Ending()
        } catch (error: Throwable) {
            threads.free.release()
            throw error
        }
    return suspendCancellableCoroutine { continuation ->
        continuation.invokeOnCancellation { ending.fire() }
        threads.dispatcher.dispatch(continuation.context) {
            val outcome =
                try {
                    runCatching { ending.use { cancel?.onCancel(ending::fire).use { call(ending.token, waited) } } }
                } finally {
                    threads.free.release()
                }
            continuation.resumeWith(outcome)
        }
    }
}

/** Ends one call from elsewhere, until it is over. Making a token takes time, so those that did not fire serve again. */
internal class Ending : AutoCloseable {
    val token: NativeCancelToken = UNUSED.poll() ?: guarded { NativeCancelToken() }
    private var isOver = false
    private var isFired = false

    @Synchronized
    fun fire() {
        if (isOver) return
        isFired = true
        token.cancel()
    }

    @Synchronized
    override fun close() {
        isOver = true
        if (isFired) token.close() else UNUSED.add(token)
    }

    private companion object {
        /** No more than calls at one time. */
        val UNUSED = ConcurrentLinkedQueue<NativeCancelToken>()
    }
}

/** Waits until a thread is free, which counts for the call's time. */
private suspend fun Semaphore.acquire(cancel: CancelToken?, timeout: Duration): Duration {
    if (tryAcquire()) return Duration.ZERO
    val started = System.nanoTime()
    while (true) {
        if (cancel?.isCancelled == true) throw ApiCancelledException("cancelled", 0, false)
        val waited = Duration.ofNanos(System.nanoTime() - started)
        if (waited >= timeout) {
            val message = "timed out after ${timeout.toMillis() / 1000.0} s while waiting for a thread"
            throw ApiTimeoutException(CallOutcome(message, 0, false, true), CallPhase.QUEUED)
        }
        delay(LOOK_AGAIN_MS)
        if (tryAcquire()) return waited
    }
}
