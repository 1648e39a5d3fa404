package dev.openint.sdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.time.Duration
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertTrue

class ObserverTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    private fun options(observer: CallObserver) =
        OpenintOptions(apiKey = sandbox.apiKey, baseUrl = sandbox.baseUrl, observer = observer)

    private class Recorder : CallObserver {
        val seen = mutableListOf<String>()

        override fun beforeAttempt(attempt: Attempt): Map<String, String> {
            seen += "before ${attempt.operation} ${attempt.method} ${attempt.pathTemplate} ${attempt.number}"
            return mapOf("x-attempt" to "${attempt.number}")
        }

        override fun afterAttempt(
            attempt: Attempt,
            end: AttemptEnd,
        ) {
            assertTrue(end.duration > Duration.ZERO && end.duration < Duration.ofSeconds(10))
            seen += "after ${attempt.number} ${end.status} ${end.requestId} ${end.errorKind}"
        }

        override fun beforeWait(
            attempt: Attempt,
            wait: Duration,
        ) {
            assertTrue(wait > Duration.ZERO)
            seen += "wait ${attempt.number}"
        }
    }

    private val expected =
        listOf(
            "before viewer GET /viewer 1",
            "after 1 500 req_7 api",
            "wait 1",
            "before viewer GET /viewer 2",
            "after 2 503 null api",
            "wait 2",
            "before viewer GET /viewer 3",
            "after 3 200 null null",
        )

    private fun twice() = sandbox.script("""{"status":500,"headers":{"x-request-id":"req_7"}}""", """{"status":503}""")

    @Test
    fun `each attempt is seen and carries the header`() {
        val suspending = Recorder()
        twice()
        Openint(options(suspending)).use { client -> runBlocking { client.viewer() } }
        assertEquals(expected, suspending.seen)
        val sent = sandbox.requests().map { it.getValue("headers").toString() }
        assertEquals(3, sent.size)
        for ((at, headers) in sent.withIndex()) assertTrue("""["x-attempt","${at + 1}"]""" in headers, headers)

        val blocking = Recorder()
        twice()
        OpenintBlocking(options(blocking)).use { it.viewer() }
        assertEquals(suspending.seen, blocking.seen)
        assertFalse(sandbox.apiKey in "${blocking.seen}")
    }

    @Test
    fun `an observer that throws breaks no call`() {
        val fails =
            object : CallObserver {
                override fun beforeAttempt(attempt: Attempt): Map<String, String> = error("before")

                override fun afterAttempt(
                    attempt: Attempt,
                    end: AttemptEnd,
                ): Unit = throw AssertionError("after")

                override fun beforeWait(
                    attempt: Attempt,
                    wait: Duration,
                ): Unit = throw StackOverflowError()
            }
        twice()
        OpenintBlocking(options(fails)).use { assertEquals(Role.Org, it.viewer().role) }
    }

    @Test
    fun `an observer overrides what it needs`() {
        val statuses = mutableListOf<Int?>()
        val some =
            object : CallObserver {
                override fun afterAttempt(
                    attempt: Attempt,
                    end: AttemptEnd,
                ) {
                    statuses += end.status
                }
            }
        twice()
        OpenintBlocking(options(some)).use { it.viewer() }
        assertEquals(listOf<Int?>(500, 503, 200), statuses)
    }
}
