package dev.openint.sdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertTrue

private const val ROWS = 100_000

/** Memory that stays behind. In a virtual machine of its own, whose size only these tests change. */
@Tag("memory")
class MemoryTest {
    private val sandbox = Sandbox.shared

    @Test
    fun `ten thousand calls and a thousand clients leave memory flat`() {
        sandbox.reset()
        val options = sandbox.optionsOfMany()
        val calls = OpenintBlocking(sandbox.options())
        val suspending = Openint(sandbox.options())

        fun round(times: Int, clients: Int) {
            repeat(times / 2) { calls.request(HttpMethod.GET, "/viewer") }
            runBlocking { repeat(times / 2) { suspending.request(HttpMethod.GET, "/viewer") } }
            repeat(clients) { OpenintBlocking(options).close() }
            sandbox.reset()
            repeat(3) { System.gc() }
        }
        round(2_000, 200)
        val before = residentKilobytes()
        round(10_000, 1_000)
        val grown = residentKilobytes() - before
        calls.close()
        suspending.close()
        // One kilobyte lost in each call would be 10,000, ten in each client as many.
        assertTrue(grown < 20_000, "grown by $grown kB")
    }

    @Test
    fun `a flow over 100,000 rows visits each once and keeps memory flat`() {
        fill()
        Openint(sandbox.options()).use { client ->
            val rows = Rows()
            runBlocking { client.connections(pageSize = 1_000).collect { rows.visit(it) } }
            rows.check()
        }
    }

    @Test
    fun `reading 100,000 rows by blocking calls visits each once and keeps memory flat`() {
        fill()
        OpenintBlocking(sandbox.options()).use { client ->
            val rows = Rows()
            client.connections(pageSize = 1_000).forEach { rows.visit(it) }
            rows.check()
        }
    }

    private fun fill() {
        sandbox.reset()
        sandbox.fill("""{"connections":$ROWS,"customer_id":"cus_many"}""")
    }

    /** Number of rows, and the memory that they took. They would be hundreds of megabytes if they were held. */
    private inner class Rows {
        private val ids = HashSet<String>()
        private var visited = 0
        private var heap = 0L
        private var resident = 0L

        fun visit(row: Connection) {
            ids.add(row.id)
            if (++visited == ROWS / 5) {
                heap = heapKilobytes()
                resident = residentKilobytes()
            }
        }

        fun check() {
            assertEquals(ROWS, visited)
            assertEquals(ROWS, ids.size)
            val heapGrown = heapKilobytes() - heap
            val residentGrown = residentKilobytes() - resident
            // The ids alone are about 10,000.
            assertTrue(heapGrown < 25_000, "the heap has grown by $heapGrown kB")
            assertTrue(residentGrown < 25_000, "the process has grown by $residentGrown kB")
        }
    }

    private fun heapKilobytes(): Long {
        repeat(3) { System.gc() }
        return Runtime.getRuntime().run { totalMemory() - freeMemory() } / 1024
    }

    private fun residentKilobytes(): Long =
        File("/proc/self/status")
            .readLines()
            .first { it.startsWith("VmRSS:") }
            .filter { it.isDigit() }
            .toLong()
}
