package dev.openint.sdk.internal

import dev.openint.sdk.ConnectOptions
import dev.openint.sdk.Connection
import dev.openint.sdk.ConnectionCheck
import dev.openint.sdk.ConnectionExpand
import dev.openint.sdk.Connector
import dev.openint.sdk.ConnectorConfig
import dev.openint.sdk.ConnectorConfigExpand
import dev.openint.sdk.ConnectorData
import dev.openint.sdk.ConnectorExpand
import dev.openint.sdk.ConnectorStatusReport
import dev.openint.sdk.Customer
import dev.openint.sdk.CustomerToken
import dev.openint.sdk.Deleted
import dev.openint.sdk.Event
import dev.openint.sdk.Health
import dev.openint.sdk.MessageTemplate
import dev.openint.sdk.Page
import dev.openint.sdk.RefreshPolicy
import dev.openint.sdk.TemplateLanguage
import dev.openint.sdk.Viewer
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter

/** An operation of the library, by its name there, with its parameters and its answer's model. */
internal class Operation<out T>(
    val name: String,
    val isWrite: Boolean,
    val params: JsonObject,
    val read: (JsonElement) -> T,
)

/** An operation whose answer is a page of rows: one [page] with a limit, or all [pages] of that size. */
internal class Listing<out T>(
    val name: String,
    private val limit: Int?,
    private val params: Params.() -> Unit,
    val row: (JsonObject) -> T,
) {
    fun pages(): JsonObject =
        params {
            params()
            put("page_size", limit)
        }

    fun page(): Operation<Page<T>> {
        val all =
            params {
                params()
                put("limit", limit)
            }
        return Operation(name, false, all) { json ->
            val page = json as JsonObject
            Page(page, page.objects("items").orEmpty().map(row))
        }
    }
}

/** What both clients can do: one entry for each operation. */
internal object Operations {
    fun createConnection(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        checkConnection: Boolean?,
        idempotencyKey: String?,
    ) = write("create_connection", ::Connection) {
        put("connector_config_id", connectorConfigId)
        put("customer_id", customerId)
        put(
            "data",
            params {
                put("connector_name", data.connectorName)
                put("settings", data.settings)
            },
        )
        put("metadata", metadata)
        put("check_connection", checkConnection)
        put("idempotency_key", idempotencyKey)
    }

    fun getConnection(
        id: String,
        includeSecrets: Boolean,
        refreshPolicy: RefreshPolicy?,
        expand: List<ConnectionExpand>,
    ) = read("get_connection", ::Connection) {
        put("id", id)
        put("include_secrets", includeSecrets)
        put("refresh_policy", refreshPolicy?.value)
        put("expand", expand.map { it.value })
    }

    fun listConnections(
        customerId: String?,
        connectorConfigId: String?,
        connectorNames: List<String>,
        searchQuery: String?,
        includeSecrets: Boolean,
        refreshPolicy: RefreshPolicy?,
        expand: List<ConnectionExpand>,
        limit: Int?,
        offset: Long,
    ) = list("list_connections", ::Connection, limit, offset) {
        put("customer_id", customerId)
        put("connector_config_id", connectorConfigId)
        put("connector_names", connectorNames)
        put("search_query", searchQuery)
        put("include_secrets", includeSecrets)
        put("refresh_policy", refreshPolicy?.value)
        put("expand", expand.map { it.value })
    }

    fun deleteConnection(id: String) = write("delete_connection", ::Deleted) { put("id", id) }

    fun checkConnection(id: String) = write("check_connection", ::ConnectionCheck) { put("id", id) }

    fun createConnectorConfig(
        connectorName: String,
        displayName: String?,
        disabled: Boolean?,
        metadata: JsonObject?,
        config: JsonObject?,
    ) = write("create_connector_config", ::ConnectorConfig) {
        put("connector_name", connectorName)
        put("display_name", displayName)
        put("disabled", disabled)
        put("metadata", metadata)
        put("config", config)
    }

