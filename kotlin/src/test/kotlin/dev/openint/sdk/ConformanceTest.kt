package dev.openint.sdk

import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.int
import kotlinx.serialization.json.long
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File
import java.math.BigDecimal
import java.net.InetAddress
import java.net.ServerSocket
import java.nio.file.Path
import java.time.Duration
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail

/** Replays `conformance/cases` through the suspending client: one test a case. */
class ConformanceTest {
    @TestFactory
    fun cases(): List<DynamicTest> = conformance { options -> Suspending(Openint(options)) }
}

/** The same cases through the blocking client. */
class BlockingConformanceTest {
    @TestFactory
    fun cases(): List<DynamicTest> = conformance { options -> Blocking(OpenintBlocking(options)) }
}

/** The two clients, as a case sees them. */
private interface Caller : AutoCloseable {
    fun create(
        configId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        check: Boolean?,
        options: RequestOptions,
    ): ApiResponse<Connection>

    fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String>,
        query: List<Pair<String, String>>,
        body: JsonElement?,
        repeatSafe: Boolean?,
        options: RequestOptions,
    ): ApiResponse<JsonElement>
}

private class Suspending(
    private val client: Openint,
) : Caller {
    override fun create(
        configId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        check: Boolean?,
        options: RequestOptions,
    ) = runBlocking {
        client.createConnectionWithResponse(configId, customerId, data, metadata, check, options)
    }

    override fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String>,
        query: List<Pair<String, String>>,
        body: JsonElement?,
        repeatSafe: Boolean?,
        options: RequestOptions,
    ) = runBlocking { client.request(method, path, pathParams, query, body, repeatSafe, options) }

    override fun close() = client.close()
}

private class Blocking(
    private val client: OpenintBlocking,
) : Caller {
    override fun create(
        configId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        check: Boolean?,
        options: RequestOptions,
    ) = client.createConnectionWithResponse(configId, customerId, data, metadata, check, options)

    override fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String>,
        query: List<Pair<String, String>>,
        body: JsonElement?,
        repeatSafe: Boolean?,
        options: RequestOptions,
    ) = client.request(method, path, pathParams, query, body, repeatSafe, options)

    override fun close() = client.close()
}

private fun conformance(client: (OpenintOptions) -> Caller): List<DynamicTest> {
    val folder = File(System.getProperty("openint.project.dir"), "../conformance/cases")
    val files = folder.listFiles { file -> file.extension == "json" } ?: fail("$folder is not there")
    return files.sorted().flatMap { file ->
        val cases = json(file.readText()).known("cases")["cases"] as JsonArray
        cases.map { case ->
            DynamicTest.dynamicTest((case as JsonObject).string("name")) { Case(case).run(client) }
        }
    }
}

/** A field that the runner does not know is an error: nothing is skipped in silence. */
private fun JsonObject.known(vararg names: String): JsonObject {
    val unknown = keys - names.toSet()
    check(unknown.isEmpty()) { "unknown fields: $unknown" }
    return this
}

private fun JsonObject.child(name: String): JsonObject? = this[name] as JsonObject?

private fun JsonObject.maybe(name: String): JsonPrimitive? = (this[name] as JsonPrimitive?)?.takeUnless {
    it is JsonNull
}

private fun JsonObject.list(name: String): List<JsonElement> = (this[name] as JsonArray?).orEmpty()

private fun JsonObject.texts(name: String): Map<String, String> =
    child(name).orEmpty().mapValues { it.value.content }

private fun JsonObject.duration(name: String): Duration? = maybe(name)?.let { Duration.ofMillis(it.long) }

/** What an object must be for the call; anything else is what the case is about. */
private fun JsonElement?.asObject(field: String): JsonObject? =
    when (this) {
        null -> null
        is JsonObject -> this
        else -> throw NotExpressible(field)
    }

/** An input that Kotlin's types rule out, so that no call can be made with it. */
private class NotExpressible(
    val field: String,
) : Exception(field)

private class Outcome(
    val json: JsonElement,
    val status: Int,
    val attempts: Int,
)

