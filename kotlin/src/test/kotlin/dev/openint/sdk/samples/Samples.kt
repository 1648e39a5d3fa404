package dev.openint.sdk.samples

import dev.openint.sdk.ApiStatusException
import dev.openint.sdk.Attempt
import dev.openint.sdk.AttemptEnd
import dev.openint.sdk.CallObserver
import dev.openint.sdk.CancelToken
import dev.openint.sdk.ConnectOptions
import dev.openint.sdk.ConnectView
import dev.openint.sdk.ConnectionStatus
import dev.openint.sdk.ConnectorConfigExpand
import dev.openint.sdk.ConnectorData
import dev.openint.sdk.ConnectorExpand
import dev.openint.sdk.HttpMethod
import dev.openint.sdk.InvalidInputException
import dev.openint.sdk.OAuth2Credentials
import dev.openint.sdk.Openint
import dev.openint.sdk.OpenintBlocking
import dev.openint.sdk.OpenintException
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RateLimitException
import dev.openint.sdk.RefreshPolicy
import dev.openint.sdk.RequestOptions
import dev.openint.sdk.TemplateLanguage
import dev.openint.sdk.oauth2
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.count
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlinx.serialization.json.putJsonObject
import java.time.Duration
import java.time.Instant

/** The code of the documentation. `DocumentationTest` compares and runs it. */
object Samples {
    suspend fun quickStart() {
        // --8<-- [start:quickstart]
        Openint().use { client ->
            val settings = buildJsonObject { putJsonObject("oauth") {} }
            val connection = client.createConnection("ccfg_", "customer_id", ConnectorData("dummy-oauth2", settings))
            println(connection.id)
        }
        // --8<-- [end:quickstart]
    }

    fun quickStartBlocking() {
        OpenintBlocking().use { client ->
            client.connections(customerId = "customer_42").forEach { println(it.id) }
        }
    }

    suspend fun connections(client: Openint) {
        // --8<-- [start:create]
        val credentials = OAuth2Credentials("gho_16C7e42F", refreshToken = "ghr_1B4a2e77", expiresIn = 28_800)
        val connection = client.createConnection(
            connectorConfigId = "ccfg_github_sandbox",
            customerId = "customer_42",
            data = ConnectorData.oauth2("github", credentials),
            metadata = buildJsonObject { put("plan", "pro") },
        )
        println(connection.settings?.oauth2?.credentials?.expiresAt)
        // --8<-- [end:create]

        // --8<-- [start:read]
        val shown = client.getConnection(connection.id, includeSecrets = true, refreshPolicy = RefreshPolicy.None)
        println("calling the service with a token: ${shown.settings?.accessToken != null}")

        if (client.checkConnection(connection.id).status != ConnectionStatus.Healthy) {
            println("ask the customer to connect again")
        }
        // --8<-- [end:read]

        // --8<-- [start:page]
        val page = client.listConnections(customerId = "customer_42", connectorNames = listOf("github"), limit = 10)
        println("${page.items.size} on this page")
        // --8<-- [end:page]
        // --8<-- [start:rows]
        client.connections(customerId = "customer_42").collect { println("${it.id}: ${it.status}") }
        // --8<-- [end:rows]

        val found = client.request(HttpMethod.GET, "/connection/{id}", pathParams = mapOf("id" to connection.id))
        println(found.value)

        // --8<-- [start:delete]
        client.deleteConnection(connection.id)
        // --8<-- [end:delete]
    }

    suspend fun connectorConfigs(client: Openint) {
        val config = client.createConnectorConfig(
            "github",
            displayName = "GitHub",
            config = buildJsonObject {
                putJsonObject("oauth") {
                    put("client_id", "a")
                    put("client_secret", "b")
                }
            },
        )

        val described = client.getConnectorConfig(config.id, expand = listOf(ConnectorConfigExpand.Connector))
        println(described.connector?.authType)

        val configs = client.listConnectorConfigs(expand = listOf(ConnectorConfigExpand.ConnectionCount))
        configs.items.forEach { println("${it.id}: ${it.connectionCount} connections") }
        println(client.connectorConfigs(connectorNames = listOf("github")).count())

        client.updateConnectorConfig(config.id, disabled = true)

        client.deleteConnectorConfig(config.id)
    }

