package dev.openint.sdk

import dev.openint.sdk.internal.Bridge
import dev.openint.sdk.internal.over
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.time.Duration

/**
 * A client of the OpenInt API whose calls block the thread, for scripts and for Java.
 *
 * One client serves any number of threads; [close] it when it is no longer needed. A call ends
 * early by a [CancelToken] in its options, not by interrupting the thread. [Openint] is the same
 * for coroutines.
 */
public class OpenintBlocking private constructor(
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
     * Creates a connection of a customer to another service; see [Openint.createConnection].
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
        options: RequestOptions? = null,
    ): Connection =
        createConnectionWithResponse(connectorConfigId, customerId, data, metadata, checkConnection, options).value

    /**
     * As [createConnection], with status, headers and body next to the connection.
     *
     * @throws OpenintException when it fails
     */
    @JvmOverloads
    public fun createConnectionWithResponse(
        connectorConfigId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject? = null,
        checkConnection: Boolean? = null,
        options: RequestOptions? = null,
    ): ApiResponse<Connection> =
        bridge.createConnectionBlocking(
            connectorConfigId,
            customerId,
            data,
            metadata,
            checkConnection,
            options.over(defaults),
        )

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
        bridge.requestBlocking(method, path, pathParams, query, body, repeatSafe, options.over(defaults))

    /**
     * This client with other options for its calls, in front of the same pool of connections.
     * Closing either closes both.
     */
    public fun withOptions(options: RequestOptions): OpenintBlocking = OpenintBlocking(bridge, options.over(defaults))

    /**
     * Ends the use of this client. Calls under way run to their end; later ones throw
     * [IllegalStateException]. Closing twice does no harm.
     */
    override fun close(): Unit = bridge.close()

    override fun toString(): String = "OpenintBlocking(${bridge.description})"
}