private class Case(
    private val case: JsonObject,
) {
    init {
        case.known(
            "name",
            "client",
            "options",
            "server",
            "call",
            "wire",
            "result",
            "error",
            "attempts",
            "elapsed_ms",
            "rows",
        )
        check(("result" in case) != ("error" in case)) { "a case has either a result or an error" }
    }

    private val sandbox = Sandbox.shared
    private val call = case.getValue("call").let { it as JsonObject }.known("method", "params")
    private val params = call.getValue("params") as JsonObject
    private val error = case.child("error")
    private val server = case.child("server").orEmpty().let { JsonObject(it) }.known("answers", "refuse_for_ms")

    fun run(connect: (OpenintOptions) -> Caller) {
        sandbox.reset()
        var elapsed = 0L
        val outcome =
            try {
                connect(clientOptions()).use { client -> Result.success(timed(client) { elapsed = it }) }
            } catch (error: OpenintException) {
                Result.failure(error)
            } catch (error: NotExpressible) {
                Result.failure(error)
            }

        val attempts =
            outcome.fold(
                { success ->
                    check(case.child("result") ?: fail("succeeded: ${success.json}"), success)
                    success.attempts
                },
                { failure -> check(error ?: throw failure, failure) },
            )
        case.maybe("attempts")?.let { assertEquals(it.int, attempts, "attempts") }
        checkWire(attempts)
        case.child("elapsed_ms")?.known("at_least", "at_most")?.let { bounds ->
            val least = bounds.maybe("at_least")?.long ?: 0
            val most = bounds.getValue("at_most").content.toLong()
            assertTrue(elapsed in least..most, "took $elapsed ms, not $least to $most")
        }
        case.maybe("rows")?.let { assertEquals(it.int, sandbox.rows(params.string("customer_id")), "rows") }
    }

    /** Makes the call, and says how many milliseconds it took. */
    private fun timed(client: Caller, took: (Long) -> Unit): Outcome {
        val (options, fire) = requestOptions()
        if (options.cancel != null) {
            // What a client does once would eat up the short time until such a call is cancelled.
            client.request(HttpMethod.GET, "/viewer", emptyMap(), emptyList(), null, null, RequestOptions())
            sandbox.reset()
        }
        sandbox.script(*server.list("answers").map { it.toString() }.toTypedArray())
        server.maybe("refuse_for_ms")?.let { sandbox.refuseFor(it.long) }
        val started = System.nanoTime()
        try {
            return make(client, options, fire)
        } finally {
            took((System.nanoTime() - started) / 1_000_000)
        }
    }

    private fun clientOptions(): OpenintOptions {
        val told = JsonObject(case.child("client").orEmpty())
        told.known(
            "api_key",
            "base_url",
            "timeout_ms",
            "connect_timeout_ms",
            "max_retries",
            "default_headers",
            "user_agent",
            "proxy",
            "ca_bundle",
            "max_response_bytes",
            "allow_plain_http",
        )
        val baseUrl =
            told
                .maybe("base_url")
                ?.content
                ?.replace("\$origin", sandbox.origin)
                ?.replace("\$tls", sandbox.origin.replace("http://", "https://"))
                ?.replace("\$closed", "http://127.0.0.1:${closedPort()}")
        return OpenintOptions(
            apiKey = told.maybe("api_key")?.content ?: sandbox.apiKey,
            baseUrl = baseUrl ?: sandbox.baseUrl,
            timeout = told.duration("timeout_ms"),
            connectTimeout = told.duration("connect_timeout_ms"),
            maxRetries = told.maybe("max_retries")?.int,
            defaultHeaders = told.texts("default_headers"),
            userAgent = told.maybe("user_agent")?.content,
            proxy = told.maybe("proxy")?.content,
            caBundle = told.maybe("ca_bundle")?.content?.let { Path.of(it) },
            maxResponseBytes = told.maybe("max_response_bytes")?.long,
            allowPlainHttp = told.maybe("allow_plain_http")?.boolean ?: false,
        )
    }

    private fun requestOptions(): Pair<RequestOptions, () -> Unit> {
        val told = JsonObject(case.child("options").orEmpty())
        told.known(
            "timeout_ms",
            "connect_timeout_ms",
            "max_retries",
            "extra_headers",
            "extra_query",
            "extra_body",
            "cancel_after_ms",
        )
        val wait = told.maybe("cancel_after_ms")?.long
        val token = wait?.let { CancelToken() }
        val options =
            RequestOptions(
                timeout = told.duration("timeout_ms"),
                connectTimeout = told.duration("connect_timeout_ms"),
                maxRetries = told.maybe("max_retries")?.int,
                extraHeaders = told.texts("extra_headers"),
                extraQuery = told.texts("extra_query"),
                extraBody = told.child("extra_body").orEmpty(),
                cancel = token,
            )
        return options to {
            when (wait) {
                null -> {}
                0L -> token?.cancel()
                else ->
                    thread {
                        Thread.sleep(wait)
                        token?.cancel()
                    }
            }
        }
    }

    private fun make(client: Caller, options: RequestOptions, fire: () -> Unit): Outcome =
        when (val method = call.string("method")) {
            "create_connection" -> {
                params.known("connector_config_id", "customer_id", "data", "metadata", "check_connection")
                val data = (params.getValue("data") as JsonObject).known("connector_name", "settings")
                val settings = data["settings"].asObject("data.settings") ?: throw NotExpressible("data.settings")
                val metadata = params["metadata"].asObject("metadata")
                fire()
                client
                    .create(
                        params.string("connector_config_id"),
                        params.string("customer_id"),
                        ConnectorData(data.string("connector_name"), settings),
                        metadata,
                        params.maybe("check_connection")?.boolean,
                        options,
                    ).let { Outcome(it.value.json, it.statusCode, it.attempts) }
            }
            "request" -> {
                params.known("method", "path", "path_params", "query", "body", "repeat_safe")
                val query = params.list("query").map { pair ->
                    (pair as JsonArray).let { it[0].content to it[1].content }
                }
                fire()
                client
                    .request(
                        HttpMethod.valueOf(params.string("method")),
                        params.string("path"),
                        params.texts("path_params"),
                        query,
                        params["body"],
                        params.maybe("repeat_safe")?.boolean,
                        options,
                    ).let { Outcome(it.value, it.statusCode, it.attempts) }
            }
            else -> fail("no method $method")
        }

    private fun check(expected: JsonObject, found: Outcome) {
        expected.known("value", "keys", "contains", "status")
        expected["value"]?.let { contained(it, found.json, "result") }
        expected["keys"]?.let { keys ->
            assertEquals(
                (keys as JsonArray).map {
                    it.content
                }.sorted(),
                (found.json as JsonObject).keys.sorted(),
                "keys",
            )
        }
        expected.maybe("status")?.let { assertEquals(it.int, found.status, "status") }
        contains(found.json.toString(), expected.list("contains"))
    }

    private fun check(expected: JsonObject, failure: Throwable): Int {
        expected.known(
            "kind",
            "field",
            "status",
            "code",
            "message",
            "issues",
            "request_id",
            "retry_after_ms",
            "path",
            "phase",
            "retryable",
            "may_have_been_applied",
            "display_contains",
            "display_lacks",
        )
        if (failure is NotExpressible) {
            assertEquals("invalid_input", expected.string("kind"))
            assertEquals(expected.maybe("field")?.content, failure.field)
            return 0
        }
        val error = failure as OpenintException
        assertEquals(expected.string("kind"), kind(error), error.message)
        expected.maybe("field")?.let { assertEquals(it.content, (error as InvalidInputException).field) }
        expected.maybe("path")?.let { assertEquals(it.content, (error as ApiResponseValidationException).path) }
        expected.maybe("phase")?.let { assertEquals(it.content, (error as ApiConnectionException).phase) }
        val status = error as? ApiStatusException
        expected.maybe("status")?.let { assertEquals(it.int, status?.statusCode) }
        expected.maybe("code")?.let { assertEquals(it.content, status?.code) }
        expected.maybe("message")?.let { assertEquals(it.content, status?.serverMessage) }
        expected["issues"]?.let { issues ->
            val wanted = (issues as JsonArray).map {
                it as JsonObject
            }.map { Issue(it.string("path"), it.string("message")) }
            assertEquals(wanted, status?.issues)
        }
        expected.maybe("request_id")?.let { assertEquals(it.content, status?.requestId) }
        expected.maybe("retry_after_ms")?.let { assertEquals(it.long, status?.retryAfter?.toMillis()) }
        expected.maybe("retryable")?.let { assertEquals(it.boolean, error.isRetryable, "retryable") }
        expected.maybe("may_have_been_applied")?.let { assertEquals(it.boolean, error.mayHaveBeenApplied, "applied") }
        val message = error.message.orEmpty()
        assertEquals(1, message.lines().size, message)
        contains(message, expected.list("display_contains"))
        expected.list("display_lacks").forEach { text ->
            assertTrue(text.content !in error.stackTraceToString(), "the error shows ${text.content}")
        }
        return error.attempts
    }

    private fun checkWire(attempts: Int) {
        val requests = sandbox.requests()
        val wire = case["wire"] as JsonArray?
        if (wire == null) {
            val reached = error?.string("kind") !in setOf("connect", "tls", "cancelled", "timeout")
            if (reached && "refuse_for_ms" !in server) assertEquals(attempts, requests.size, "requests that arrived")
            return
        }
        assertEquals(wire.size, requests.size, "requests that arrived")
        requests.zip(wire.map { it as JsonObject }).forEach { (request, expected) ->
            expected.known("method", "path", "query", "headers", "absent_headers", "body", "body_contains")
            assertEquals(expected.string("method"), request.string("method"))
            assertEquals(expected.string("path"), request.string("path"))
            assertEquals(expected.maybe("query")?.content.orEmpty(), request.string("query"))
            val headers = request.list("headers").associate { pair ->
                (pair as JsonArray).let {
                    it[0].content to
                        it[1].content
                }
            }
            expected.texts("headers").forEach { (name, value) -> assertEquals(value, headers[name], "header $name") }
            expected.list("absent_headers").forEach { assertEquals(null, headers[it.content], it.content) }
            expected["body"]?.let { assertTrue(same(it, Json.parseToJsonElement(request.string("body"))), "body") }
            contains(request.string("body"), expected.list("body_contains"))
        }
    }
}