    suspend fun connectors(client: Openint) {
        val first = client.listConnectors(expand = listOf(ConnectorExpand.Schemas), limit = 1).items.first()
        println("${first.name}: ${first.schemas}")
        client.connectors().collect { println("${it.name}: ${it.authType}") }

        val report = client.connectorStatus()
        println("${report.list.count { it.hasConnection == true }} of ${report.list.size} are used")
    }

    suspend fun customers(client: Openint, baseUrl: String) {
        val customer = client.upsertCustomer("customer_42", metadata = buildJsonObject { put("plan", "pro") })
        println(customer.metadata)

        println(client.listCustomers(searchQuery = "42").items.map { it.id })
        client.customers().collect { println("${it.id}: ${it.connectionCount} connections") }

        // --8<-- [start:customer-token]
        val connect = ConnectOptions(connectorNames = listOf("github"), view = ConnectView.Add)
        val token = client.createCustomerToken("customer_42", validityInSeconds = 600, connectOptions = connect)
        Openint(apiKey = token.token.expose(), baseUrl = baseUrl).use { asCustomer ->
            println(asCustomer.viewer().role)
        }
        // --8<-- [end:customer-token]

        val template = client.messageTemplate("customer_42", language = TemplateLanguage.JavaScript).template.expose()
        println("${template.length} characters")
    }

    suspend fun api(client: Openint) {
        val viewer = client.viewer()
        println("${viewer.role} of ${viewer.orgId}")

        check(client.health().ok)

        println(client.healthEcho(buildJsonObject { put("warm", 1) }))

        val today = client.listEvents(since = Instant.now().minus(Duration.ofDays(1)), limit = 10)
        today.items.forEach { println("${it.timestamp} ${it.name}") }
        println(client.events(searchQuery = "deleted").take(3).toList())

        val response = client.withResponse { it.viewer() }
        println("${response.statusCode} ${response.header("content-type")}: ${response.value.role}")
    }

    fun provider(baseUrl: String, fetchToken: suspend () -> String): Openint {
        // --8<-- [start:key-provider]
        val asCustomer = Openint(OpenintOptions(baseUrl = baseUrl)) { fetchToken() }
        // --8<-- [end:key-provider]
        return asCustomer
    }

    suspend fun errors(client: Openint, data: ConnectorData) {
        // --8<-- [start:errors]
        try {
            client.createConnection("ccfg_nope", "customer_42", data)
        } catch (error: InvalidInputException) {
            println("${error.field} must be ${error.expected}")
        } catch (error: RateLimitException) {
            println("again in ${error.retryAfter}")
        } catch (error: ApiStatusException) {
            println("${error.statusCode} ${error.code}: ${error.issues}")
        } catch (error: OpenintException) {
            println("${error.message}; look before repeating it: ${error.mayHaveBeenApplied}")
        }
        // --8<-- [end:errors]
    }

    fun options(key: String, baseUrl: String): Openint {
        // --8<-- [start:options]
        val client = Openint(
            OpenintOptions(
                apiKey = key,
                baseUrl = baseUrl,
                timeout = Duration.ofSeconds(20),
                maxRetries = 1,
                defaultHeaders = mapOf("x-team" to "billing"),
            ),
        )
        val patient = client.withOptions(RequestOptions(timeout = Duration.ofMinutes(2)))
        // --8<-- [end:options]
        return patient
    }

    suspend fun once(client: Openint, data: ConnectorData) {
        // --8<-- [start:idempotency]
        val connection = client.createConnection("ccfg_", "customer_42", data, idempotencyKey = "order-1291")
        check(connection == client.createConnection("ccfg_", "customer_42", data, idempotencyKey = "order-1291"))
        // --8<-- [end:idempotency]
    }

    fun cancelling(client: OpenintBlocking) {
        // --8<-- [start:cancel]
        val token = CancelToken()
        val cancellable = client.withOptions(RequestOptions(cancel = token))
        // From another thread: token.cancel()
        println(cancellable.viewer().role)
        // --8<-- [end:cancel]
    }

    fun observer(): OpenintOptions {
        // --8<-- [start:observer]
        val lines = object : CallObserver {
            override fun afterAttempt(attempt: Attempt, end: AttemptEnd) {
                println("${attempt.operation} #${attempt.number}: ${end.status} in ${end.duration.toMillis()} ms")
            }
        }
        return OpenintOptions(observer = lines)
        // --8<-- [end:observer]
    }
}
