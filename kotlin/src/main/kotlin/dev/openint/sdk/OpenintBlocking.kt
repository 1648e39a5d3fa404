package dev.openint.sdk

import dev.openint.sdk.internal.Calls
import dev.openint.sdk.internal.read
import dev.openint.sdk.internal.route
import dev.openint.sdk.internal.toPage
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Duration
import java.time.Instant

/**
 * A client of the OpenInt API whose calls block the thread, for scripts and for Java.
 *
 * One client serves any number of threads; [close] it when it is no longer needed. A call ends
 * early by a [CancelToken] in its options, or when its thread is interrupted: it throws an
 * [ApiCancelledException], and the thread stays interrupted. [Openint] is the same for coroutines,
 * and says more of each method.
 *
 * ```
 * OpenintBlocking().use { client ->
 *     client.connections(customerId = "customer_42").forEach { println(it.id) }
 * }
 * ```
 */
public class OpenintBlocking private constructor(
    private val calls: Calls,
) : OpenintClient {
    /**
     * A client with [options].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
    public constructor(options: OpenintOptions) : this(Calls(options))

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
        calls.callBlocking(options) {
            createConnection(
                CreateConnection(
                    connectorConfigId = connectorConfigId,
                    customerId = customerId,
                    data = data,
                    metadata = metadata,
                    checkConnection = checkConnection,
                    idempotencyKey = idempotencyKey,
                ),
                it,
            )
        }

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
        expand: List<ConnectionExpand>? = null,
        options: RequestOptions? = null,
    ): Connection =
        calls.callBlocking(options) {
            getConnection(
                GetConnection(
                    id = id,
                    includeSecrets = includeSecrets,
                    refreshPolicy = refreshPolicy,
                    expand = expand,
                ),
                it,
            )
        }

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
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand>? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Connection> =
        calls.callBlocking(options) {
            listConnections(
                ListConnections(
                    limit = limit,
                    offset = offset,
                    customerId = customerId,
                    connectorConfigId = connectorConfigId,
                    connectorNames = connectorNames,
                    searchQuery = searchQuery,
                    includeSecrets = includeSecrets,
                    refreshPolicy = refreshPolicy,
                    expand = expand,
                ),
                it,
            ).toPage()
        }

    /**
     * All connections, those that changed last first. Read page by page as it is iterated, from the
     * beginning each time; see [Openint.connections].
     */
    @JvmOverloads
    public fun connections(
        customerId: String? = null,
        connectorConfigId: String? = null,
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand>? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Rows<Connection> =
        calls.rows(options) {
            read(
                ListConnections(
                    limit = pageSize,
                    offset = offset,
                    customerId = customerId,
                    connectorConfigId = connectorConfigId,
                    connectorNames = connectorNames,
                    searchQuery = searchQuery,
                    includeSecrets = includeSecrets,
                    refreshPolicy = refreshPolicy,
                    expand = expand,
                ),
            )
        }

    /**
     * Deletes a connection. A second time it is a [NotFoundException]. See
     * [Openint.deleteConnection].
     *
     * @throws NotFoundException when there is none that the key may see, which after a retry can
     *   mean that the first attempt deleted it
     * @throws OpenintException when it fails
     */
    public fun deleteConnection(id: String, options: RequestOptions?): Deleted =
        calls.callBlocking(options) {
            deleteConnection(DeleteConnection(id), it)
        }

    /**
     * Tries a connection's credentials at the connected service. A failed check is a success of
     * this call: look at the status. See [Openint.checkConnection].
     *
     * @throws NotFoundException when there is none that the key may see
     * @throws OpenintException when it fails
     */
    public fun checkConnection(id: String, options: RequestOptions?): ConnectionCheck =
        calls.callBlocking(options) {
            checkConnection(CheckConnection(id), it)
        }

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
        calls.callBlocking(options) {
            createConnectorConfig(
                CreateConnectorConfig(
                    connectorName = connectorName,
                    displayName = displayName,
                    disabled = disabled,
                    metadata = metadata,
                    config = config?.let(::Settings),
                ),
                it,
            )
        }

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
        expand: List<ConnectorConfigExpand>? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.callBlocking(options) {
            getConnectorConfig(GetConnectorConfig(id = id, expand = expand), it)
        }

    /**
     * Lists connector configs. Each [ConnectorConfig.config] holds secrets. [connectorConfigs]
     * reads all pages. See [Openint.listConnectorConfigs].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listConnectorConfigs(
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand>? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<ConnectorConfig> =
        calls.callBlocking(options) {
            listConnectorConfigs(
                ListConnectorConfigs(
                    limit = limit,
                    offset = offset,
                    connectorNames = connectorNames,
                    searchQuery = searchQuery,
                    expand = expand,
                ),
                it,
            ).toPage()
        }

    /**
     * All connector configs. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun connectorConfigs(
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand>? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Rows<ConnectorConfig> =
        calls.rows(options) {
            read(
                ListConnectorConfigs(
                    limit = pageSize,
                    offset = offset,
                    connectorNames = connectorNames,
                    searchQuery = searchQuery,
                    expand = expand,
                ),
            )
        }

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
        calls.callBlocking(options) {
            updateConnectorConfig(
                UpdateConnectorConfig(
                    id = id,
                    displayName = displayName,
                    disabled = disabled,
                    config = config?.let(::Settings),
                ),
                it,
            )
        }

    /**
     * Deletes a connector config. See [Openint.deleteConnectorConfig].
     *
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    public fun deleteConnectorConfig(id: String, options: RequestOptions?): Deleted =
        calls.callBlocking(options) {
            deleteConnectorConfig(DeleteConnectorConfig(id), it)
        }

    /**
     * Lists the connectors that the API knows. [connectors] reads all pages. See
     * [Openint.listConnectors].
     *
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun listConnectors(
        expand: List<ConnectorExpand>? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Connector> =
        calls.callBlocking(options) {
            listConnectors(ListConnectors(limit = limit, offset = offset, expand = expand), it).toPage()
        }

    /**
     * All connectors that the API knows. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun connectors(
        expand: List<ConnectorExpand>? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Rows<Connector> =
        calls.rows(options) {
            read(ListConnectors(limit = pageSize, offset = offset, expand = expand))
        }

    /**
     * Says of every connector whether it is used and whether it works, in one fixed organisation of
     * the server's own. See [Openint.connectorStatus].
     *
     * @throws OpenintException when it fails
     */
    public fun connectorStatus(options: RequestOptions?): ConnectorStatusReport =
        calls.callBlocking(options) { connectorStatus(it) }

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
    ): Customer =
        calls.callBlocking(options) {
            upsertCustomer(UpsertCustomer(id = id, metadata = metadata), it)
        }

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
    ): Page<Customer> =
        calls.callBlocking(options) {
            listCustomers(
                ListCustomers(
                    limit = limit,
                    offset = offset,
                    searchQuery = searchQuery,
                ),
                it,
            ).toPage()
        }

    /**
     * All customers. Read page by page as it is iterated, as [connections] is.
     */
    @JvmOverloads
    public fun customers(
        searchQuery: String? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Rows<Customer> =
        calls.rows(options) {
            read(
                ListCustomers(
                    limit = pageSize,
                    offset = offset,
                    searchQuery = searchQuery,
                ),
            )
        }

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
        validityInSeconds: Int? = null,
        connectOptions: ConnectOptions? = null,
        options: RequestOptions? = null,
    ): CustomerToken =
        calls.callBlocking(options) {
            createCustomerToken(
                CreateCustomerToken(
                    customerId = customerId,
                    validityInSeconds = validityInSeconds,
                    connectOptions = connectOptions,
                ),
                it,
            )
        }

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
        calls.callBlocking(options) {
            listEvents(
                ListEvents(
                    limit = limit,
                    offset = offset,
                    searchQuery = searchQuery,
                    since = since?.let { Timestamp(it, "since") },
                    includePrompt = includePrompt,
                ),
                it,
            ).toPage()
        }

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
    ): Rows<Event> =
        calls.rows(options) {
            read(
                ListEvents(
                    limit = pageSize,
                    offset = offset,
                    searchQuery = searchQuery,
                    since = since?.let { Timestamp(it, "since") },
                    includePrompt = includePrompt,
                ),
            )
        }

    /**
     * Says who the key belongs to. See [Openint.viewer].
     *
     * @throws OpenintException when it fails
     */
    public fun viewer(options: RequestOptions?): Viewer =
        calls.callBlocking(options) { viewer(it) }

    /**
     * Says whether the API is there. See [Openint.health].
     *
     * @throws OpenintException when it fails
     */
    public fun health(options: RequestOptions?): Health =
        calls.callBlocking(options) { health(it) }

    /**
     * Sends any JSON object there and back, so that a connection is open when it is needed. See
     * [Openint.healthEcho].
     *
     * @throws OpenintException when it fails
     */
    public fun healthEcho(body: JsonObject, options: RequestOptions?): JsonElement =
        calls.callBlocking(options) {
            healthEcho(EchoHealth(body), it)
        }

    /**
     * Gets a text that explains a customer's connections to a language model. It holds an API key
     * of the customer. A customer that is only named in [createConnection] has no record of its own,
     * so this is a 404 for it. See [Openint.messageTemplate].
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
        calls.callBlocking(options) {
            messageTemplate(
                GetMessageTemplate(
                    customerId = customerId,
                    language = language,
                    useEnvironmentVariables = useEnvironmentVariables,
                ),
                it,
            )
        }

    override fun createConnection(params: CreateConnection): Connection =
        calls.callBlocking(null) { createConnection(params, it) }

    override fun getConnection(params: GetConnection): Connection =
        calls.callBlocking(null) { getConnection(params, it) }

    override fun listConnections(params: ListConnections): Page<Connection> =
        calls.callBlocking(null) { listConnections(params, it).toPage() }

    override fun connections(params: ListConnections): Rows<Connection> = calls.rows(null) { read(params) }

    override fun createConnectorConfig(params: CreateConnectorConfig): ConnectorConfig =
        calls.callBlocking(null) { createConnectorConfig(params, it) }

    override fun getConnectorConfig(params: GetConnectorConfig): ConnectorConfig =
        calls.callBlocking(null) { getConnectorConfig(params, it) }

    override fun listConnectorConfigs(params: ListConnectorConfigs): Page<ConnectorConfig> =
        calls.callBlocking(null) { listConnectorConfigs(params, it).toPage() }

    override fun connectorConfigs(params: ListConnectorConfigs): Rows<ConnectorConfig> = calls.rows(null) {
        read(params)
    }

    override fun updateConnectorConfig(params: UpdateConnectorConfig): ConnectorConfig =
        calls.callBlocking(null) { updateConnectorConfig(params, it) }

    override fun listConnectors(params: ListConnectors): Page<Connector> =
        calls.callBlocking(null) { listConnectors(params, it).toPage() }

    override fun connectors(params: ListConnectors): Rows<Connector> = calls.rows(null) { read(params) }

    override fun upsertCustomer(params: UpsertCustomer): Customer =
        calls.callBlocking(null) { upsertCustomer(params, it) }

    override fun listCustomers(params: ListCustomers): Page<Customer> =
        calls.callBlocking(null) { listCustomers(params, it).toPage() }

    override fun customers(params: ListCustomers): Rows<Customer> = calls.rows(null) { read(params) }

    override fun createCustomerToken(params: CreateCustomerToken): CustomerToken =
        calls.callBlocking(null) { createCustomerToken(params, it) }

    override fun listEvents(params: ListEvents): Page<Event> =
        calls.callBlocking(null) { listEvents(params, it).toPage() }

    override fun events(params: ListEvents): Rows<Event> = calls.rows(null) { read(params) }

    override fun messageTemplate(params: GetMessageTemplate): MessageTemplate =
        calls.callBlocking(null) { messageTemplate(params, it) }

    override fun deleteConnection(id: String): Deleted = deleteConnection(id, options = null)

    override fun checkConnection(id: String): ConnectionCheck = checkConnection(id, options = null)

    override fun deleteConnectorConfig(id: String): Deleted = deleteConnectorConfig(id, options = null)

    override fun healthEcho(body: JsonObject): JsonElement = healthEcho(body, options = null)

    override fun connectorStatus(): ConnectorStatusReport = connectorStatus(options = null)

    override fun viewer(): Viewer = viewer(options = null)

    override fun health(): Health = health(options = null)

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
        calls.withAnswer { calls ->
            calls.callBlocking(options) { request(route(method, path, pathParams, query, body, repeatSafe), it) }
        }

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
    public fun <T> withResponse(call: (OpenintBlocking) -> T): ApiResponse<T> =
        calls.withAnswer { call(OpenintBlocking(it)) }

    /**
     * This client with other options for its calls, in front of the same pool of connections.
     * Closing either closes both.
     */
    override fun withOptions(options: RequestOptions): OpenintBlocking = OpenintBlocking(calls.with(options))

    /**
     * Ends the use of this client. Calls under way run to their end; later ones throw
     * [IllegalStateException]. Closing twice does no harm.
     */
    override fun close(): Unit = calls.close()

    /** The base URL, where one was given. */
    override fun toString(): String = "OpenintBlocking(${calls.description})"
}
