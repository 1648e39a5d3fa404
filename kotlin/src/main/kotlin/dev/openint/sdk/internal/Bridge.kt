package dev.openint.sdk.internal

import dev.openint.sdk.ApiResponse
import dev.openint.sdk.ApiResponseValidationException
import dev.openint.sdk.CancelToken
import dev.openint.sdk.Connection
import dev.openint.sdk.ConnectorData
import dev.openint.sdk.HttpMethod
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RequestOptions
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.util.concurrent.atomic.AtomicBoolean

/** What both clients share: one native client, and the way there and back. */
internal class Bridge(
    options: OpenintOptions,
) : AutoCloseable {
    private val closed = AtomicBoolean()
    private val native = loaded { translated(false) { NativeClient(options.toNative()) } }

    val description: String = if (options.baseUrl == null) "" else "baseUrl=${withoutUser(options.baseUrl)}"

    suspend fun createConnection(
        configId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        check: Boolean?,
        options: RequestOptions?,
    ): ApiResponse<Connection> {
        val new = newConnection(configId, customerId, data, metadata, check)
        return call(true, options) { native, token -> native.createConnection(new, options.toNative(), token) }
            .toResponse(true) { Connection(it as JsonObject) }
    }

    fun createConnectionBlocking(
        configId: String,
        customerId: String,
        data: ConnectorData,
        metadata: JsonObject?,
        check: Boolean?,
        options: RequestOptions?,
    ): ApiResponse<Connection> {
        val new = newConnection(configId, customerId, data, metadata, check)
        return call(true, options) { native, token -> native.createConnectionBlocking(new, options.toNative(), token) }
            .toResponse(true) { Connection(it as JsonObject) }
    }

    suspend fun request(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String>,
        query: List<Pair<String, String>>,
        body: JsonElement?,
        repeatSafe: Boolean?,
        options: RequestOptions?,
    ): ApiResponse<JsonElement> {
        val route = route(method, path, pathParams, query, body, repeatSafe)
        val isWrite = method != HttpMethod.GET
        return call(isWrite, options) { native, token -> native.send(route, options.toNative(), token) }
            .toResponse(isWrite) { it }
    }

    fun requestBlocking(
        method: HttpMethod,
        path: String,
        pathParams: Map<String, String>,
        query: List<Pair<String, String>>,
        body: JsonElement?,
        repeatSafe: Boolean?,
        options: RequestOptions?,
    ): ApiResponse<JsonElement> {
        val route = route(method, path, pathParams, query, body, repeatSafe)
        val isWrite = method != HttpMethod.GET
        return call(isWrite, options) { native, token -> native.sendBlocking(route, options.toNative(), token) }
            .toResponse(isWrite) { it }
    }

    override fun close() {
        if (closed.compareAndSet(false, true)) {
            native.shutDown()
            native.close()
        }
    }

    /** Dropping the native future ends its request, so a coroutine's own cancellation needs no token. */
    private inline fun <T> call(
        isWrite: Boolean,
        options: RequestOptions?,
        call: (NativeClient, NativeCancelToken?) -> T,
    ): T {
        if (closed.get()) throw IllegalStateException(CLOSED)
        return try {
            translated(isWrite) { withToken(options?.cancel) { call(native, it) } }
        } catch (error: IllegalStateException) {
            // Closed while the call was on its way in: the generated code has words of its own.
            throw if (closed.get() && error !is kotlin.coroutines.cancellation.CancellationException) {
                IllegalStateException(CLOSED)
            } else {
                error
            }
        }
    }

    private companion object {
        const val CLOSED = "the client is closed"
    }
}

private inline fun <T> withToken(cancel: CancelToken?, call: (NativeCancelToken?) -> T): T {
    if (cancel == null) return call(null)
    return NativeCancelToken().use { token ->
        cancel.onCancel { token.cancel() }.use { call(token) }
    }
}

/** The first use of the library finds out whether there is one for this system. */
private inline fun <T> loaded(first: () -> T): T =
    try {
        first()
    } catch (error: UnsatisfiedLinkError) {
        val system = "${System.getProperty("os.name")} on ${System.getProperty("os.arch")}"
        throw UnsatisfiedLinkError("openint-sdk has no native library for $system: ${error.message}")
    }

private fun withoutUser(url: String) = url.replace(Regex("//[^/@]*@"), "//").substringBefore('?')

private fun <T> NativeResponse.toResponse(isWrite: Boolean, read: (JsonElement) -> T): ApiResponse<T> {
    val value =
        try {
            read(Json.parseToJsonElement(json))
        } catch (_: SerializationException) {
            // The text was parsed before it came here, so this is a difference between two parsers.
            val message = "the answer could not be read: it is not JSON that this platform takes"
            throw ApiResponseValidationException(message, attempts, isWrite, false, "")
        }
    val headers = headers.groupBy({ it.name }, { it.value })
    return ApiResponse(value, status, headers, attempts, json)
}
