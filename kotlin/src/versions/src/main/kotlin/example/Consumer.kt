package example

import dev.openint.sdk.ConnectionStatus
import dev.openint.sdk.ConnectorData
import dev.openint.sdk.HttpMethod
import dev.openint.sdk.InvalidInputException
import dev.openint.sdk.OAuth2Credentials
import dev.openint.sdk.Openint
import dev.openint.sdk.Role
import dev.openint.sdk.oauth2
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** Calls that a program in Kotlin makes. */
fun main() = runBlocking {
    val ofJava = JavaConsumer.use()
    Openint().use { client ->
        val data = ConnectorData.oauth2("dummy-oauth2", OAuth2Credentials("at", expiresIn = 60))
        val metadata = buildJsonObject { put("plan", "pro") }
        val created = client.createConnection("ccfg_", "versions", data, metadata, checkConnection = true)
        check(created.metadata == metadata && created.createdAt?.instant != null)
        check(created.settings?.oauth2?.credentials?.accessToken?.expose() == "at")
        check(created.status != ConnectionStatus.Error)
        check(client.connections(customerId = "versions", pageSize = 1).toList().any { it.id == created.id })
        check(client.withResponse { it.viewer() }.value.role == Role.Org)
        check(client.request(HttpMethod.GET, "/health").statusCode == 200)
        try {
            client.getConnection("nothing")
            error("it was not refused")
        } catch (error: InvalidInputException) {
            check(error.field == "id")
        }
        println("used from Java and Kotlin ${KotlinVersion.CURRENT}: ${created.id} $ofJava")
    }
}
