package dev.openint.sdk

import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonUnquotedLiteral
import kotlinx.serialization.json.buildJsonObject
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.math.BigDecimal
import java.time.Duration
import java.time.Instant
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

class ClientTest {
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    @Test
    fun `a created connection is typed and lossless`() = runBlocking {
        Openint(sandbox.options()).use { client ->
            val data = ConnectorData.oauth2("discord", OAuth2Credentials("at", refreshToken = "rt", expiresIn = 60))
            val connection = client.createConnection("ccfg_discord_sandbox", "cus_1", data, note("x"))
            assertTrue(connection.id.startsWith("conn_discord_"))
            assertEquals("cus_1", connection.customerId)
            assertEquals(note("x"), connection.metadata)
            assertEquals("at", connection.settings?.accessToken?.expose())
            assertEquals(BigDecimal(60), connection.settings?.oauth2?.credentials?.expiresIn)
            assertIs<Instant>(connection.settings?.oauth2?.credentials?.expiresAt?.instant)
            assertIs<Instant>(connection.createdAt?.instant)
            assertTrue(connection.displayName == null && connection.extra.isNull("display_name"))
            assertTrue("nothing" !in connection.extra && !connection.extra.isNull("nothing"))
            assertEquals(connectionFromJson(connection.toJson()), connection)
        }
    }

    @Test
    fun `times are read in both forms, and any other text is kept`() {
        val text = """{"id":"c","created_at":"2026-11-24 02:12:35.896474+00","updated_at":"soon","a":1}"""
        val row = connectionFromJson(json(text))
        assertEquals(Instant.parse("2026-11-24T02:12:35.896474Z"), row.createdAt?.instant)
        assertNull(row.updatedAt?.instant)
        assertEquals("soon", row.updatedAt.toString())
        assertEquals(json("""{"a":1}"""), JsonObject(row.extra))
        assertEquals(json(text), row.toJson())
        for (same in listOf("2026-11-24T03:12:35.896474+01:00", "2026-11-24T02:12:35.896474Z")) {
            assertEquals(row.createdAt, Timestamp(same), same)
            assertEquals(row.createdAt.hashCode(), Timestamp(same).hashCode(), same)
        }
    }

    @Test
    fun `a hundred coroutines on one client make as many rows as successes`() = runBlocking {
        Openint(sandbox.options()).use { client ->
            val ids =
                (1..100)
                    .map { async(Dispatchers.Default) { client.createConnection("ccfg_", "cus_many", DUMMY).id } }
                    .awaitAll()
            assertEquals(100, ids.toSet().size)
            assertEquals(100, sandbox.rows("cus_many"))
        }
    }

    @Test
    fun `a waiting call leaves its dispatcher free, and cancelling returns at once and ends the request`() {
        Openint(sandbox.options(maxRetries = 0)).use { client ->
            runBlocking(CoroutineName("one thread")) {
                client.request(HttpMethod.GET, "/viewer")
                sandbox.script("""{"fault":{"kind":"stall"}}""")
                val call = launch { client.createConnection("ccfg_", "cus_1", DUMMY) }
                var ticks = 0
                while (sandbox.requests().size < 2) {
                    delay(10)
                    ticks++
                    check(ticks < 3_000) { "the request never arrived" }
                }
                val started = System.nanoTime()
                withTimeout(5_000) { call.cancelAndJoin() }
                val took = Duration.ofNanos(System.nanoTime() - started)
                assertTrue(took < Duration.ofSeconds(2), "$took")
                assertTrue(call.isCancelled)
                // The client goes on.
                client.createConnection("ccfg_", "cus_1", DUMMY)
            }
        }
    }

    @Test
    fun `a token ends a blocking call from another thread`() {
        OpenintBlocking(sandbox.options(maxRetries = 0)).use { client ->
            client.request(HttpMethod.GET, "/viewer")
            sandbox.script("""{"fault":{"kind":"stall"}}""")
            val token = CancelToken()
            thread {
                Thread.sleep(300)
                token.cancel()
            }
            val started = System.nanoTime()
            val error =
                assertFailsWith<ApiCancelledException> {
                    client.withOptions(RequestOptions(cancel = token)).createConnection("ccfg_", "cus_1", DUMMY)
                }
            val took = Duration.ofNanos(System.nanoTime() - started)
            assertTrue(took < Duration.ofSeconds(5), "$took")
            assertEquals(1, error.attempts)
            assertTrue(token.isCancelled)
        }
    }

    @Test
    fun `a client that nobody keeps serves its call while the collector runs`() {
        val options = sandbox.optionsOfMany()
        val done = AtomicBoolean()
        val collector =
            thread {
                while (!done.get()) {
                    System.gc()
                    Thread.sleep(5)
                }
            }
        try {
            repeat(20) {
                OpenintBlocking(options).createConnection("ccfg_", "cus_left", DUMMY)
                runBlocking { Openint(options).createConnection("ccfg_", "cus_left", DUMMY) }
            }
        } finally {
            done.set(true)
            collector.join()
        }
        assertEquals(40, sandbox.rows("cus_left"))
    }

