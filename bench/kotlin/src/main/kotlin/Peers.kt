// The clients, each as somebody would write it with that library. `caller` makes a client and gives
// a function that makes a call and checks its answer.

import dev.openint.sdk.ConnectorData
import dev.openint.sdk.Openint
import dev.openint.sdk.OpenintBlocking
import kotlinx.coroutines.future.await
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import okhttp3.Response
import okhttp3.coroutines.executeAsync
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

private const val KEY = "key_bench"
private const val CONFIG = "ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9"

fun caller(
    peer: String,
    baseUrl: String,
): () -> Unit =
    when (peer) {
        "ours" -> ours(baseUrl)
        "okhttp" -> okHttp(baseUrl)
        "java.net.http" -> javaNetHttp(baseUrl)
        "suspending ours" -> oursSuspending(baseUrl)
        "suspending okhttp" -> okHttpSuspending(baseUrl)
        "suspending java.net.http" -> javaNetHttpSuspending(baseUrl)
        else -> error("no such peer: $peer")
    }

private fun settings(): JsonObject =
    buildJsonObject {
        putJsonObject("oauth") {
            putJsonObject("credentials") {
                put("access_token", "ya29.a0AfH6SMBx4h2kJ7")
                put("expires_in", 3600)
            }
        }
    }

private fun ours(baseUrl: String): () -> Unit {
    val client = OpenintBlocking(apiKey = KEY, baseUrl = baseUrl)
    return {
        val connection = client.createConnection(CONFIG, "customer_id", ConnectorData("acme-oauth2", settings()))
        check(connection.id.startsWith("conn_"))
    }
}

private fun oursSuspending(baseUrl: String): () -> Unit {
    val client = Openint(apiKey = KEY, baseUrl = baseUrl)
    return {
        runBlocking {
            val connection = client.createConnection(CONFIG, "customer_id", ConnectorData("acme-oauth2", settings()))
            check(connection.id.startsWith("conn_"))
        }
    }
}

private fun body(): String =
    buildJsonObject {
        put("connector_config_id", CONFIG)
        put("customer_id", "customer_id")
        putJsonObject("data") {
            put("connector_name", "acme-oauth2")
            put("settings", settings())
        }
    }.toString()

private fun check(answer: String) {
    val connection = Json.parseToJsonElement(answer).jsonObject
    check(connection.getValue("id").jsonPrimitive.content.startsWith("conn_"))
}

private fun okHttp(baseUrl: String): () -> Unit {
    val client = OkHttpClient()
    return { client.newCall(okHttpRequest(baseUrl)).execute().use(::check) }
}

private fun okHttpSuspending(baseUrl: String): () -> Unit {
    val client = OkHttpClient()
    return {
        runBlocking { client.newCall(okHttpRequest(baseUrl)).executeAsync().use(::check) }
    }
}

private val JSON = "application/json".toMediaType()

private fun okHttpRequest(baseUrl: String): Request =
    Request
        .Builder()
        .url("$baseUrl/connection")
        .header("authorization", "Bearer $KEY")
        .header("accept", "application/json")
        .post(body().toRequestBody(JSON))
        .build()

private fun check(response: Response) {
    check(response.isSuccessful)
    check(response.body.string())
}

private fun javaNetHttp(baseUrl: String): () -> Unit {
    val client = http1()
    return { check(client.send(javaNetHttpRequest(baseUrl), BodyHandlers.ofString())) }
}

private fun javaNetHttpSuspending(baseUrl: String): () -> Unit {
    val client = http1()
    return {
        runBlocking { check(client.sendAsync(javaNetHttpRequest(baseUrl), BodyHandlers.ofString()).await()) }
    }
}

/** Without the version it asks plain HTTP servers to change to HTTP/2, with the first request. */
private fun http1(): HttpClient = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

private fun javaNetHttpRequest(baseUrl: String): HttpRequest =
    HttpRequest
        .newBuilder(URI("$baseUrl/connection"))
        .header("authorization", "Bearer $KEY")
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body()))
        .build()

private fun check(response: HttpResponse<String>) {
    check(response.statusCode() == 200)
    check(response.body())
}
