package dev.openint.sdk

import com.sun.net.httpserver.HttpServer
import dev.openint.sdk.examples.createConnection
import dev.openint.sdk.examples.walk
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.File
import java.io.PrintStream
import java.net.InetAddress
import java.net.InetSocketAddress
import kotlin.test.assertEquals

/** Runs the examples. */
class ExamplesTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    @Test
    fun `a connection is created`() = runBlocking {
        Openint(sandbox.options()).use { createConnection(it) }
        assertEquals(1, sandbox.rows("customer_id"))
    }

    @Test
    fun `the walk prints its steps`() = runBlocking {
        val github = gitHub()
        val printed = ByteArrayOutputStream()
        val before = System.out
        System.setOut(PrintStream(printed))
        try {
            val address = "http://127.0.0.1:${github.address.port}"
            Openint(sandbox.options()).use { walk(it, address) }
        } finally {
            System.setOut(before)
            github.stop(0)
        }
        assertEquals(File("../examples/walk.txt").readText(), printed.toString())
        assertEquals(0, sandbox.rows("acme"))
    }

    /** Stands for GitHub: tells whose token `gho_example` is. */
    private fun gitHub(): HttpServer {
        val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.createContext("/user") { exchange ->
            val known = exchange.requestHeaders.getFirst("authorization") == "Bearer gho_example"
            val body = """{"login":"octocat"}""".toByteArray()
            exchange.sendResponseHeaders(if (known) 200 else 401, body.size.toLong())
            exchange.responseBody.use { it.write(body) }
        }
        server.start()
        return server
    }
}
