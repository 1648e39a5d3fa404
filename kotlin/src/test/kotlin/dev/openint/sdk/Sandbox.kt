package dev.openint.sdk

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.int
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import java.io.File
import java.net.URI
import java.net.URLEncoder
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import kotlin.test.fail

/** The local server, as a process of its own; `cargo xtask test kotlin` says where its binary is. */
class Sandbox : AutoCloseable {
    private val process: Process
    val baseUrl: String
    val apiKey: String
    val origin: String get() = baseUrl.removeSuffix("/v1")
    private val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    init {
        val binary = System.getenv("OPENINT_SANDBOX") ?: fail("OPENINT_SANDBOX: run cargo xtask test kotlin")
        process =
            ProcessBuilder(binary, "--port", "0", "--keep-digits")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
        Runtime.getRuntime().addShutdownHook(Thread(process::destroyForcibly))
        val line = process.inputStream.bufferedReader().readLine() ?: fail("the sandbox said nothing")
        val told = Json.parseToJsonElement(line) as JsonObject
        baseUrl = told.string("base_url")
        apiKey = told.string("api_key")
    }

    fun reset() {
        control("POST", "reset", "{}")
    }

    fun script(vararg answers: String) {
        control("POST", "script", """{"answers":[${answers.joinToString()}]}""")
    }

    /** Injects faults into that share of all exchanges; 0 ends it. */
    fun injectFaults(seed: Int, share: Double) {
        control("POST", "chaos", """{"seed":$seed,"share":$share}""")
    }

    fun injected(): Int = (control("GET", "chaos")["injected"] as JsonPrimitive).int

    fun refuseFor(milliseconds: Long) {
        control("POST", "refuse", """{"for_ms":$milliseconds}""")
    }

    fun requests(): List<JsonObject> =
        (control("GET", "requests")["requests"] as JsonArray).map { it as JsonObject }

    fun seed(document: String) {
        control("POST", "seed", document)
    }

    fun fill(rows: String) {
        control("POST", "fill", rows)
    }

    /** Lets rows change at random after each list. */
    fun churn(changes: String) {
        control("POST", "churn", changes)
    }

    /** The connections of a customer, or all. */
    fun rows(customerId: String? = null): Int {
        val filter = customerId?.let { "?customer_id=" + URLEncoder.encode(it, Charsets.UTF_8) }.orEmpty()
        return (control("GET", "rows$filter")["connections"] as JsonPrimitive).int
    }

    private fun control(method: String, route: String, body: String? = null): JsonObject {
        val publisher =
            if (body == null) HttpRequest.BodyPublishers.noBody() else HttpRequest.BodyPublishers.ofString(body)
        val request =
            HttpRequest
                .newBuilder(URI.create("$origin/_sandbox/$route"))
                .method(method, publisher)
                .build()
        val answer = http.send(request, HttpResponse.BodyHandlers.ofString())
        check(answer.statusCode() == 200) { "$route: ${answer.statusCode()} ${answer.body()}" }
        return Json.parseToJsonElement(answer.body()) as JsonObject
    }

    fun options(timeout: java.time.Duration? = null, maxRetries: Int? = null) =
        OpenintOptions(apiKey = apiKey, baseUrl = baseUrl, timeout = timeout, maxRetries = maxRetries)

    /** For many clients: one authority is read in no time, a machine's hundred take an unoptimised library long. */
    fun optionsOfMany(): OpenintOptions {
        val authority = File("/etc/ssl/certs").listFiles { file -> file.extension == "pem" }?.firstOrNull()
        return OpenintOptions(apiKey, baseUrl, caBundle = authority?.toPath())
    }

    override fun close() {
        process.destroyForcibly().waitFor()
    }

    companion object {
        /** One for all tests that reset it; starting one takes a process. */
        @JvmStatic
        val shared: Sandbox by lazy { Sandbox() }
    }
}

fun JsonObject.string(name: String): String = (getValue(name) as JsonPrimitive).content

fun json(text: String): JsonObject = Json.parseToJsonElement(text) as JsonObject

val JsonElement.content: String get() = (this as JsonPrimitive).content

val DUMMY = ConnectorData("dummy-oauth2", buildJsonObject { putJsonObject("oauth") {} })

fun note(text: String): JsonObject = buildJsonObject { put("note", text) }
