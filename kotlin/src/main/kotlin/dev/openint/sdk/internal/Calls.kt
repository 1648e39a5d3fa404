package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiResponse
import dev.openint.sdk.CallOptions
import dev.openint.sdk.Interrupts
import dev.openint.sdk.NativeAnswer
import dev.openint.sdk.NativeCancelToken
import dev.openint.sdk.NativeClient
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RawAnswer
import dev.openint.sdk.RequestOptions
import dev.openint.sdk.Rows
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.time.Duration

private val TIMEOUT = Duration.ofSeconds(60)

/** What both clients share: the native client, the options of their calls, and who looks at the answers. */
internal class Calls private constructor(
    private val client: NativeClient,
    private val timeout: Duration,
    private val baseUrl: String?,
    private val defaults: RequestOptions?,
    private val answers: Answers?,
) : AutoCloseable {
    constructor(options: OpenintOptions) : this(
        guarded { NativeClient.withInterrupts(options.toNative(), ThreadInterrupts) },
        options.timeout ?: TIMEOUT,
        options.baseUrl,
        null,
        null,
    )

    val description: String get() = if (baseUrl == null) "" else "baseUrl=${withoutUser(baseUrl)}"

    fun with(options: RequestOptions) = Calls(client, timeout, baseUrl, options.over(defaults), answers)

    /** Makes a call, and gives its answer as it came next to its result. */
    inline fun <T> withAnswer(call: (Calls) -> T): ApiResponse<T> {
        val seen = Answers(answers)
        val value = call(Calls(client, timeout, baseUrl, defaults, seen))
        return ApiResponse(value, checkNotNull(seen.last) { "no call was made with the client that was handed over" })
    }

    suspend fun <T> call(options: RequestOptions?, call: NativeClient.(CallOptions) -> T): T =
        suspended(options.over(defaults)) { client.call(it) }

    fun <T> callBlocking(options: RequestOptions?, call: NativeClient.(CallOptions) -> T): T =
        blocked(options.over(defaults)) { client.call(it) }

    fun <T> flow(options: RequestOptions?, open: NativeClient.() -> Reader<T>): Flow<T> =
        flow {
            val all = options.over(defaults)
            guarded { client.open() }.use { reader ->
                while (true) {
                    val rows = suspended(all, reader.next) ?: break
                    for (row in rows) emit(row)
                }
            }
        }

    fun <T> rows(options: RequestOptions?, open: NativeClient.() -> Reader<T>): Rows<T> =
        Rows(
            Iterable {
                iterator {
                    val all = options.over(defaults)
                    guarded { client.open() }.use { reader ->
                        while (true) yieldAll(blocked(all, reader.next) ?: break)
                    }
                }
            },
        )

    private suspend fun <T> suspended(options: RequestOptions?, call: (CallOptions) -> T): T {
        val limit = options?.timeout ?: timeout
        val native = options.toNative()
        return suspending(options?.cancel, limit) { token, waited ->
            val left = if (waited.isZero) native.timeoutMs else limit.minus(waited).milliseconds().coerceAtLeast(1)
            seen { answer -> call(native.copy(timeoutMs = left, cancel = token, answer = answer)) }
        }
    }

    private fun <T> blocked(options: RequestOptions?, call: (CallOptions) -> T): T {
        val native = options.toNative()
        if (Thread.currentThread().isInterrupted) throw ApiCancelledException("cancelled: interrupted", 0, false)
        return seen { answer ->
            when (val cancel = options?.cancel) {
                null -> call(if (answer == null) native else native.copy(answer = answer))
                else -> withToken(NativeCancelToken(), cancel) { call(native.copy(cancel = it, answer = answer)) }
            }
        }
    }

    /** Makes a call, and keeps its answer where somebody wants to see it. */
    private inline fun <T> seen(call: (NativeAnswer?) -> T): T =
        guarded {
            when (answers) {
                null -> call(null)
                else -> NativeAnswer().use { answer -> call(answer).also { answers.see(answer.take()) } }
            }
        }

    /** The native client is freed when nobody holds it; calls under way run to their end. */
    override fun close() = client.shutDown()
}

private object ThreadInterrupts : Interrupts {
    override fun isInterrupted(): Boolean = Thread.currentThread().isInterrupted
}

private fun withoutUser(url: String) = url.replace(Regex("//[^/@]*@"), "//").substringBefore('?')

/** A list while it is read. */
internal class Reader<out T>(
    val next: (CallOptions) -> List<T>?,
    private val pages: AutoCloseable,
) : AutoCloseable by pages

/** The last answer to a client, which [outer] sees too. */
internal class Answers(
    private val outer: Answers?,
) {
    @Volatile
    var last: RawAnswer? = null
        private set

    fun see(answer: RawAnswer?) {
        last = answer
        outer?.see(answer)
    }
}
