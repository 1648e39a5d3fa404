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

/**
 * The local server, as the package for JUnit starts it, and what only this suite tells it;
 * `cargo xtask test kotlin` says where its program is.
 */
class Sandbox : AutoCloseable {
    private val server = dev.openint.sandbox.Sandbox.startWith("--keep-digits")
    val baseUrl: String get() = server.baseUrl
    val apiKey: String get() = server.apiKey
    val origin: String get() = baseUrl.removeSuffix("/v1")

    fun reset() {
        server.reset()
    }

    fun script(vararg answers: String) {
        control("POST", "script", """{"answers":[${answers.joinToString()}]}""")
    }

    /** Injects faults into that share of all exchanges; 0 ends it. */
    fun injectFaults(seed: Int, share: Double) {
        server.chaos(share, seed)
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
    fun rows(customerId: String? = null): Int = server.connections(customerId)

    private fun control(method: String, route: String, body: String? = null): JsonObject =
        server.control(method, route, body)

    fun options(timeout: java.time.Duration? = null, maxRetries: Int? = null) =
        OpenintOptions(apiKey = apiKey, baseUrl = baseUrl, timeout = timeout, maxRetries = maxRetries)

    /** For many clients: one authority is read in no time, a machine's hundred take an unoptimised library long. */
    fun optionsOfMany(): OpenintOptions {
        val authority = File("/etc/ssl/certs").listFiles { file -> file.extension == "pem" }?.firstOrNull()
        return OpenintOptions(apiKey, baseUrl, caBundle = authority?.toPath())
    }

    override fun close() {
        server.close()
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
