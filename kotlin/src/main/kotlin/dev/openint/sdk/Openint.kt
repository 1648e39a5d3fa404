package dev.openint.sdk

import dev.openint.sdk.internal.Bridge
import dev.openint.sdk.internal.over
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Duration

/**
 * A client of the OpenInt API for coroutines.
 *
 * Its calls suspend and never block the caller's dispatcher. A cancelled coroutine goes on at once,
 * and the request in flight is ended. One client serves any number of coroutines and threads;
 * [close] it when it is no longer needed.
 *
 * ```
 * val connection = Openint().use {
 *     it.createConnection("ccfg_", "customer_id", ConnectorData("dummy-oauth2", settings))
 * }
 * ```
 *
 * [OpenintBlocking] is the same for scripts and for Java.
 */
public class Openint private constructor(
    private val bridge: Bridge,
    private val defaults: RequestOptions?,
) : AutoCloseable {
    /**
     * A client with [options].
     *
     * @throws InvalidInputException when one of them cannot be used
     */
    public constructor(options: OpenintOptions) : this(Bridge(options), null)

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
     * Creates a connection of a customer to another service.
     *
     * Creating is not idempotent, so a failure is repeated only where the server cannot have
     * carried the call out; [OpenintException.mayHaveBeenApplied] says where nobody can know.
     *
     * @param connectorConfigId the connector config, `ccfg_…`
     * @param customerId your own id of the customer; one that OpenInt has not seen is created
     * @param data the connector and its settings
     * @param metadata JSON of yours that is kept with the connection
     * @param checkConnection whether the server tries the credentials at once; a failed check does
     *   not fail the call: look at [Connection.status]
     * @param options options of this call
     * @throws OpenintException when it fails
     */
    public suspend fun createConnection(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject? = null,
        checkConnection: Boolean? = null,
        options: RequestOptions? = null,
    ): Connection =
        createConnectionWithResponse(connectorConfigId, customerId, data, metadata, checkConnection, options).value

    /**
     * As [createConnection], with status, headers and body next to the connection.
     *
     * @throws OpenintException when it fails
     */
    public suspend fun createConnectionWithResponse(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject? = null,
        checkConnection: Boolean? = null,
        options: RequestOptions? = null,
    ): ApiResponse<Connection> =
        bridge.createConnection(
            connectorConfigId,
            customerId,
            data,
            metadata,
            checkConnection,
            options.over(defaults),
        )

    /**
     * Sends a request to a route that has no method here yet.
     *
     * Retries, errors and limits are the same as for every method. An answer without content (204)
     * reads as `JsonNull`.
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
        bridge.request(method, path, pathParams, query, body, repeatSafe, options.over(defaults))

    /**
     * This client with other options for its calls, in front of the same pool of connections.
     * Closing either closes both.
     */
    public fun withOptions(options: RequestOptions): Openint = Openint(bridge, options.over(defaults))

    /**
     * Ends the use of this client. Calls under way run to their end; later ones throw
     * [IllegalStateException]. Closing twice does no harm.
     */
    override fun close(): Unit = bridge.close()

    override fun toString(): String = "Openint(${bridge.description})"
}
