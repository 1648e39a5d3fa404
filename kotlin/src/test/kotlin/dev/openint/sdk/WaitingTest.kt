package dev.openint.sdk

import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import java.time.Duration
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val ALL_THREADS = 512

/** Calls that find no free thread. */
class WaitingTest {
    private val sandbox = Sandbox.shared

    private fun milliseconds(action: () -> Unit): Long {
        val started = System.nanoTime()
        action()
        return (System.nanoTime() - started) / 1_000_000
    }

    @Test
    fun `behind calls that hang, a call ends when it is cancelled and when its time is over`() {
        sandbox.reset()
        val stalled = """{"fault":{"kind":"stall"}}"""
        sandbox.script(*Array(ALL_THREADS) { stalled })
        Openint(sandbox.options(timeout = Duration.ofSeconds(60), maxRetries = 0)).use { client ->
            runBlocking {
                val hanging = List(ALL_THREADS) { launch { client.viewer() } }
                while (sandbox.requests().size < ALL_THREADS) delay(50)

                val short = client.withOptions(RequestOptions(timeout = Duration.ofMillis(400)))
                val timedOut = async { runCatching { short.viewer() }.exceptionOrNull() }
                val token = CancelToken()
                val cancelling = client.withOptions(RequestOptions(cancel = token))
                val cancelled = async { runCatching { cancelling.viewer() }.exceptionOrNull() }
                val left = launch { client.viewer() }
                delay(100)
                val took = milliseconds { runBlocking { left.cancelAndJoin() } }
                thread { token.cancel() }

                val ended = cancelled.await() as ApiCancelledException
                assertEquals(
                    listOf<Any>(0, false, false),
                    listOf(ended.attempts, ended.isRetryable, ended.mayHaveBeenApplied),
                )
                val late = timedOut.await() as ApiTimeoutException
                assertEquals(listOf<Any?>(0, CallPhase.QUEUED), listOf(late.attempts, late.phase))
                assertTrue(took < 1_000, "$took ms")
                assertEquals(ALL_THREADS, sandbox.requests().size)

                hanging.forEach { it.cancel() }
                hanging.forEach { it.join() }
                assertEquals(Role.Org, client.viewer().role)
            }
        }
    }

    @Test
    fun `a call that is cancelled before it begins made no attempt`() {
        sandbox.reset()
        OpenintBlocking(sandbox.options()).use { client ->
            val token = CancelToken().apply { cancel() }
            val options = RequestOptions(cancel = token)
            val error = assertFailsWith<ApiCancelledException> { client.viewer(options) }
            assertEquals(listOf<Any>(0, false), listOf(error.attempts, error.isRetryable))
            assertEquals(0, sandbox.requests().size)
        }
    }
}
