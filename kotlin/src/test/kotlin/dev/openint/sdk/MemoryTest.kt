package dev.openint.sdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.test.assertTrue

/** What stays behind. In a virtual machine of its own, whose size only these tests change. */
@Tag("memory")
class MemoryTest {
    private val sandbox = Sandbox.shared

    @Test
    fun `ten thousand calls and a thousand clients leave memory flat`() {
        sandbox.reset()
        // One authority is read in no time; a machine's hundred take an unoptimised library long.
        val authority = File("/etc/ssl/certs").listFiles { file -> file.extension == "pem" }?.firstOrNull()
        val options = OpenintOptions(sandbox.apiKey, sandbox.baseUrl, caBundle = authority?.toPath())
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

    private fun residentKilobytes(): Long =
        File("/proc/self/status")
            .readLines()
            .first { it.startsWith("VmRSS:") }
            .filter { it.isDigit() }
            .toLong()
}
