package dev.openint.sdk

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.long
import kotlinx.serialization.json.put
import java.net.InetAddress
import java.net.ServerSocket
import java.nio.file.Path
import java.util.concurrent.atomic.AtomicInteger
import java.util.function.Supplier
import kotlin.concurrent.thread
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail

private class Outcome(
    val json: JsonElement,
    val status: Int,
    val attempts: Int,
    val printed: String,
)

/** One case: the format is in `conformance/README.md`. */
class ConformanceCase(
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
            "items",
            "questions",
            "rows",
        )
        check(("result" in case) != ("error" in case)) { "a case has either a result or an error" }
    }

    private val sandbox = Sandbox.shared
    private val call = case.getValue("call").let { it as JsonObject }.known("method", "params", "all")
    private val params = call.getValue("params") as JsonObject
    private val readsAll = call.maybe("all")?.boolean ?: false
    private val error = case.child("error")
    private val questions = AtomicInteger()
    private val server = case.child("server").orEmpty().let {
        JsonObject(it)
    }.known("seed", "fill", "churn", "answers", "refuse_for_ms")

    fun run(connect: (OpenintOptions) -> Caller) {
        sandbox.reset()
        var elapsed = 0L
        var items = 0
        val outcome =
            try {
                connect(clientOptions()).use { client -> Result.success(timed(client, { items++ }) { elapsed = it }) }
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
        case.maybe("items")?.let { assertEquals(it.int, items, "items") }
        case.maybe("attempts")?.let { assertEquals(it.int, attempts, "attempts") }
        case.maybe("questions")?.let { assertEquals(it.int, questions.get(), "questions") }
        checkWire(attempts)
        case.child("elapsed_ms")?.known("at_least", "at_most")?.let { bounds ->
            val least = bounds.maybe("at_least")?.long ?: 0
            val most = bounds.getValue("at_most").content.toLong()
            assertTrue(elapsed in least..most, "took $elapsed ms, not $least to $most")
        }
        case.maybe("rows")?.let { assertEquals(it.int, sandbox.rows(params.maybe("customer_id")?.content), "rows") }
    }

    /** Makes the call, and says of each row that came and how many milliseconds it took. */
    private fun timed(client: Caller, eachRow: () -> Unit, took: (Long) -> Unit): Outcome {
        val (options, fire) = requestOptions()
        if (options.cancel != null) {
            // What a client does once would eat up the short time until such a call is cancelled.
            client.call("viewer", JsonObject(emptyMap()), RequestOptions())
            sandbox.reset()
        }
        server["seed"]?.let { sandbox.seed(it.toString()) }
        server["fill"]?.let { sandbox.fill(it.toString()) }
        server["churn"]?.let { sandbox.churn(it.toString()) }
        sandbox.script(*server.list("answers").map { it.toString() }.toTypedArray())
        server.maybe("refuse_for_ms")?.let { sandbox.refuseFor(it.long) }
        val started = System.nanoTime()
        try {
            fire()
            return make(client, options, eachRow)
        } finally {
            took((System.nanoTime() - started) / 1_000_000)
        }
    }

    private fun make(client: Caller, options: RequestOptions, eachRow: () -> Unit): Outcome {
        val method = call.string("method")
        if (readsAll) {
            val rows = mutableListOf<Any>()
            client.readAll(method, params, options) {
                eachRow()
                rows += it
            }
            return Outcome(JsonArray(rows.map(::json)), 200, 0, rows.toString())
        }
        val answer = client.call(method, params, options)
        // The value of a call to any route is JSON, which nobody expects to print without secrets.
        val printed = if (method == "request") "$answer" else "$answer ${answer.value}"
        return Outcome(json(answer.value), answer.statusCode, answer.attempts, printed)
    }

    private fun clientOptions(): OpenintOptions {
        val told = JsonObject(case.child("client").orEmpty())
        told.known(
            "api_key",
            "api_key_provider",
            "base_url",
            "timeout_ms",
            "connect_timeout_ms",
            "total_timeout_ms",
            "max_retries",
            "default_headers",
            "user_agent",
            "proxy",
            "ca_bundle",
            "max_response_bytes",
            "allow_plain_http",
        )
        val keys = told.list("api_key_provider")
        val baseUrl =
            told
                .maybe("base_url")
                ?.content
                ?.replace("\$origin", sandbox.origin)
                ?.replace("\$tls", sandbox.origin.replace("http://", "https://"))
                ?.replace("\$closed", "http://127.0.0.1:${closedPort()}")
        return OpenintOptions(
            apiKey = if (keys.isEmpty()) told.maybe("api_key")?.content ?: sandbox.apiKey else null,
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
            totalTimeout = told.duration("total_timeout_ms"),
            apiKeyProvider = keys.takeIf { it.isNotEmpty() }?.let { Supplier { giveKey(it) } },
        )
    }

    /** Each key in turn, and the last one again. */
    private fun giveKey(keys: List<JsonElement>): String {
        val key = keys[minOf(questions.getAndIncrement(), keys.size - 1)]
        if (key is JsonObject) throw IllegalStateException(key.string("failure"))
        return key.content.replace("\$key", sandbox.apiKey)
    }

    private fun requestOptions(): Pair<RequestOptions, () -> Unit> {
        val told = JsonObject(case.child("options").orEmpty())
        told.known(
            "timeout_ms",
            "connect_timeout_ms",
            "total_timeout_ms",
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
                totalTimeout = told.duration("total_timeout_ms"),
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

    private fun check(expected: JsonObject, found: Outcome) {
        expected.known("value", "keys", "contains", "status", "display_lacks")
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
        expected.list("display_lacks").forEach { text ->
            assertTrue(text.content !in found.printed, "the result shows ${text.content}: ${found.printed}")
        }
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
            "seen",
            "total",
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
        expected.maybe("phase")?.let {
            assertEquals(it.content, (error as ApiConnectionException).phase?.name?.lowercase())
        }
        expected.maybe("seen")?.let { assertEquals(it.long, (error as ApiIncompleteException).seen) }
        expected.maybe("total")?.let { assertEquals(it.long, (error as ApiIncompleteException).total) }
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
            val counted = reached && "refuse_for_ms" !in server && !readsAll
            if (counted) assertEquals(attempts, requests.size, "requests that arrived")
            return
        }
        assertEquals(wire.size, requests.size, "requests that arrived")
        requests.zip(wire.map { it as JsonObject }).forEach { (request, expected) ->
            expected.known("method", "path", "query", "headers", "absent_headers", "body", "body_contains")
            assertEquals(expected.string("method"), request.string("method"))
            val path = expected.string("path")
            if (path.startsWith("\$prefix:")) {
                contained(expected.getValue("path"), request.getValue("path"), "path")
            } else {
                assertEquals(path, request.string("path"))
            }
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

/** Content of the result, as JSON: nothing that the server sent may be lost in it. */
private fun json(value: Any?): JsonElement =
    when (value) {
        is JsonElement -> value
        is Page<*> ->
            buildJsonObject {
                put("items", JsonArray(value.items.map { json(it) }))
                put("total", value.total)
                put("limit", value.limit)
                put("offset", value.offset)
            }
        is Any -> value.javaClass.getMethod("toJson").invoke(value) as JsonElement
        else -> fail("$value is no result")
    }

private fun kind(error: OpenintException): String =
    when (error) {
        is InvalidInputException -> "invalid_input"
        is ApiConnectionException -> error.kind.name.lowercase()
        is ApiIncompleteException -> "incomplete"
        is ApiKeyException -> "api_key"
        is ApiCancelledException -> "cancelled"
        is ApiStatusException -> "api"
        is ApiResponseValidationException -> if (error.path == null) "response_too_large" else "decode"
        is SdkDefectException -> "internal"
    }

private fun closedPort(): Int = ServerSocket(0, 1, InetAddress.getLoopbackAddress()).use { it.localPort }
