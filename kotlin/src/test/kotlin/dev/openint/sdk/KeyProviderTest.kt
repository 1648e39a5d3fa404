package dev.openint.sdk

import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.time.Duration
import java.util.function.Supplier
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val MORE_THAN_ALL_THREADS = 600

/** Providers of API keys; what the API says of their keys is in the conformance cases. */
class KeyProviderTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    private fun options(provider: Supplier<String>? = null) =
        OpenintOptions(baseUrl = sandbox.baseUrl, timeout = Duration.ofSeconds(20), apiKeyProvider = provider)

    @Test
    fun `a provider that makes calls finds a thread while all others wait for its key`() {
        Openint(sandbox.options()).use { backend ->
            val app =
                Openint(options()) {
                    delay(500)
                    backend.viewer()
                    sandbox.apiKey
                }
            app.use {
                val roles = runBlocking { List(MORE_THAN_ALL_THREADS) { async { app.viewer().role } }.awaitAll() }
                assertEquals(setOf<Role?>(Role.Org), roles.toSet())
            }
        }
    }

    @Test
    fun `an interrupt while a provider waits cancels the call and keeps the flag`() {
        val waits = Supplier<String> { throw InterruptedException() }
        OpenintBlocking(options(waits)).use { client ->
            val error = assertFailsWith<ApiCancelledException> { client.viewer() }
            assertEquals(0, error.attempts)
        }
        assertTrue(Thread.interrupted())
    }

    @Test
    fun `whatever a provider throws or returns is the error of the call`() {
        val reasons =
            mapOf<Supplier<String>, String>(
                Supplier<String> { throw IllegalStateException("signed out") } to "signed out",
                Supplier<String> { throw AssertionError("a defect of its own") } to "a defect of its own",
                Supplier<String> { throw StackOverflowError() } to "StackOverflowError",
                Supplier<String> { throw IllegalStateException("half \uD800") } to "half ?",
                Supplier<String> { "\uD800" } to "well-formed Unicode",
            )
        for ((provider, reason) in reasons) {
            OpenintBlocking(options(provider)).use { client ->
                val error = assertFailsWith<ApiKeyException> { client.viewer() }
                assertTrue(reason in error.message.orEmpty(), error.message)
            }
        }
        assertEquals(0, sandbox.requests().size)
    }
}
