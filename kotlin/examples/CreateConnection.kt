package dev.openint.sdk.examples

import dev.openint.sdk.ConnectorData
import dev.openint.sdk.Openint
import dev.openint.sdk.OpenintException
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject

/**
 * Creates a connection with the key in `OPENINT_API_KEY`; set `OPENINT_BASE_URL` to try it on the
 * local server: `cargo run -p openint-sandbox`.
 */
fun main() = runBlocking {
    Openint().use { client -> createConnection(client) }
}

suspend fun createConnection(client: Openint) {
    try {
        val connection =
            client.createConnection(
                connectorConfigId = "ccfg_",
                customerId = "customer_id",
                data = ConnectorData("dummy-oauth2", buildJsonObject { putJsonObject("oauth") {} }),
                metadata = buildJsonObject { put("plan", "pro") },
            )
        println("${connection.id} since ${connection.createdAt}")
    } catch (error: OpenintException) {
        val advice = if (error.mayHaveBeenApplied) "look before repeating it" else "nothing was created"
        println("${error.message} ($advice)")
    }
}
