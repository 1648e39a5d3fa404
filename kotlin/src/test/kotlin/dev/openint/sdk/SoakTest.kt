package dev.openint.sdk

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.time.Duration
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail

private const val CALLS = 160
private const val AT_ONCE = 16
private const val SHARE = 0.1

/** A call with a key that still fails after this many times has found a defect, not bad luck. */
private const val MAX_TIMES = 50

/** A tenth of all exchanges goes wrong, and no row is lost or doubled. */
class SoakTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    @Test
    fun `with keys every call ends as one row`() = runBlocking {
        sandbox.injectFaults(seed = 1, share = SHARE)
        val ids = inAllCalls { client, call -> client.createUntilItSucceeds(call) }
        assertEquals(ids.map { listOf(it) }, rows())
    }

    @Test
    fun `without keys every row is a success or was announced`() = runBlocking {
        sandbox.injectFaults(seed = 2, share = SHARE)
        val ends = inAllCalls { client, call -> client.createOnce(call) }
        for ((call, made) in rows().withIndex()) {
            when (val end = ends[call]) {
                is End.Success -> assertEquals(listOf(end.id), made, "call $call")
                is End.Failure -> assertTrue(made.size <= if (end.announced) 1 else 0, "call $call: $made")
            }
        }
        assertTrue(ends.any { it is End.Failure && it.announced }, "nothing was announced")
    }

    private sealed interface End {
        class Success(val id: String) : End

        class Failure(val announced: Boolean) : End
    }

    /** Makes every call with one client, and gives what each ended with. */
    private suspend fun <T> inAllCalls(make: suspend (Openint, Int) -> T): List<T> =
        Openint(sandbox.options(timeout = Duration.ofSeconds(1))).use { client ->
            val room = Semaphore(AT_ONCE)
            coroutineScope {
                List(CALLS) { call -> async(Dispatchers.Default) { room.withPermit { make(client, call) } } }.awaitAll()
            }
        }

    private suspend fun Openint.createUntilItSucceeds(call: Int): String {
        repeat(MAX_TIMES) {
            try {
                return create(call, idempotencyKey = "call-$call")
            } catch (_: ApiException) {
                // Made again.
            }
        }
        fail("call $call never succeeded")
    }

    private suspend fun Openint.createOnce(call: Int): End =
        try {
            End.Success(create(call))
        } catch (error: ApiException) {
            End.Failure(error.mayHaveBeenApplied)
        }

    /** One call, which marks its row; four calls are for one customer. */
    private suspend fun Openint.create(call: Int, idempotencyKey: String? = null): String =
        createConnection(
            "ccfg_",
            "cus_${call / 4}",
            DUMMY,
            metadata = buildJsonObject { put("call", call) },
            idempotencyKey = idempotencyKey,
        ).id

    /** The ids of the rows that each call has made. */
    private suspend fun rows(): List<List<String>> {
        assertTrue(sandbox.injected() > 0, "no fault injected")
        sandbox.injectFaults(seed = 1, share = 0.0)
        val rows = List(CALLS) { mutableListOf<String>() }
        Openint(sandbox.options()).use { client ->
            client.connections().collect { rows[(it.metadata as JsonObject).string("call").toInt()] += it.id }
        }
        assertEquals(sandbox.rows(), rows.sumOf { it.size })
        return rows
    }
}