    fun getConnectorConfig(
        id: String,
        expand: List<ConnectorConfigExpand>,
    ) = read("get_connector_config", ::ConnectorConfig) {
        put("id", id)
        put("expand", expand.map { it.value })
    }

    fun listConnectorConfigs(
        connectorNames: List<String>,
        searchQuery: String?,
        expand: List<ConnectorConfigExpand>,
        limit: Int?,
        offset: Long,
    ) = list("list_connector_configs", ::ConnectorConfig, limit, offset) {
        put("connector_names", connectorNames)
        put("search_query", searchQuery)
        put("expand", expand.map { it.value })
    }

    fun updateConnectorConfig(
        id: String,
        displayName: String?,
        disabled: Boolean?,
        config: JsonObject?,
    ) = write("update_connector_config", ::ConnectorConfig) {
        put("id", id)
        put("display_name", displayName)
        put("disabled", disabled)
        put("config", config)
    }

    fun deleteConnectorConfig(id: String) = write("delete_connector_config", ::Deleted) { put("id", id) }

    fun listConnectors(expand: List<ConnectorExpand>, limit: Int?, offset: Long) =
        list("list_connectors", ::Connector, limit, offset) { put("expand", expand.map { it.value }) }

    fun connectorStatus() = read("connector_status", ::ConnectorStatusReport) {}

    fun upsertCustomer(id: String, metadata: JsonObject?) =
        write("upsert_customer", ::Customer) {
            put("id", id)
            put("metadata", metadata)
        }

    fun listCustomers(searchQuery: String?, limit: Int?, offset: Long) =
        list("list_customers", ::Customer, limit, offset) { put("search_query", searchQuery) }

    fun createCustomerToken(
        customerId: String,
        validityInSeconds: Long?,
        connectOptions: ConnectOptions?,
    ) = write("create_customer_token", ::CustomerToken) {
        put("customer_id", customerId)
        put("validity_in_seconds", validityInSeconds)
        put("connect_options", connectOptions?.toParams())
    }

    fun listEvents(searchQuery: String?, since: Instant?, includePrompt: Boolean, limit: Int?, offset: Long) =
        list("list_events", ::Event, limit, offset) {
            put("search_query", searchQuery)
            put("since", since?.let { DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(it.atOffset(ZoneOffset.UTC)) })
            put("include_prompt", includePrompt)
        }

    fun viewer() = read("viewer", ::Viewer) {}

    fun health() = read("health", ::Health) {}

    fun healthEcho(body: JsonObject) = Operation("health_echo", true, params { put("body", body) }) { it }

    /** A read by its method; it is one that makes the API forget something. */
    fun messageTemplate(customerId: String, language: TemplateLanguage?, useEnvironmentVariables: Boolean) =
        write("message_template", ::MessageTemplate) {
            put("customer_id", customerId)
            put("language", language?.value)
            put("use_environment_variables", useEnvironmentVariables)
        }

    private fun ConnectOptions.toParams() =
        params {
            put("return_url", returnUrl)
            put("connector_names", connectorNames)
            put("view", view?.value)
            put("debug", debug)
            put("is_embedded", isEmbedded)
            put("hide_navigation", hideNavigation)
        }

    private fun <T> read(name: String, model: (JsonObject) -> T, params: Params.() -> Unit) =
        Operation(name, false, params(params)) { model(it as JsonObject) }

    private fun <T> write(name: String, model: (JsonObject) -> T, params: Params.() -> Unit) =
        Operation(name, true, params(params)) { model(it as JsonObject) }

    private fun <T> list(
        name: String,
        row: (JsonObject) -> T,
        limit: Int?,
        offset: Long,
        params: Params.() -> Unit,
    ) = Listing(
        name,
        limit,
        {
            params()
            put("offset", offset)
        },
        row,
    )
}