    @Test
    fun `closing twice does no harm, and a closed client says so`() {
        val client = OpenintBlocking(sandbox.options())
        val variant = client.withOptions(RequestOptions(maxRetries = 0))
        client.close()
        client.close()
        variant.close()
        for (closed in listOf(client, variant)) {
            val error = assertFailsWith<IllegalStateException> { closed.createConnection("ccfg_", "c", DUMMY) }
            assertEquals("the client is closed", error.message)
        }
        val suspending = Openint(sandbox.options()).apply { close() }
        val error =
            assertFailsWith<IllegalStateException> { runBlocking { suspending.createConnection("ccfg_", "c", DUMMY) } }
        assertEquals("the client is closed", error.message)
    }

    @Test
    fun `closing from many threads while calls are made ends in success or in a clear error`() {
        repeat(20) {
            val client = OpenintBlocking(sandbox.options())
            val failures = java.util.concurrent.ConcurrentLinkedQueue<Throwable>()
            val threads =
                (1..4).map {
                    thread {
                        try {
                            client.request(HttpMethod.GET, "/viewer")
                        } catch (error: IllegalStateException) {
                            if (error.message != "the client is closed") failures.add(error)
                        } catch (error: Throwable) {
                            failures.add(error)
                        }
                    }
                } + (1..2).map { thread { client.close() } }
            threads.forEach { it.join() }
            assertEquals(emptyList(), failures.toList())
        }
    }

    @Test
    fun `bad input is refused with the field before a byte is sent`() {
        OpenintBlocking(sandbox.options()).use { client ->
            val nan = buildJsonObject { put("n", kotlinx.serialization.json.JsonPrimitive(Double.NaN)) }
            val cases: List<Pair<String, () -> Unit>> =
                listOf(
                    "connector_config_id" to { client.createConnection("conn_", "c", DUMMY) },
                    "connector_config_id" to { client.createConnection("ccfg_\u0000", "c", DUMMY) },
                    "customer_id" to { client.createConnection("ccfg_", "", DUMMY) },
                    "customer_id" to { client.createConnection("ccfg_", "half \uD83D", DUMMY) },
                    "customer_id" to { client.createConnection("ccfg_", "\uDE00 half", DUMMY) },
                    "data.connector_name" to { client.createConnection("ccfg_", "c", DUMMY.copy(connectorName = "")) },
                    "settings.n" to { client.createConnection("ccfg_", "c", ConnectorData("x", nan)) },
                    "metadata" to { client.createConnection("ccfg_", "c", DUMMY, note("\u0000")) },
                    "metadata.note" to { client.createConnection("ccfg_", "c", DUMMY, note("half \uD83D")) },
                    "extra_headers" to {
                        val broken = RequestOptions(extraHeaders = mapOf("a" to "b\nc"))
                        client.withOptions(broken).request(HttpMethod.GET, "/viewer")
                    },
                    "timeout" to {
                        client.withOptions(RequestOptions(timeout = Duration.ZERO)).request(HttpMethod.GET, "/viewer")
                    },
                    "timeout" to
                        { Openint("key", sandbox.baseUrl, timeout = Duration.ofSeconds(Long.MAX_VALUE)).close() },
                    "timeout" to { Openint("key", sandbox.baseUrl, timeout = Duration.ofSeconds(-1)).close() },
                    "max_retries" to { Openint("key", sandbox.baseUrl, maxRetries = -1).close() },
                    "base_url" to { Openint("key", "nowhere").close() },
                    "api_key" to { Openint(baseUrl = sandbox.baseUrl).close() },
                )
            for ((index, case) in cases.withIndex()) {
                val error = assertFailsWith<InvalidInputException>("case $index") { case.second() }
                assertEquals(case.first, error.field, "case $index")
                assertTrue(error.field in error.message.orEmpty() && error.expected.isNotEmpty(), error.message)
                assertEquals(0, error.attempts)
            }
            assertEquals(0, sandbox.requests().size)
        }
    }

    @Test
    @OptIn(kotlinx.serialization.ExperimentalSerializationApi::class)
    fun `big numbers, unicode and size survive the way there and back`() {
        val metadata =
            buildJsonObject {
                put("big", JsonUnquotedLiteral("12345678901234567890123"))
                put("exact", JsonUnquotedLiteral("1.10"))
                put("text", kotlinx.serialization.json.JsonPrimitive("客户 ñ 😀 \"\\\u2028 ‏العربية"))
                put("long", kotlinx.serialization.json.JsonPrimitive("é".repeat(300_000)))
            }
        OpenintBlocking(sandbox.options()).use { client ->
            val connection = client.createConnection("ccfg_", "客户_😀", DUMMY, metadata)
            assertEquals(metadata, connection.metadata)
            assertEquals("12345678901234567890123", (connection.metadata as JsonObject)["big"].toString())
            assertEquals("1.10", (connection.metadata as JsonObject)["exact"].toString())
            assertEquals("客户_😀", connection.customerId)
        }
    }

