package dev.openint.sdk

import dev.openint.sdk.internal.Answer
import dev.openint.sdk.internal.Bridge
import dev.openint.sdk.internal.Calls
import dev.openint.sdk.internal.Operations
import dev.openint.sdk.internal.route
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Duration
import java.time.Instant

/**
 * A client of the OpenInt API whose calls block the thread, for scripts and for Java.
 *
 * One client serves any number of threads; [close] it when it is no longer needed. A call ends
 * early by a [CancelToken] in its options, not by interrupting the thread. [Openint] is the same
 * for coroutines, and says more of each method.
 *
 * ```
 * OpenintBlocking().use { client ->
 *     client.connections(customerId = "customer_42").forEach { println(it.id) }
 * }
 * ```
 */
public class OpenintBlocking private constructor(
    private val calls: Calls,
) : AutoCloseable {
    /**
     * A client with [options].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
    public constructor(options: OpenintOptions) : this(Calls(Bridge(options)))

    /**
     * A client with the key in `OPENINT_API_KEY`, and in front of the URL in `OPENINT_BASE_URL`
     * where that is set; the arguments are those of [OpenintOptions].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
    @JvmOverloads
    public constructor(
        apiKey: String? = null,
        baseUrl: String? = null,
        timeout: Duration? = null,
        connectTimeout: Duration? = null,
        maxRetries: Int? = null,
        defaultHeaders: Map<String, String> = emptyMap(),
    ) : this(OpenintOptions(apiKey, baseUrl, timeout, connectTimeout, maxRetries, defaultHeaders))

    /**
     * Creates a connection of a customer from credentials that you have, such as tokens of an
     * OAuth2 flow of your own or an API key. Calling it twice makes two, unless an [idempotencyKey]
     * says that they are one. See [Openint.createConnection].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun createConnection(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject? = null,
        checkConnection: Boolean? = null,
        idempotencyKey: String? = null,
        options: RequestOptions? = null,
    ): Connection =
        calls.callBlocking(
            Operations.createConnection(
                connectorConfigId,
                customerId,
                data,
                metadata,
                checkConnection,
                idempotencyKey,
            ),
            options,
        )

    /**
     * Gets a connection. See [Openint.getConnection].
     *
     * @throws NotFoundException when there is none that the key may see
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun getConnection(
        id: String,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand> = emptyList(),
        options: RequestOptions? = null,
    ): Connection = calls.callBlocking(Operations.getConnection(id, includeSecrets, refreshPolicy, expand), options)

    /**
     * Lists connections, those that changed last first. [connections] reads all pages. See
     * [Openint.listConnections].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listConnections(
        customerId: String? = null,
        connectorConfigId: String? = null,
        connectorNames: List<String> = emptyList(),
        searchQuery: String? = null,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand> = emptyList(),
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Connection> =
        calls.callBlocking(
            Operations.listConnections(
                customerId,
                connectorConfigId,
                connectorNames,
                searchQuery,
                includeSecrets,
                refreshPolicy,
                expand,
                limit,
                offset,
            ).page(),
            options,
        )

    /**
     * All connections, those that changed last first. Read page by page as it is iterated, from the
     * beginning each time; see [Openint.connections].
     */
    @JvmOverloads
    public fun connections(
        customerId: String? = null,
        connectorConfigId: String? = null,
        connectorNames: List<String> = emptyList(),
        searchQuery: String? = null,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand> = emptyList(),
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Sequence<Connection> =
        calls.sequence(
            Operations.listConnections(
                customerId,
                connectorConfigId,
                connectorNames,
                searchQuery,
                includeSecrets,
                refreshPolicy,
                expand,
                pageSize,
                offset,
            ),
            options,
        )

    /**
     * Deletes a connection. A second time it is a [NotFoundException]. See
     * [Openint.deleteConnection].
     *
     * @throws NotFoundException when there is none that the key may see, which after a retry can
     *   mean that the first attempt deleted it
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun deleteConnection(id: String, options: RequestOptions? = null): Deleted =
        calls.callBlocking(Operations.deleteConnection(id), options)

    /**
     * Tries a connection's credentials at the connected service. A failed check is a success of
     * this call: look at the status. See [Openint.checkConnection].
     *
     * @throws NotFoundException when there is none that the key may see
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun checkConnection(id: String, options: RequestOptions? = null): ConnectionCheck =
        calls.callBlocking(Operations.checkConnection(id), options)

    /**
     * Creates a connector config: a connector as your organisation uses it, with the client that it
     * signs in with. Calling it twice makes two. See [Openint.createConnectorConfig].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun createConnectorConfig(
        connectorName: String,
        displayName: String? = null,
        disabled: Boolean? = null,
        metadata: JsonObject? = null,
        config: JsonObject? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.callBlocking(
            Operations.createConnectorConfig(connectorName, displayName, disabled, metadata, config),
            options,
        )

    /**
     * Gets a connector config. Its [ConnectorConfig.config] holds secrets. See
     * [Openint.getConnectorConfig].
     *
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun getConnectorConfig(
        id: String,
        expand: List<ConnectorConfigExpand> = emptyList(),
        options: RequestOptions? = null,
    ): ConnectorConfig = calls.callBlocking(Operations.getConnectorConfig(id, expand), options)

    /**
     * Lists connector configs. Each [ConnectorConfig.config] holds secrets. [connectorConfigs]
     * reads all pages. See [Openint.listConnectorConfigs].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listConnectorConfigs(
        connectorNames: List<String> = emptyList(),
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand> = emptyList(),
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<ConnectorConfig> =
        calls.callBlocking(
            Operations.listConnectorConfigs(connectorNames, searchQuery, expand, limit, offset).page(),
            options,
        )

    /**
     * All connector configs. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun connectorConfigs(
        connectorNames: List<String> = emptyList(),
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand> = emptyList(),
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Sequence<ConnectorConfig> =
        calls.sequence(
            Operations.listConnectorConfigs(connectorNames, searchQuery, expand, pageSize, offset),
            options,
        )

    /**
     * Changes a connector config. What is `null` stays; [config], where it is given, is replaced as
     * a whole. See [Openint.updateConnectorConfig].
     *
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun updateConnectorConfig(
        id: String,
        displayName: String? = null,
        disabled: Boolean? = null,
        config: JsonObject? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.callBlocking(Operations.updateConnectorConfig(id, displayName, disabled, config), options)

    /**
     * Deletes a connector config. See [Openint.deleteConnectorConfig].
     *
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun deleteConnectorConfig(id: String, options: RequestOptions? = null): Deleted =
        calls.callBlocking(Operations.deleteConnectorConfig(id), options)

    /**
     * Lists the connectors that the API knows. [connectors] reads all pages. See
     * [Openint.listConnectors].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listConnectors(
        expand: List<ConnectorExpand> = emptyList(),
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Connector> = calls.callBlocking(Operations.listConnectors(expand, limit, offset).page(), options)

    /**
     * All connectors that the API knows. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun connectors(
        expand: List<ConnectorExpand> = emptyList(),
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Sequence<Connector> = calls.sequence(Operations.listConnectors(expand, pageSize, offset), options)

    /**
     * Says of every connector whether the organisation uses it and whether it works. See
     * [Openint.connectorStatus].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun connectorStatus(options: RequestOptions? = null): ConnectorStatusReport =
        calls.callBlocking(Operations.connectorStatus(), options)

    /**
     * Creates a customer, or changes the one of that id. **It replaces the customer's metadata**:
     * without any in the call, what was there is gone. See [Openint.upsertCustomer].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun upsertCustomer(
        id: String,
        metadata: JsonObject? = null,
        options: RequestOptions? = null,
    ): Customer = calls.callBlocking(Operations.upsertCustomer(id, metadata), options)

    /**
     * Lists customers. [customers] reads all pages. See [Openint.listCustomers].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listCustomers(
        searchQuery: String? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Customer> = calls.callBlocking(Operations.listCustomers(searchQuery, limit, offset).page(), options)

    /**
     * All customers. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun customers(
        searchQuery: String? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Sequence<Customer> = calls.sequence(Operations.listCustomers(searchQuery, pageSize, offset), options)

    /**
     * Makes a token for a customer, for use in a browser or an app, and a link with it to a page on
     * which the customer connects services. A customer that OpenInt has not seen is created. **It
     * wipes the customer's metadata.** See [Openint.createCustomerToken].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun createCustomerToken(
        customerId: String,
        validityInSeconds: Long? = null,
        connectOptions: ConnectOptions? = null,
        options: RequestOptions? = null,
    ): CustomerToken =
        calls.callBlocking(Operations.createCustomerToken(customerId, validityInSeconds, connectOptions), options)

    /**
     * Lists what happened in the organisation, the newest first. [events] reads all pages. See
     * [Openint.listEvents].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listEvents(
        searchQuery: String? = null,
        since: Instant? = null,
        includePrompt: Boolean = false,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Event> =
        calls.callBlocking(Operations.listEvents(searchQuery, since, includePrompt, limit, offset).page(), options)

    /**
     * All that happened in the organisation, the newest first. Read page by page as it is iterated,
     * as [connections] is.
     */
    @JvmOverloads
    public fun events(
        searchQuery: String? = null,
        since: Instant? = null,
        includePrompt: Boolean = false,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Sequence<Event> =
        calls.sequence(Operations.listEvents(searchQuery, since, includePrompt, pageSize, offset), options)

    /**
     * Says who the key belongs to. See [Openint.viewer].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun viewer(options: RequestOptions? = null): Viewer = calls.callBlocking(Operations.viewer(), options)

    /**
     * Says whether the API is there. See [Openint.health].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun health(options: RequestOptions? = null): Health = calls.callBlocking(Operations.health(), options)

    /**
     * Sends any JSON object there and back, so that a connection is open when it is needed. See
     * [Openint.healthEcho].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun healthEcho(body: JsonObject, options: RequestOptions? = null): JsonElement =
        calls.callBlocking(Operations.healthEcho(body), options)

    /**
     * Gets a text that explains a customer's connections to a language model. It holds an API key
     * of the customer. **The API forgets the customer's metadata** when it is asked for it. See
     * [Openint.messageTemplate].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun messageTemplate(
        customerId: String,
        language: TemplateLanguage? = null,
        useEnvironmentVariables: Boolean = false,
        options: RequestOptions? = null,
    ): MessageTemplate =
        calls.callBlocking(Operations.messageTemplate(customerId, language, useEnvironmentVariables), options)

    /**
     * Sends a request to a route that has no method here yet; see [Openint.request].
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String> = emptyMap(),
        query: List<Pair<String, String>> = emptyList(),
        body: JsonElement? = null,
        repeatSafe: Boolean? = null,
        options: RequestOptions? = null,
    ): ApiResponse<JsonElement> =
        calls.sendBlocking(route(method, path, pathParams, query, body, repeatSafe), options)

    /**
     * Makes a call and gives its answer's status, headers and body next to its result.
     *
     * ```
     * val response = client.withResponse { it.viewer() }
     * println("${response.statusCode} ${response.header("content-type")}: ${response.value.role}")
     * ```
     *
     * @param call a call with the client that it is given; of several the last one counts
     * @throws IllegalStateException when [call] makes none
     */
    public fun <T> withResponse(call: (OpenintBlocking) -> T): ApiResponse<T> {
        val answer = Answer()
        return answer.with(call(OpenintBlocking(calls.seenBy(answer))))
    }

    /**
     * This client with other options for its calls, in front of the same pool of connections.
     * Closing either closes both.
     */
    public fun withOptions(options: RequestOptions): OpenintBlocking = OpenintBlocking(calls.with(options))

    /**
     * Ends the use of this client. Calls under way run to their end; later ones throw
     * [IllegalStateException]. Closing twice does no harm.
     */
    override fun close(): Unit = calls.close()

    /** The base URL, where one was given. */
    override fun toString(): String = "OpenintBlocking(${calls.description})"
}
