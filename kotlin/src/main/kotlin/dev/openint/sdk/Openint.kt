package dev.openint.sdk

import dev.openint.sdk.internal.Calls
import dev.openint.sdk.internal.ProvidesKey
import dev.openint.sdk.internal.read
import dev.openint.sdk.internal.route
import dev.openint.sdk.internal.toPage
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Duration
import java.time.Instant

/**
 * A client of the OpenInt API for coroutines.
 *
 * Its calls suspend and never block the caller's dispatcher. A cancelled coroutine goes on at once,
 * and the request in flight is ended. One client serves any number of coroutines and threads;
 * [close] it when it is no longer needed.
 *
 * ```
 * Openint().use { client ->
 *     val settings = buildJsonObject { putJsonObject("oauth") {} }
 *     val connection = client.createConnection("ccfg_", "customer_id", ConnectorData("dummy-oauth2", settings))
 *     println(connection.id)
 * }
 * ```
 *
 * [OpenintBlocking] is the same for scripts and for Java.
 */
public class Openint private constructor(
    private val calls: Calls,
) : AutoCloseable {
    /**
     * A client with [options].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
    public constructor(options: OpenintOptions) : this(Calls(options))

    /**
     * A client with [options], whose key is given by [apiKeyProvider]: for keys that run out, such as
     * a customer's token inside an app. See [OpenintOptions.apiKeyProvider].
     *
     * ```
     * val asCustomer = Openint(OpenintOptions(baseUrl = baseUrl)) { fetchToken() }
     * ```
     *
     * @throws InvalidInputException when an option cannot be used
     */
    public constructor(options: OpenintOptions, apiKeyProvider: suspend () -> String) :
        this(Calls(options) { runBlocking(ProvidesKey) { apiKeyProvider() } })

    /**
     * A client with the key in `OPENINT_API_KEY`, and in front of the URL in `OPENINT_BASE_URL`
     * where that is set; the arguments are those of [OpenintOptions].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
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
     * OAuth2 flow of your own or an API key.
     *
     * The API does not recognise a repetition: calling it twice makes two connections, unless an
     * [idempotencyKey] says that they are one. Without a key it is tried again only when the server
     * cannot have created the first (no connection, 429, or 503 with `Retry-After`);
     * [OpenintException.mayHaveBeenApplied] says where nobody can know.
     *
     * An idempotency key is kept in the connection's metadata, in the field
     * `openint_idempotency_key`, and looked up there by customer and connector config: before the
     * first attempt, which costs a request of its own, and again after each attempt of unknown
     * effect (a timeout, a lost connection, a 5xx). A connection that is there is returned as it
     * is, whatever the other parameters say; if there are several, it is the oldest, and
     * [Connection.duplicates] names the others. A call deletes no connection but one that it made
     * itself, when it finds an older one of another program after that. The key is also sent as
     * `Idempotency-Key`, for servers that will honour it.
     *
     * `POST /connection`, operation `createConnection` of the OpenInt v1 API.
     *
     * ```
     * val credentials = OAuth2Credentials("gho_16C7e42F", refreshToken = "ghr_1B4a2e77", expiresIn = 28_800)
     * val connection = client.createConnection(
     *     connectorConfigId = "ccfg_github_sandbox",
     *     customerId = "customer_42",
     *     data = ConnectorData.oauth2("github", credentials),
     *     metadata = buildJsonObject { put("plan", "pro") },
     * )
     * println(connection.settings?.oauth2?.credentials?.expiresAt)
     * ```
     *
     * @param connectorConfigId the connector config, `ccfg_…`
     * @param customerId your own id of the customer; one that OpenInt has not seen is created
     * @param data the connector and its settings
     * @param metadata JSON of yours that is kept with the connection
     * @param checkConnection whether the server tries the credentials at once; a check that finds
     *   them bad does not fail the call: look at [Connection.status]
     * @param idempotencyKey makes repeating the call harmless: a text of yours, 1 to 255 visible
     *   ASCII characters, that no other connection of the customer to this connector config is
     *   created with
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun createConnection(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject? = null,
        checkConnection: Boolean? = null,
        idempotencyKey: String? = null,
        options: RequestOptions? = null,
    ): Connection =
        calls.call(options) {
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
     * Gets a connection.
     *
     * `GET /connection/{id}`, operation `getConnection` of the OpenInt v1 API.
     *
     * ```
     * val shown = client.getConnection(connection.id, includeSecrets = true, refreshPolicy = RefreshPolicy.None)
     * println("calling the service with a token: ${shown.settings?.accessToken != null}")
     * ```
     *
     * @param id the id, `conn_…`
     * @param includeSecrets whether settings are shown
     * @param refreshPolicy when credentials are renewed first; preset by the API:
     *   [RefreshPolicy.Auto]. Without [includeSecrets] it has no effect
     * @param expand what else comes along
     * @param options options of this call
     * @throws NotFoundException when there is none that the key may see
     * @throws OpenintException when it fails
     */
    public suspend fun getConnection(
        id: String,
        includeSecrets: Boolean = false,
        refreshPolicy: RefreshPolicy? = null,
        expand: List<ConnectionExpand>? = null,
        options: RequestOptions? = null,
    ): Connection =
        calls.call(options) {
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
     * Lists connections, those that changed last first. [connections] reads all pages.
     *
     * `GET /connection`, operation `listConnections` of the OpenInt v1 API.
     *
     * ```
     * val page = client.listConnections(customerId = "customer_42", connectorNames = listOf("github"), limit = 10)
     * println("${page.items.size} on this page")
     * ```
     *
     * @param customerId only those of this customer
     * @param connectorConfigId only those of this connector config, `ccfg_…`
     * @param connectorNames only those to one of these connectors
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param includeSecrets whether settings are shown
     * @param refreshPolicy when credentials are renewed first; preset by the API:
     *   [RefreshPolicy.None]
     * @param expand what else comes along
     * @param limit the most rows of the page, at most 3,000; 50 where the API decides
     * @param offset the rows to leave out at the beginning
     * @param options options of this call
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    public suspend fun listConnections(
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
        calls.call(options) {
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
     * All connections, those that changed last first.
     *
     * The list is read page by page while it is collected, from the beginning each time. Every row
     * that exists during the whole reading comes exactly once, also when rows are created, changed
     * and deleted meanwhile; otherwise the reading ends with an [ApiIncompleteException]. A failure
     * is the last thing that comes; what came before it stays good. To delete what a list gives,
     * collect it first.
     *
     * Memory holds one page, and 16 bytes of each row that came.
     *
     * ```
     * client.connections(customerId = "customer_42").collect { println("${it.id}: ${it.status}") }
     * ```
     *
     * @param customerId only those of this customer
     * @param connectorConfigId only those of this connector config, `ccfg_…`
     * @param connectorNames only those to one of these connectors
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param includeSecrets whether settings are shown
     * @param refreshPolicy when credentials are renewed first; preset by the API:
     *   [RefreshPolicy.None]
     * @param expand what else comes along
     * @param pageSize the rows that are asked for at once, at most 3,000; preset: 500
     * @param offset the rows to leave out at the beginning
     * @param options options of each of its calls
     */
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
    ): Flow<Connection> =
        calls.flow(options) {
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
     * Deletes a connection. A second time it is a [NotFoundException].
     *
     * `DELETE /connection/{id}`, operation `deleteConnection` of the OpenInt v1 API.
     *
     * ```
     * client.deleteConnection(connection.id)
     * ```
     *
     * @param id the id, `conn_…`
     * @param options options of this call
     * @throws NotFoundException when there is none that the key may see, which after a retry can
     *   mean that the first attempt deleted it
     * @throws OpenintException when it fails
     */
    public suspend fun deleteConnection(id: String, options: RequestOptions? = null): Deleted =
        calls.call(options) {
            deleteConnection(DeleteConnection(id), it)
        }

    /**
     * Tries a connection's credentials at the connected service. A failed check is a success of
     * this call: look at the status.
     *
     * `POST /connection/{id}/check`, operation `checkConnection` of the OpenInt v1 API.
     *
     * ```
     * if (client.checkConnection(connection.id).status != ConnectionStatus.Healthy) {
     *     println("ask the customer to connect again")
     * }
     * ```
     *
     * @param id the id, `conn_…`
     * @param options options of this call
     * @throws NotFoundException when there is none that the key may see
     * @throws OpenintException when it fails
     */
    public suspend fun checkConnection(id: String, options: RequestOptions? = null): ConnectionCheck =
        calls.call(options) {
            checkConnection(CheckConnection(id), it)
        }

    /**
     * Creates a connector config: a connector as your organisation uses it, with the client that it
     * signs in with.
     *
     * Calling it twice makes two, so it is tried again only when the server cannot have created the
     * first.
     *
     * **Give [config] for a connector that needs one** (plaid, teller, finch, merge and others).
     * Without it the API answers 500 and saves the config all the same, and from then on every list
     * of configs that holds it is a 500 too.
     *
     * `POST /connector-config`, operation `createConnectorConfig` of the OpenInt v1 API.
     *
     * ```
     * val config = client.createConnectorConfig(
     *     "github",
     *     displayName = "GitHub",
     *     config = buildJsonObject {
     *         putJsonObject("oauth") {
     *             put("client_id", "a")
     *             put("client_secret", "b")
     *         }
     *     },
     * )
     * ```
     *
     * @param connectorName the connector, such as `github`
     * @param displayName a name for people
     * @param disabled whether it is switched off
     * @param metadata JSON of yours that is kept with it
     * @param config what the connector needs of your organisation, such as `{"oauth":
     *   {"client_id": …, "client_secret": …}}`
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun createConnectorConfig(
        connectorName: String,
        displayName: String? = null,
        disabled: Boolean? = null,
        metadata: JsonObject? = null,
        config: JsonObject? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.call(options) {
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
     * Gets a connector config. Its [ConnectorConfig.config] holds secrets.
     *
     * `GET /connector-config/{id}`, operation `getConnectorConfig` of the OpenInt v1 API.
     *
     * ```
     * val described = client.getConnectorConfig(config.id, expand = listOf(ConnectorConfigExpand.Connector))
     * println(described.connector?.authType)
     * ```
     *
     * @param id the id, `ccfg_…`
     * @param expand what else comes along
     * @param options options of this call
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    public suspend fun getConnectorConfig(
        id: String,
        expand: List<ConnectorConfigExpand>? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.call(options) {
            getConnectorConfig(GetConnectorConfig(id = id, expand = expand), it)
        }

    /**
     * Lists connector configs. Each [ConnectorConfig.config] holds secrets. [connectorConfigs]
     * reads all pages.
     *
     * `GET /connector-config`, operation `listConnectorConfigs` of the OpenInt v1 API.
     *
     * ```
     * val configs = client.listConnectorConfigs(expand = listOf(ConnectorConfigExpand.ConnectionCount))
     * configs.items.forEach { println("${it.id}: ${it.connectionCount} connections") }
     * ```
     *
     * @param connectorNames only those of one of these connectors
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param expand what else comes along
     * @param limit the most rows of the page, at most 3,000; 50 where the API decides
     * @param offset the rows to leave out at the beginning
     * @param options options of this call
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    public suspend fun listConnectorConfigs(
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand>? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<ConnectorConfig> =
        calls.call(options) {
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
     * All connector configs. Read page by page as it is collected, as [connections] is.
     *
     * ```
     * println(client.connectorConfigs(connectorNames = listOf("github")).count())
     * ```
     *
     * @param connectorNames only those of one of these connectors
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param expand what else comes along
     * @param pageSize the rows that are asked for at once, at most 3,000; preset: 500
     * @param offset the rows to leave out at the beginning
     * @param options options of each of its calls
     */
    public fun connectorConfigs(
        connectorNames: List<String>? = null,
        searchQuery: String? = null,
        expand: List<ConnectorConfigExpand>? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Flow<ConnectorConfig> =
        calls.flow(options) {
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
     * a whole.
     *
     * `PUT /connector-config/{id}`, operation `updateConnectorConfig` of the OpenInt v1 API.
     *
     * ```
     * client.updateConnectorConfig(config.id, disabled = true)
     * ```
     *
     * @param id the id, `ccfg_…`
     * @param displayName a name for people
     * @param disabled whether it is switched off
     * @param config what the connector needs of your organisation
     * @param options options of this call
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    public suspend fun updateConnectorConfig(
        id: String,
        displayName: String? = null,
        disabled: Boolean? = null,
        config: JsonObject? = null,
        options: RequestOptions? = null,
    ): ConnectorConfig =
        calls.call(options) {
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
     * Deletes a connector config. One that has connections is a 500, which stays: delete them first.
     *
     * `DELETE /connector-config/{id}`, operation `deleteConnectorConfig` of the OpenInt v1 API.
     *
     * ```
     * client.deleteConnectorConfig(config.id)
     * ```
     *
     * @param id the id, `ccfg_…`
     * @param options options of this call
     * @throws NotFoundException when there is none
     * @throws OpenintException when it fails
     */
    public suspend fun deleteConnectorConfig(id: String, options: RequestOptions? = null): Deleted =
        calls.call(options) {
            deleteConnectorConfig(DeleteConnectorConfig(id), it)
        }

    /**
     * Lists the connectors that the API knows. [connectors] reads all pages.
     *
     * `GET /connector`, operation `listConnectors` of the OpenInt v1 API.
     *
     * ```
     * val first = client.listConnectors(expand = listOf(ConnectorExpand.Schemas), limit = 1).items.first()
     * println("${first.name}: ${first.schemas}")
     * ```
     *
     * @param expand what else comes along
     * @param limit the most rows of the page, at most 3,000; 50 where the API decides
     * @param offset the rows to leave out at the beginning
     * @param options options of this call
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    public suspend fun listConnectors(
        expand: List<ConnectorExpand>? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Connector> =
        calls.call(options) {
            listConnectors(ListConnectors(limit = limit, offset = offset, expand = expand), it).toPage()
        }

    /**
     * All connectors that the API knows. Read page by page as it is collected, as [connections] is.
     *
     * ```
     * client.connectors().collect { println("${it.name}: ${it.authType}") }
     * ```
     *
     * @param expand what else comes along
     * @param pageSize the rows that are asked for at once, at most 3,000; preset: 500
     * @param offset the rows to leave out at the beginning
     * @param options options of each of its calls
     */
    public fun connectors(
        expand: List<ConnectorExpand>? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Flow<Connector> =
        calls.flow(options) {
            read(ListConnectors(limit = pageSize, offset = offset, expand = expand))
        }

    /**
     * Says of every connector whether it is used and whether it works. The server speaks of one
     * fixed organisation of its own here, not of the key's.
     *
     * `GET /connector-status`, operation `connectorStatus` of the OpenInt v1 API.
     *
     * ```
     * val report = client.connectorStatus()
     * println("${report.list.count { it.hasConnection == true }} of ${report.list.size} are used")
     * ```
     *
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun connectorStatus(options: RequestOptions? = null): ConnectorStatusReport =
        calls.call(options) { connectorStatus(it) }

    /**
     * Creates a customer, or changes the one of that id.
     *
     * **It replaces the customer's metadata**: without any in the call, what was there is gone.
     *
     * `PUT /customer`, operation `upsertCustomer` of the OpenInt v1 API.
     *
     * ```
     * val customer = client.upsertCustomer("customer_42", metadata = buildJsonObject { put("plan", "pro") })
     * println(customer.metadata)
     * ```
     *
     * @param id your own id of the customer
     * @param metadata JSON of yours that is kept with the customer
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun upsertCustomer(
        id: String,
        metadata: JsonObject? = null,
        options: RequestOptions? = null,
    ): Customer =
        calls.call(options) {
            upsertCustomer(UpsertCustomer(id = id, metadata = metadata), it)
        }

    /**
     * Lists customers that have connections: one that is only named in [createConnection] is among
     * them, one that was only upserted is not. The API gives them in no order, so pages can repeat
     * and miss rows: [customers] reads all of them.
     *
     * `GET /customer`, operation `listCustomers` of the OpenInt v1 API.
     *
     * ```
     * println(client.listCustomers(searchQuery = "42").items.map { it.id })
     * ```
     *
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param limit the most rows of the page, at most 3,000; 50 where the API decides
     * @param offset the rows to leave out at the beginning
     * @param options options of this call
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    public suspend fun listCustomers(
        searchQuery: String? = null,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Customer> =
        calls.call(options) {
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
     * All customers. Read page by page as it is collected, as [connections] is.
     *
     * ```
     * client.customers().collect { println("${it.id}: ${it.connectionCount} connections") }
     * ```
     *
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param pageSize the rows that are asked for at once, at most 3,000; preset: 500
     * @param offset the rows to leave out at the beginning
     * @param options options of each of its calls
     */
    public fun customers(
        searchQuery: String? = null,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Flow<Customer> =
        calls.flow(options) {
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
     * which the customer connects services. A customer that OpenInt has not seen is created.
     *
     * **It wipes the customer's metadata.** The API does not decode the id in the path. Letters,
     * digits and `-._~@:+$=&,;()!*` go as they are; with any other character, such as a blank or `é`,
     * the token is that of another customer than the one in [createConnection], and with `'` it does
     * not work.
     *
     * A client for what the customer may do is made from the token, or from the API key that comes
     * with it: `Openint(apiKey = token.token.expose())`.
     *
     * `POST /customer/{customer_id}/token`, operation `createToken` of the OpenInt v1 API.
     *
     * ```
     * val connect = ConnectOptions(connectorNames = listOf("github"), view = ConnectView.Add)
     * val token = client.createCustomerToken("customer_42", validityInSeconds = 600, connectOptions = connect)
     * Openint(apiKey = token.token.expose(), baseUrl = baseUrl).use { asCustomer ->
     *     println(asCustomer.viewer().role)
     * }
     * ```
     *
     * @param customerId your own id of the customer
     * @param validityInSeconds how long the token is good for; preset by the API: 30 days
     * @param connectOptions what the page behind the link offers
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun createCustomerToken(
        customerId: String,
        validityInSeconds: Int? = null,
        connectOptions: ConnectOptions? = null,
        options: RequestOptions? = null,
    ): CustomerToken =
        calls.call(options) {
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
     * Lists what happened in the organisation, the newest first. [events] reads all pages.
     *
     * `GET /event`, operation `listEvents` of the OpenInt v1 API.
     *
     * ```
     * val today = client.listEvents(since = Instant.now().minus(Duration.ofDays(1)), limit = 10)
     * today.items.forEach { println("${it.timestamp} ${it.name}") }
     * ```
     *
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param since only those at or after this time
     * @param includePrompt asks for the prompts that led to events; the API was not seen to send any
     * @param limit the most rows of the page, at most 3,000; 50 where the API decides
     * @param offset the rows to leave out at the beginning
     * @param options options of this call
     * @throws InvalidInputException for a limit above 3,000
     * @throws OpenintException when it fails
     */
    public suspend fun listEvents(
        searchQuery: String? = null,
        since: Instant? = null,
        includePrompt: Boolean = false,
        limit: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Page<Event> =
        calls.call(options) {
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
     * All that happened in the organisation, the newest first. Read page by page as it is
     * collected, as [connections] is.
     *
     * ```
     * println(client.events(searchQuery = "deleted").take(3).toList())
     * ```
     *
     * @param searchQuery only those that this text finds; `%` and `_` are wildcards
     * @param since only those at or after this time
     * @param includePrompt asks for the prompts that led to events; the API was not seen to send any
     * @param pageSize the rows that are asked for at once, at most 3,000; preset: 500
     * @param offset the rows to leave out at the beginning
     * @param options options of each of its calls
     */
    public fun events(
        searchQuery: String? = null,
        since: Instant? = null,
        includePrompt: Boolean = false,
        pageSize: Int? = null,
        offset: Long = 0,
        options: RequestOptions? = null,
    ): Flow<Event> =
        calls.flow(options) {
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
     * Says who the key belongs to.
     *
     * `GET /viewer`, operation `viewer` of the OpenInt v1 API.
     *
     * ```
     * val viewer = client.viewer()
     * println("${viewer.role} of ${viewer.orgId}")
     * ```
     *
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun viewer(options: RequestOptions? = null): Viewer =
        calls.call(options) { viewer(it) }

    /**
     * Says whether the API is there.
     *
     * `GET /health`, operation `health` of the OpenInt v1 API.
     *
     * ```
     * check(client.health().ok)
     * ```
     *
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun health(options: RequestOptions? = null): Health =
        calls.call(options) { health(it) }

    /**
     * Sends any JSON object there and back, so that a connection is open when it is needed.
     *
     * `POST /health`, operation `healthEcho` of the OpenInt v1 API.
     *
     * ```
     * println(client.healthEcho(buildJsonObject { put("warm", 1) }))
     * ```
     *
     * @param body any JSON object
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun healthEcho(body: JsonObject, options: RequestOptions? = null): JsonElement =
        calls.call(options) {
            healthEcho(EchoHealth(body), it)
        }

    /**
     * Gets a text that explains a customer's connections to a language model. It holds an API key
     * of the customer.
     *
     * A customer that is only named in [createConnection] has no record of its own, so this is a 404
     * for it.
     *
     * `GET /ai/message_template`, operation `messageTemplate` of the OpenInt v1 API.
     *
     * ```
     * val template = client.messageTemplate("customer_42", language = TemplateLanguage.JavaScript).template.expose()
     * println("${template.length} characters")
     * ```
     *
     * @param customerId your own id of the customer
     * @param language the programming language of its examples
     * @param useEnvironmentVariables whether its examples take keys from the environment
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun messageTemplate(
        customerId: String,
        language: TemplateLanguage? = null,
        useEnvironmentVariables: Boolean = false,
        options: RequestOptions? = null,
    ): MessageTemplate =
        calls.call(options) {
            messageTemplate(
                GetMessageTemplate(
                    customerId = customerId,
                    language = language,
                    useEnvironmentVariables = useEnvironmentVariables,
                ),
                it,
            )
        }

    /**
     * Sends a request to a route that has no method here yet.
     *
     * Retries, errors and limits are the same as for every method. An answer without content (204)
     * reads as `JsonNull`.
     *
     * ```
     * val found = client.request(HttpMethod.GET, "/connection/{id}", pathParams = mapOf("id" to connection.id))
     * println(found.value)
     * ```
     *
     * @param method the HTTP method
     * @param path a template under the base URL, such as `/connection/{id}`
     * @param pathParams what its placeholders are filled with; values are escaped, so that an id
     *   can never change the route
     * @param query query parameters; a name may come twice
     * @param body the JSON body; writes without one send `{}`
     * @param repeatSafe whether carrying the request out twice is as good as once; preset: yes for
     *   `GET`, `PUT` and `DELETE`
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String> = emptyMap(),
        query: List<Pair<String, String>> = emptyList(),
        body: JsonElement? = null,
        repeatSafe: Boolean? = null,
        options: RequestOptions? = null,
    ): ApiResponse<JsonElement> =
        calls.withAnswer { calls ->
            calls.call(options) { request(route(method, path, pathParams, query, body, repeatSafe), it) }
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
    public suspend fun <T> withResponse(call: suspend (Openint) -> T): ApiResponse<T> =
        calls.withAnswer { call(Openint(it)) }

    /**
     * This client with other options for its calls, in front of the same pool of connections.
     * Closing either closes both.
     */
    public fun withOptions(options: RequestOptions): Openint = Openint(calls.with(options))

    /**
     * Ends the use of this client. Calls under way run to their end; later ones throw
     * [IllegalStateException]. Closing twice does no harm.
     */
    override fun close(): Unit = calls.close()

    /** The base URL, where one was given. */
    override fun toString(): String = "Openint(${calls.description})"
}
