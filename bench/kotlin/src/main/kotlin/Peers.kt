// The clients, each as somebody would write it with that library. `caller` makes a client and gives
// a function that makes a call and checks its answer.

import dev.openint.sdk.ConnectorData
import dev.openint.sdk.Openint
import dev.openint.sdk.OpenintBlocking
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

private const val KEY = "key_bench"
private const val CONFIG = "ccfg_acme-oauth2_01KATDFKS0G3Q7V5M2N8P4R6T9"

fun caller(
    peer: String,
    baseUrl: String,
): () -> Unit =
    when (peer) {
        "ours" -> ours(baseUrl)
        "ours-suspend" -> oursSuspend(baseUrl)
        "okhttp" -> okHttp(baseUrl)
        "java.net.http" -> javaNetHttp(baseUrl)
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

private fun oursSuspend(baseUrl: String): () -> Unit {
    val client = Openint(apiKey = KEY, baseUrl = baseUrl)
    return {
        runBlocking {
            val connection = client.createConnection(CONFIG, "customer_id", ConnectorData("acme-oauth2", settings()))
            check(connection.id.startsWith("conn_"))
        }
    }
}

@Serializable
private class Create(
    val connector_config_id: String,
    val customer_id: String,
    val data: Data,
)

@Serializable
private class Data(
    val connector_name: String,
    val settings: JsonObject,
)

@Serializable
private class Connection(
    val id: String,
    val customer_id: String?,
    val connector_config_id: String?,
    val integration_id: String?,
    val created_at: String,
    val updated_at: String,
    val display_name: String?,
    val disabled: Boolean?,
    val metadata: JsonElement?,
    val connector_name: String,
    val settings: JsonObject?,
    val status: String?,
    val status_message: String?,
)

private fun body(): String =
    Json.encodeToString(Create(CONFIG, "customer_id", Data("acme-oauth2", settings())))

private fun check(answer: String) {
    check(Json.decodeFromString<Connection>(answer).id.startsWith("conn_"))
}

private fun okHttp(baseUrl: String): () -> Unit {
    val client = OkHttpClient()
    val json = "application/json".toMediaType()
    return {
        val request =
            Request
                .Builder()
                .url("$baseUrl/connection")
                .header("authorization", "Bearer $KEY")
                .header("accept", "application/json")
                .post(body().toRequestBody(json))
                .build()
        client.newCall(request).execute().use { response ->
            check(response.isSuccessful)
            check(response.body.string())
        }
    }
}

private fun javaNetHttp(baseUrl: String): () -> Unit {
    // Without the version it asks plain HTTP servers to change to HTTP/2, with the first request.
    val client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()
    return {
        val request =
            HttpRequest
                .newBuilder(URI("$baseUrl/connection"))
                .header("authorization", "Bearer $KEY")
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body()))
                .build()
        val response = client.send(request, HttpResponse.BodyHandlers.ofString())
        check(response.statusCode() == 200)
        check(response.body())
    }
}
