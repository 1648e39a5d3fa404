package dev.openint.sdk

import kotlinx.serialization.json.JsonElement
import java.time.Duration

/**
 * Options of single calls. What is `null` is as the client has it.
 *
 * They are checked when a call is made: a header that cannot be one is an [InvalidInputException]
 * before a byte is sent.
 *
 * @property timeout the time that one attempt may take, from connecting to the last byte
 * @property connectTimeout the part of it that resolving the name, connecting and TLS may take
 * @property totalTimeout the time that all attempts and the waits between them may take
 * @property maxRetries the most repetitions of a call where repeating it is safe
 * @property extraHeaders headers in place of those of the same name that the client sends
 * @property extraQuery query parameters besides those of the method
 * @property extraBody top-level fields of the JSON body, in place of those of the same name
 * @property cancel ends the call from another thread
 */
public class RequestOptions
    @JvmOverloads
    constructor(
        public val timeout: Duration? = null,
        public val connectTimeout: Duration? = null,
        public val maxRetries: Int? = null,
        public val extraHeaders: Map<String, String> = emptyMap(),
        public val extraQuery: Map<String, String> = emptyMap(),
        public val extraBody: Map<String, JsonElement> = emptyMap(),
        public val cancel: CancelToken? = null,
        public val totalTimeout: Duration? = null,
    ) {
        /** Names without values: headers, parameters and fields can be secrets. */
        override fun toString(): String =
            "RequestOptions(timeout=$timeout, connectTimeout=$connectTimeout, totalTimeout=$totalTimeout, " +
                "maxRetries=$maxRetries, extraHeaders=${extraHeaders.keys}, extraQuery=${extraQuery.keys}, " +
                "extraBody=${extraBody.keys}, cancel=${cancel != null})"

        /** Options one by one, for Java. */
        public class Builder {
            private var timeout: Duration? = null
            private var connectTimeout: Duration? = null
            private var totalTimeout: Duration? = null
            private var maxRetries: Int? = null
            private val extraHeaders = LinkedHashMap<String, String>()
            private val extraQuery = LinkedHashMap<String, String>()
            private val extraBody = LinkedHashMap<String, JsonElement>()
            private var cancel: CancelToken? = null

            /** Sets [RequestOptions.timeout]. */
            public fun timeout(time: Duration): Builder = apply { timeout = time }

            /** Sets [RequestOptions.connectTimeout]. */
            public fun connectTimeout(time: Duration): Builder = apply { connectTimeout = time }

            /** Sets [RequestOptions.totalTimeout]. */
            public fun totalTimeout(time: Duration): Builder = apply { totalTimeout = time }

            /** Sets [RequestOptions.maxRetries]. */
            public fun maxRetries(retries: Int): Builder = apply { maxRetries = retries }

            /** Adds to [RequestOptions.extraHeaders]. */
            public fun extraHeader(name: String, value: String): Builder = apply { extraHeaders[name] = value }

            /** Adds to [RequestOptions.extraQuery]. */
            public fun extraQuery(name: String, value: String): Builder = apply { extraQuery[name] = value }

            /** Adds to [RequestOptions.extraBody]. */
            public fun extraBody(name: String, value: JsonElement): Builder = apply { extraBody[name] = value }

            /** Sets [RequestOptions.cancel]. */
            public fun cancel(token: CancelToken): Builder = apply { cancel = token }

            /** The options. */
            public fun build(): RequestOptions =
                RequestOptions(
                    timeout,
                    connectTimeout,
                    maxRetries,
                    extraHeaders.toMap(),
                    extraQuery.toMap(),
                    extraBody.toMap(),
                    cancel,
                    totalTimeout,
                )
        }

        /** Makes options. */
        public companion object {
            /** Options one by one, for Java. */
            @JvmStatic
            public fun builder(): Builder = Builder()
        }
    }
