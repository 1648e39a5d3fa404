package dev.openint.sdk.internal

import dev.openint.sdk.ApiResponse
import dev.openint.sdk.ApiResponseValidationException
import dev.openint.sdk.CancelToken
import dev.openint.sdk.HttpMethod
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RequestOptions
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.coroutines.cancellation.CancellationException

/** One native client, and the way there and back. */
internal class Bridge(
    options: OpenintOptions,
) : AutoCloseable {
    private val closed = AtomicBoolean()
    private val native = loaded { translated(false) { NativeClient(options.toNative()) } }
    private val number = native.number().toLong()

    @Volatile
    private var lastUse = 0

    val description: String = if (options.baseUrl == null) "" else "baseUrl=${withoutUser(options.baseUrl)}"

    suspend fun <T> call(operation: Operation<T>, options: RequestOptions?): ApiResponse<T> =
        call(operation.toNative(), operation.isWrite, options).toResponse(operation.isWrite, operation.read)

    fun <T> callBlocking(operation: Operation<T>, options: RequestOptions?): ApiResponse<T> =
        callBlocking(operation.toNative(), operation.isWrite, options).toResponse(operation.isWrite, operation.read)

    suspend fun send(route: RouteRequest, options: RequestOptions?): ApiResponse<JsonElement> =
        call(NativeRequest.Route(route), route.isWrite, options).toResponse(route.isWrite) { it }

    fun sendBlocking(route: RouteRequest, options: RequestOptions?): ApiResponse<JsonElement> =
        callBlocking(NativeRequest.Route(route), route.isWrite, options).toResponse(route.isWrite) { it }

    private suspend fun call(request: NativeRequest, isWrite: Boolean, options: RequestOptions?): NativeResponse {
        val native = options.toNative()
        return guarded(isWrite) { suspending(options) { token -> NativeCalls.call(number, token, request, native) } }
    }

    private fun callBlocking(request: NativeRequest, isWrite: Boolean, options: RequestOptions?): NativeResponse {
        val native = options.toNative()
        return guarded(isWrite) { withToken(options) { token -> NativeCalls.call(number, token, request, native) } }
    }

    fun <T> pages(listing: Listing<T>, options: RequestOptions?): Pages<T> {
        val params = listing.pages().toText()
        return Pages(guarded(false) { native.pages(listing.name, params, options.toNative()) }, options, listing.row)
    }

    /** A list while it is read. */
    inner class Pages<out T>(
        private val native: NativePages,
        private val options: RequestOptions?,
        private val row: (JsonObject) -> T,
    ) : AutoCloseable by native {
        private val number = native.number().toLong()

        suspend fun next(): Sequence<T>? {
            val page = guarded(false) { suspending(options) { NativeCalls.nextPage(number, it) } }
            return page?.rows()
        }

        fun nextBlocking(): Sequence<T>? {
            val page = guarded(false) { withToken(options) { NativeCalls.nextPage(number, it) } }
            return page?.rows()
        }

        private fun String.rows() =
            parsed(this, 0, false) { it as JsonArray }.asSequence().map { row(it as JsonObject) }
    }

    override fun close() {
        if (closed.compareAndSet(false, true)) {
            native.shutDown()
            native.close()
        }
    }

    /** A call that reaches a closed client ends in words that the generated code does not have. */
    private inline fun <T> guarded(isWrite: Boolean, call: () -> T): T {
        if (closed.get()) throw IllegalStateException(CLOSED)
        return try {
            translated(isWrite, call)
        } catch (error: IllegalStateException) {
            throw if (closed.get() && error !is CancellationException) IllegalStateException(CLOSED) else error
        } finally {
            // The library knows the client by its number, for as long as this is not collected: what is written after
            // the call cannot be before it. Android has `reachabilityFence` from API 28 on.
            lastUse = 1
        }
    }

    private companion object {
        const val CLOSED = "the client is closed"
    }
}

private fun Operation<*>.toNative() = NativeRequest.Operation(name, params.toText())

private val RouteRequest.isWrite: Boolean get() = method != HttpMethod.GET.name

private inline fun <T> withToken(options: RequestOptions?, call: (Long) -> T): T {
    val cancel: CancelToken = options?.cancel ?: return call(NO_TOKEN)
    return Ending().use { ending -> cancel.onCancel(ending::fire).use { call(ending.token) } }
}

/**
 * Waits for a blocking [call] on another thread. A cancelled coroutine goes on at once, and the call ends by its token.
 *
 * The native library could do it with futures of its own, but those come back over a callback from a thread that the
 * JVM does not know, which takes as long as the call itself.
 */
private suspend fun <T> suspending(options: RequestOptions?, call: (Long) -> T): T =
    suspendCancellableCoroutine { continuation ->
        val ending = Ending()
        continuation.invokeOnCancellation { ending.fire() }
        WAITING.dispatch(continuation.context) {
            val outcome =
                runCatching {
                    ending.use { options?.cancel?.onCancel(ending::fire).use { call(ending.token) } }
                }
            continuation.resumeWith(outcome)
        }
    }

private const val NO_TOKEN = 0L

/** Threads that wait for the network, beside those that coroutines compute on. */
private val WAITING = Dispatchers.IO.limitedParallelism(MOST_WAITING)

private const val MOST_WAITING = 512

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
    val headers = headers.groupBy({ it.name }, { it.value })
    return ApiResponse(parsed(json, attempts, isWrite, read), status, headers, attempts, json)
}

/** The text was parsed before it came here, so a failure is a difference between two parsers. */
private inline fun <T> parsed(json: String, attempts: Int, isWrite: Boolean, read: (JsonElement) -> T): T =
    try {
        read(Json.parseToJsonElement(json))
    } catch (_: SerializationException) {
        val message = "the answer could not be read: it is not JSON that this platform takes"
        throw ApiResponseValidationException(message, attempts, isWrite, false, "")
    }