private fun kind(error: OpenintException): String =
    when (error) {
        is InvalidInputException -> "invalid_input"
        is ApiConnectionException -> error.kind
        is ApiCancelledException -> "cancelled"
        is ApiStatusException -> "api"
        is ApiResponseValidationException -> if (error.path == null) "response_too_large" else "decode"
        is SdkDefectException -> "internal"
    }

private fun contains(text: String, parts: List<JsonElement>) =
    parts.forEach { assertTrue(it.content in text, "no ${it.content} in $text") }

private fun contained(expected: JsonElement, found: JsonElement, path: String) {
    val text = (expected as? JsonPrimitive)?.takeIf { it.isString }?.content
    when {
        text == "\$any" && found !is JsonNull -> {}
        text != null && text.startsWith("\$prefix:") ->
            assertTrue(found.content.startsWith(text.removePrefix("\$prefix:")), "$path: $found is no $text")
        expected is JsonObject && found is JsonObject ->
            expected.forEach { (key, value) ->
                contained(value, found[key] ?: fail("$path.$key: absent"), "$path.$key")
            }
        else -> assertTrue(same(expected, found), "$path: found $found, expected $expected")
    }
}

/** The same JSON; 1.0 and 1 are the same number. */
private fun same(a: JsonElement, b: JsonElement): Boolean =
    when {
        a is JsonObject && b is JsonObject -> a.keys == b.keys && a.all { (key, value) -> same(value, b.getValue(key)) }
        a is JsonArray && b is JsonArray -> a.size == b.size && a.zip(b).all { (x, y) -> same(x, y) }
        a is JsonPrimitive && b is JsonPrimitive && !a.isString && !b.isString && a != b -> {
            val numbers = listOf(a, b).map { it.content.toBigDecimalOrNull() ?: return false }
            numbers[0].compareTo(numbers[1] as BigDecimal) == 0
        }
        else -> a == b
    }

private fun closedPort(): Int = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { it.localPort }
