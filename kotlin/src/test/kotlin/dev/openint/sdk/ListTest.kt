package dev.openint.sdk

import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

/** Reading lists: what no conformance case can say. */
class ListTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun fill() {
        sandbox.reset()
        sandbox.fill("""{"connections":7,"customer_id":"cus_1"}""")
    }

    @Test
    fun `a flow asks for a page when its rows are wanted, and begins anew each time`() =
        runBlocking {
            Openint(sandbox.options()).use { client ->
                val flow = client.connections(customerId = "cus_1", pageSize = 2)
                assertEquals(0, sandbox.requests().size)
                val ids = flow.map { it.id }
                val first = ids.take(3).toList()
                assertEquals(2, sandbox.requests().size)
                assertEquals(first, ids.take(3).toList())
                assertEquals(4, sandbox.requests().size)
                assertEquals(7, ids.toList().toSet().size)
            }
        }

    @Test
    fun `rows ask for a page when its rows are wanted, and begin anew each time`() {
        OpenintBlocking(sandbox.options()).use { client ->
            val rows = client.connections(customerId = "cus_1", pageSize = 2)
            assertEquals(0, sandbox.requests().size)
            val first = rows.take(3).toList()
            assertEquals(2, sandbox.requests().size)
            assertEquals(first, rows.take(3).toList())
            assertEquals(4, sandbox.requests().size)
            assertEquals(7, rows.toSet().size)
        }
    }

    @Test
    fun `bad input of a list is refused when it is read, and options apply to each page`() {
        OpenintBlocking(sandbox.options()).use { client ->
            val broken = client.connections(connectorConfigId = "conn_", pageSize = 2)
            assertEquals("connector_config_id", assertFailsWith<InvalidInputException> { broken.toList() }.field)
            for (size in listOf(-1, 0, 3_001)) {
                val refused = client.connections(pageSize = size)
                assertEquals("page_size", assertFailsWith<InvalidInputException> { refused.toList() }.field)
            }
            assertEquals(0, sandbox.requests().size)

            val marked = RequestOptions(extraHeaders = mapOf("x-mark" to "here"))
            assertEquals(7, client.connections(pageSize = 4, options = marked).count())
            val headers = sandbox.requests().map { it.getValue("headers").toString() }
            assertEquals(2, headers.count { """["x-mark","here"]""" in it })
        }
    }

    @Test
    fun `cancelling a collector ends the request, and closing the client the list`() {
        val client = Openint(sandbox.options(maxRetries = 0))
        runBlocking {
            client.viewer()
            sandbox.script("""{"fault":{"kind":"stall"}}""")
            val reading = launch { client.connections().collect { } }
            while (sandbox.requests().size < 2) delay(10)
            withTimeout(5_000) {
                reading.cancel()
                reading.join()
            }
            assertTrue(reading.isCancelled)

            val seen = mutableListOf<String>()
            val error =
                assertFailsWith<IllegalStateException> {
                    client.connections(pageSize = 2).collect {
                        seen += it.id
                        if (seen.size == 2) client.close()
                    }
                }
            assertEquals("the client is closed", error.message)
            assertEquals(2, seen.size)
        }
    }

    @Test
    fun `a token ends a list that is read by blocking calls`() {
        OpenintBlocking(sandbox.options(maxRetries = 0)).use { client ->
            val token = CancelToken()
            val rows = client.connections(pageSize = 2, options = RequestOptions(cancel = token)).iterator()
            rows.next()
            rows.next()
            token.cancel()
            assertFailsWith<ApiCancelledException> { rows.next() }
        }
    }
}
