package dev.openint.sdk

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * The operations of the API as blocking calls, which [OpenintBlocking] makes and a test of yours can
 * stand in for.
 *
 * Parameters have builders, so that a parameter that is new ties no program to its version.
 * [withOptions] sets options of single calls. Every call throws an [OpenintException] when it fails.
 */
public interface OpenintClient : AutoCloseable {
    /** Creates a connection of a customer. See [Openint.createConnection]. */
    public fun createConnection(params: CreateConnection): Connection

    /** Gets a connection. See [Openint.getConnection]. */
    public fun getConnection(params: GetConnection): Connection

    /** Lists connections, those that changed last first. See [Openint.listConnections]. */
    public fun listConnections(params: ListConnections): Page<Connection>

    /** Reads all connections, those that changed last first. See [Openint.connections]. */
    public fun connections(params: ListConnections): Rows<Connection>

    /** Creates a connector config. See [Openint.createConnectorConfig]. */
    public fun createConnectorConfig(params: CreateConnectorConfig): ConnectorConfig

    /** Gets a connector config. See [Openint.getConnectorConfig]. */
    public fun getConnectorConfig(params: GetConnectorConfig): ConnectorConfig

    /** Lists connector configs. See [Openint.listConnectorConfigs]. */
    public fun listConnectorConfigs(params: ListConnectorConfigs): Page<ConnectorConfig>

    /** Reads all connector configs. See [Openint.connectorConfigs]. */
    public fun connectorConfigs(params: ListConnectorConfigs): Rows<ConnectorConfig>

    /** Changes a connector config. See [Openint.updateConnectorConfig]. */
    public fun updateConnectorConfig(params: UpdateConnectorConfig): ConnectorConfig

    /** Lists the connectors that the API knows. See [Openint.listConnectors]. */
    public fun listConnectors(params: ListConnectors): Page<Connector>

    /** Reads all connectors that the API knows. See [Openint.connectors]. */
    public fun connectors(params: ListConnectors): Rows<Connector>

    /** Creates a customer, or changes the one of that id. See [Openint.upsertCustomer]. */
    public fun upsertCustomer(params: UpsertCustomer): Customer

    /** Lists customers. See [Openint.listCustomers]. */
    public fun listCustomers(params: ListCustomers): Page<Customer>

    /** Reads all customers. See [Openint.customers]. */
    public fun customers(params: ListCustomers): Rows<Customer>

    /** Makes a token for a customer. See [Openint.createCustomerToken]. */
    public fun createCustomerToken(params: CreateCustomerToken): CustomerToken

    /** Lists what happened in the organisation, the newest first. See [Openint.listEvents]. */
    public fun listEvents(params: ListEvents): Page<Event>

    /** Reads all that happened in the organisation, the newest first. See [Openint.events]. */
    public fun events(params: ListEvents): Rows<Event>

    /** Gets text that explains a customer's connections to a language model. See [Openint.messageTemplate]. */
    public fun messageTemplate(params: GetMessageTemplate): MessageTemplate

    /** Deletes a connection. See [Openint.deleteConnection]. */
    public fun deleteConnection(id: String): Deleted

    /** Tries a connection's credentials at the connected service. See [Openint.checkConnection]. */
    public fun checkConnection(id: String): ConnectionCheck

    /** Deletes a connector config. See [Openint.deleteConnectorConfig]. */
    public fun deleteConnectorConfig(id: String): Deleted

    /** Sends any JSON object there and back. See [Openint.healthEcho]. */
    public fun healthEcho(body: JsonObject): JsonElement

    /** Says of every connector whether the organisation uses it and whether it works. See [Openint.connectorStatus]. */
    public fun connectorStatus(): ConnectorStatusReport

    /** Says who the key belongs to. See [Openint.viewer]. */
    public fun viewer(): Viewer

    /** Says whether the API is there. See [Openint.health]. */
    public fun health(): Health

    /** Returns this client with other options for its calls. Closing either closes both. */
    public fun withOptions(options: RequestOptions): OpenintClient

    /** Ends the use of this client. */
    override fun close()
}
