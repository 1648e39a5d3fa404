package dev.openint.sdk.examples

import dev.openint.sdk.ConnectorData
import dev.openint.sdk.OAuth2Credentials
import dev.openint.sdk.Openint
import dev.openint.sdk.RefreshPolicy
import dev.openint.sdk.Secret
import dev.openint.sdk.oauth2
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

private const val CUSTOMER = "acme"

/**
 * Walks the way that a product takes with OpenInt, from its settings to a customer's data.
 *
 * It takes `OPENINT_API_KEY`, and `OPENINT_BASE_URL` where that is set. `GITHUB_API_URL` names the
 * service whose data are wanted, which is GitHub unless it is set.
 */
fun main() = runBlocking {
    val github = System.getenv("GITHUB_API_URL") ?: "https://api.github.com"
    Openint().use { client -> walk(client, github) }
}

suspend fun walk(
    client: Openint,
    github: String,
) {
    // Once: what GitHub calls your product.
    val oauth =
        buildJsonObject {
            putJsonObject("oauth") {
                put("client_id", "Iv1.example")
                put("client_secret", "example")
            }
        }
    val config = client.createConnectorConfig("github", config = oauth)
    println("config for ${config.connectorName}")

    // For each customer: who it is, and a page on which it connects its GitHub account.
    client.upsertCustomer(CUSTOMER, buildJsonObject { put("plan", "pro") })
    val token = client.createCustomerToken(CUSTOMER, validityInSeconds = 3600)
    println("page for $CUSTOMER is ${if (token.magicLinkUrl != null) "ready" else "missing"}")

    // The connection comes of that page, or of credentials that you hold already.
    val made =
        client.createConnection(
            connectorConfigId = config.id,
            customerId = CUSTOMER,
            data = ConnectorData.oauth2("github", OAuth2Credentials("gho_example")),
            idempotencyKey = "acme-github",
        )

    // Whenever its data are wanted: the access token, renewed if need be.
    val connection =
        client.getConnection(made.id, includeSecrets = true, refreshPolicy = RefreshPolicy.Auto)
    val accessToken =
        checkNotNull(connection.settings?.accessToken) { "the connection has no access token" }
    println("account ${account(github, accessToken)} is connected")

    client.deleteConnection(made.id)
    client.deleteConnectorConfig(config.id)
    client
        .listEvents(limit = 10)
        .items
        .filter { it.customerId == CUSTOMER }
        .forEach { println("event ${it.name}") }
}

/** Asks GitHub whose token this is. */
private fun account(
    github: String,
    accessToken: Secret,
): String {
    val request =
        HttpRequest
            .newBuilder(URI("$github/user"))
            .header("Authorization", "Bearer ${accessToken.expose()}")
            .build()
    val answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString())
    return Json
        .parseToJsonElement(answer.body())
        .jsonObject
        .getValue("login")
        .jsonPrimitive.content
}
