package dev.openint.sandbox

import dev.openint.sdk.OpenintOptions
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import java.io.IOException
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

/**
 * A local OpenInt server, as a process of its own, which ends with [close] or with this JVM.
 *
 * Without JUnit, [start] gives one; with it, [OpenintSandboxExtension] does.
 */
public class Sandbox private constructor(private val process: Process, address: JsonObject) : AutoCloseable {
    /** The API's address, such as `http://127.0.0.1:40123/v1`. */
    public val baseUrl: String = address.getValue("base_url").jsonPrimitive.content

    /** The key of an organisation. */
    public val apiKey: String = address.getValue("api_key").jsonPrimitive.content

    private val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    /** Returns the options of a client of this server. */
    public fun options(): OpenintOptions = OpenintOptions(apiKey = apiKey, baseUrl = baseUrl)

    /** Forgets all rows, requests and faults, as if the server had just been started. */
    public fun reset() {
        control("POST", "reset", "{}")
    }

    /** Answers the next requests in another way; the answers are used in their order. */
    public fun script(vararg answers: Answer) {
        val body = buildJsonObject { put("answers", JsonArray(answers.map(Answer::json))) }
        control("POST", "script", body.toString())
    }

    /** Injects faults into that share of all exchanges, the same ones with the same seed; 0 ends it. */
    @JvmOverloads
    public fun chaos(share: Double, seed: Int = 1) {
        val body =
            buildJsonObject {
                put("share", share)
                put("seed", seed)
            }
        control("POST", "chaos", body.toString())
    }

    /** Returns the requests since the last [reset]. */
    public fun requests(): List<RecordedRequest> =
        control("GET", "requests").getValue("requests").jsonArray.map { RecordedRequest.of(it as JsonObject) }

    /** Counts the connections of a customer, or all. */
    @JvmOverloads
    public fun connections(customerId: String? = null): Int {
        val filter = customerId?.let { "?customer_id=" + URLEncoder.encode(it, Charsets.UTF_8) }.orEmpty()
        return (control("GET", "rows$filter").getValue("connections") as JsonPrimitive).int
    }

    /** Ends the server. */
    override fun close() {
        process.destroyForcibly().waitFor()
    }

    internal fun control(method: String, route: String, body: String? = null): JsonObject {
        val publisher =
            when (body) {
                null -> HttpRequest.BodyPublishers.noBody()
                else -> HttpRequest.BodyPublishers.ofString(body)
            }
        val url = URI.create("${baseUrl.removeSuffix("/v1")}/_sandbox/$route")
        val request = HttpRequest.newBuilder(url).method(method, publisher).build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        require(answer.statusCode() == 200) { answer.body() }
        return Json.parseToJsonElement(answer.body()) as JsonObject
    }

    public companion object {
        /**
         * Starts a server on a free port of this machine.
         *
         * Its program is the one in the variable `OPENINT_SANDBOX`, or the one in this package's jar.
         *
         * @throws IllegalStateException if there is no program for this machine, or it does not start
         */
        @JvmStatic
        public fun start(): Sandbox = startWith()

        internal fun startWith(vararg options: String): Sandbox {
            val program = Program.find()
            val process =
                try {
                    ProcessBuilder(program.toString(), "--port", "0", *options)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start()
                } catch (e: IOException) {
                    throw IllegalStateException(
                        "$program cannot be started (${e.message}); where the temporary folder allows no programs, " +
                            "set java.io.tmpdir to another one, or OPENINT_SANDBOX to a program of your own",
                        e,
                    )
                }
            Runtime.getRuntime().addShutdownHook(Thread { process.destroyForcibly() })
            val line = process.inputStream.bufferedReader().readLine()
            checkNotNull(line) { "$program ended before it said where it listens" }
            return Sandbox(process, Json.parseToJsonElement(line) as JsonObject)
        }
    }
}