    @Test
    fun `any route can be called, with its answer as it came`() = runBlocking {
        Openint(sandbox.options()).use { client ->
            val id = client.createConnection("ccfg_", "cus_1", DUMMY).id
            val found = client.request(HttpMethod.GET, "/connection/{id}", pathParams = mapOf("id" to id))
            assertEquals(200, found.statusCode)
            assertEquals("application/json", found.header("Content-Type"))
            assertEquals(id, connectionFromJson(found.value).id)
            assertTrue(id in found.body)
            val error =
                assertFailsWith<BadRequestException> {
                    client.request(HttpMethod.GET, "/connection/{id}", pathParams = mapOf("id" to "../viewer"))
                }
            assertEquals(400, error.statusCode)
            assertEquals("BAD_REQUEST", error.code)
            assertEquals("/v1/connection/..%2Fviewer", sandbox.requests().last().string("path"))
        }
    }

    @Test
    fun `requests say which version sends them`() {
        OpenintBlocking(sandbox.options()).use { it.viewer() }
        val headers = sandbox.requests().single().getValue("headers").toString()
        val version = System.getProperty("openint.version")
        assertTrue("""["user-agent","openint-kotlin/$version"]""" in headers, headers)
    }

    @Test
    fun `the answer to a call can be seen, and only where there was one`() = runBlocking<Unit> {
        Openint(sandbox.options()).use { client ->
            val response = client.withResponse { it.viewer() }
            assertEquals(Role.Org, response.value.role)
            assertEquals(listOf(200, 1), listOf(response.statusCode, response.attempts))
            assertEquals(viewerFromJson(json(response.body)), response.value)
            assertFailsWith<IllegalStateException> { client.withResponse { 1 } }
            val once = client.withOptions(RequestOptions(maxRetries = 0))
            sandbox.script("""{"status":503}""")
            assertFailsWith<InternalServerException> { once.withResponse { it.health() } }
        }
    }

    @Test
    fun `each status has its exception`() {
        val expected =
            mapOf(
                400 to BadRequestException::class,
                401 to AuthenticationException::class,
                403 to PermissionDeniedException::class,
                404 to NotFoundException::class,
                409 to ConflictException::class,
                418 to ApiStatusException::class,
                422 to UnprocessableEntityException::class,
                429 to RateLimitException::class,
                500 to InternalServerException::class,
                503 to InternalServerException::class,
            )
        OpenintBlocking(sandbox.options(maxRetries = 0)).use { client ->
            for ((status, type) in expected) {
                sandbox.script("""{"status":$status,"body":{"message":"m","code":"C"}}""")
                val error = assertFailsWith<ApiStatusException> { client.request(HttpMethod.GET, "/viewer") }
                assertEquals(type, error::class)
                assertEquals(listOf(status, "m", "C"), listOf(error.statusCode, error.serverMessage, error.code))
                assertEquals("""{"message":"m","code":"C"}""", error.body)
            }
        }
    }

    @Test
    fun `an error can be serialized, without body and issues`() {
        OpenintBlocking(sandbox.options()).use { client ->
            sandbox.script("""{"status":400,"body":{"message":"m","issues":[{"path":["a"],"message":"Required"}]}}""")
            val error = assertFailsWith<BadRequestException> { client.viewer() }
            assertEquals(listOf("a"), error.issues.map { it.path })
            val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).writeObject(error) }.toByteArray()
            val read = ObjectInputStream(bytes.inputStream()).readObject() as BadRequestException
            assertEquals(error.message, read.message)
            assertEquals(listOf<Any?>(400, emptyList<Issue>(), null), listOf(read.statusCode, read.issues, read.body))
        }
    }

    @Test
    fun `an instant that the API cannot take is refused`() {
        val error = assertFailsWith<InvalidInputException> { Timestamp(Instant.MAX) }
        assertEquals("instant", error.field)
        OpenintBlocking(sandbox.options()).use { client ->
            val since = assertFailsWith<InvalidInputException> { client.listEvents(since = Instant.MIN) }
            assertEquals("since", since.field)
        }
        assertEquals(0, sandbox.requests().size)
    }

    @Test
    fun `models compare by content`() {
        val unknown = connectionFromJson(json("""{"id":"a","status":"hibernating"}"""))
        assertEquals(ConnectionStatus.Other("hibernating"), unknown.status)
        assertEquals("hibernating", unknown.status.toString())
        assertEquals("healthy", ConnectionStatus.Healthy.toString())
        assertNotEquals(Connection("a"), Connection("b"))
        assertEquals(Connection("a", displayName = "x"), Connection.builder("a").displayName("x").build())
        assertEquals(Secret("k"), ConnectorData.apiKey("greenhouse", "apiKey", "k").settings.apiKey)
    }
}
