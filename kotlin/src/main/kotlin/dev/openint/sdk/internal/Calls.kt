package dev.openint.sdk.internal

import dev.openint.sdk.ApiResponse
import dev.openint.sdk.RequestOptions
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonElement

/** What both clients share: the bridge, the options of their calls, and who looks at the answers. */
internal class Calls(
    private val bridge: Bridge,
    private val defaults: RequestOptions? = null,
    private val answer: Answer? = null,
) : AutoCloseable by bridge {
    val description: String get() = bridge.description

    fun with(options: RequestOptions) = Calls(bridge, options.over(defaults), answer)

    fun seenBy(answer: Answer) = Calls(bridge, defaults, answer)

    suspend fun <T> call(operation: Operation<T>, options: RequestOptions?): T =
        bridge.call(operation, options.over(defaults)).seen().value

    fun <T> callBlocking(operation: Operation<T>, options: RequestOptions?): T =
        bridge.callBlocking(operation, options.over(defaults)).seen().value

    suspend fun send(route: RouteRequest, options: RequestOptions?): ApiResponse<JsonElement> =
        bridge.send(route, options.over(defaults)).seen()

    fun sendBlocking(route: RouteRequest, options: RequestOptions?): ApiResponse<JsonElement> =
        bridge.sendBlocking(route, options.over(defaults)).seen()

    fun <T> flow(listing: Listing<T>, options: RequestOptions?): Flow<T> =
        flow {
            bridge.pages(listing, options.over(defaults)).use { pages ->
                while (true) {
                    val rows = pages.next() ?: break
                    for (row in rows) emit(row)
                }
            }
        }

    fun <T> sequence(listing: Listing<T>, options: RequestOptions?): Sequence<T> =
        sequence {
            bridge.pages(listing, options.over(defaults)).use { pages ->
                while (true) yieldAll(pages.nextBlocking() ?: break)
            }
        }

    private fun <T> ApiResponse<T>.seen() = also { answer?.last = it }
}

/** The last answer to a client. */
internal class Answer {
    @Volatile
    var last: ApiResponse<*>? = null

    fun <T> with(value: T): ApiResponse<T> {
        val seen = checkNotNull(last) { "no call was made with the client that was handed over" }
        return ApiResponse(value, seen.statusCode, seen.headers, seen.attempts, seen.body)
    }
}
