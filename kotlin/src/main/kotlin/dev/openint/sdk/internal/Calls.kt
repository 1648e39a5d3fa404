package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiKeyAnswer
import dev.openint.sdk.ApiKeyException
import dev.openint.sdk.ApiKeyProvider
import dev.openint.sdk.ApiResponse
import dev.openint.sdk.CallOptions
import dev.openint.sdk.Interrupts
import dev.openint.sdk.NativeAnswer
import dev.openint.sdk.NativeClient
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RawAnswer
import dev.openint.sdk.RequestOptions
import dev.openint.sdk.Rows
import dev.openint.sdk.Secret
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import java.time.Duration
import java.util.function.Supplier

private val TIMEOUT = Duration.ofSeconds(60)

private val TOTAL_TIMEOUT = Duration.ofMinutes(5)

/** Parts that both clients share: the native client, the options of their calls, and who looks at the answers. */
internal class Calls private constructor(
    private val client: NativeClient,
    private val limits: Limits,
    private val baseUrl: String?,
    private val defaults: RequestOptions?,
    private val answers: Answers?,
) : AutoCloseable {
    constructor(options: OpenintOptions, apiKeys: Supplier<String>? = options.apiKeyProvider) : this(
        guarded {
            NativeClient.withCallbacks(
                options.toNative(),
                ThreadInterrupts,
                apiKeys?.let(::Keys),
                options.observer?.let(::Observing),
            )
        },
        options.limits(),
        options.baseUrl,
        null,
        null,
    )

    val description: String get() = if (baseUrl == null) "" else "baseUrl=${withoutUser(baseUrl)}"

    fun with(options: RequestOptions) = Calls(client, limits, baseUrl, options.over(defaults), answers)

    /** Makes a call, and gives its answer as it came next to its result. */
    inline fun <T> withAnswer(call: (Calls) -> T): ApiResponse<T> {
        val seen = Answers(answers)
        val value = call(Calls(client, limits, baseUrl, defaults, seen))
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
        val limits = limits.over(options)
        val native = options.toNative()
        return suspending(options?.cancel, limits.least) { token, waited ->
            val left = if (waited.isZero) native else limits.after(waited, native)
            seen { answer -> call(left.copy(cancel = token, answer = answer)) }
        }
    }

    private fun <T> blocked(options: RequestOptions?, call: (CallOptions) -> T): T {
        val native = options.toNative()
        if (Thread.currentThread().isInterrupted) throw ApiCancelledException("cancelled: interrupted", 0, false)
        return try {
            seen { answer ->
                when (val cancel = options?.cancel) {
                    null -> call(if (answer == null) native else native.copy(answer = answer))
                    else ->
                        Ending().use { ending ->
                            cancel.onCancel(ending::fire).use {
                                call(native.copy(cancel = ending.token, answer = answer))
                            }
                        }
                }
            }
        } catch (error: ApiKeyException) {
            // An interrupt while the provider waited is one of the call.
            if (!Thread.currentThread().isInterrupted) throw error
            throw ApiCancelledException("cancelled: interrupted", error.attempts, error.mayHaveBeenApplied)
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

/** The time that a call may take. */
internal class Limits(
    private val timeout: Duration,
    private val total: Duration,
) {
    val least: Duration get() = minOf(timeout, total)

    fun over(options: RequestOptions?) =
        if (options == null) this else Limits(options.timeout ?: timeout, options.totalTimeout ?: total)

    /** The options of a call that has waited. */
    fun after(waited: Duration, options: CallOptions): CallOptions {
        fun left(limit: Duration) = limit.minus(waited).milliseconds().coerceAtLeast(1)
        return options.copy(timeoutMs = left(timeout), totalTimeoutMs = left(total))
    }
}

private fun OpenintOptions.limits() = Limits(timeout ?: TIMEOUT, totalTimeout ?: TOTAL_TIMEOUT)

private class Keys(
    private val provider: Supplier<String>,
) : ApiKeyProvider {
    /** Whatever goes wrong is an answer: what is thrown into the native library is a defect there. */
    override fun apiKey(): ApiKeyAnswer =
        try {
            val key: String? = provider.get()
            checkText("api_key", key)
            if (key == null) ApiKeyAnswer.Failed("the provider returned null") else ApiKeyAnswer.Key(Secret(key))
        } catch (error: Throwable) {
            if (error is InterruptedException) Thread.currentThread().interrupt()
            val reason = error.message ?: error.javaClass.name
            ApiKeyAnswer.Failed(reason.toByteArray().decodeToString())
        }
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
