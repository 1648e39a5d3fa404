package dev.openint.sdk

import java.nio.file.Path
import java.time.Duration
import java.util.function.Supplier

/**
 * Options of a client. Those that are `null` are left to the SDK.
 *
 * @property apiKey the organisation's API key, or a customer's token; `OPENINT_API_KEY` without it
 * @property baseUrl where the API is; `OPENINT_BASE_URL` without it, and without that
 *   `https://api.openint.dev/v1`
 * @property timeout the time that one attempt may take, from connecting to the last byte: 60 s
 * @property connectTimeout the part of it that resolving the name, connecting and TLS may take: 10 s
 * @property totalTimeout the time that all attempts and the waits between them may take: 5 minutes
 * @property maxRetries the most repetitions of a call where repeating it is safe: 2
 * @property defaultHeaders headers that every call sends
 * @property userAgent the `User-Agent`, in place of the SDK's own
 * @property proxy an HTTP proxy, such as `http://user:password@proxy.internal:3128`; without it
 *   those of the environment count, but never for a base URL on loopback
 * @property caBundle a PEM file with the certificate authorities to trust in place of the system's
 * @property maxResponseBytes the largest answer that is read, after decompression: 64 MiB
 * @property allowPlainHttp permits plain `http` beyond loopback, which shows the key and every
 *   secret to whoever is on the way
 * @property apiKeyProvider gives the key in place of [apiKey], for keys that run out, such as a
 *   customer's token inside an app. It is asked when the client has no key yet, and once more by a
 *   call that the API refuses with 401, which is then sent again; calls at the same time share one
 *   question. It runs on the thread of a call, whose limits do not end it; what it throws becomes
 *   an [ApiKeyException]. For a function that suspends, see [Openint]
 * @property observer watches every attempt of the client's calls
 */
public class OpenintOptions
    @JvmOverloads
    constructor(
        public val apiKey: String? = null,
        public val baseUrl: String? = null,
        public val timeout: Duration? = null,
        public val connectTimeout: Duration? = null,
        public val maxRetries: Int? = null,
        public val defaultHeaders: Map<String, String> = emptyMap(),
        public val userAgent: String? = null,
        public val proxy: String? = null,
        public val caBundle: Path? = null,
        public val maxResponseBytes: Long? = null,
        public val allowPlainHttp: Boolean = false,
        public val totalTimeout: Duration? = null,
        public val apiKeyProvider: Supplier<String>? = null,
        public val observer: CallObserver? = null,
    ) {
        /** Names without secrets. */
        override fun toString(): String =
            "OpenintOptions(apiKey=[redacted], timeout=$timeout, connectTimeout=$connectTimeout, " +
                "totalTimeout=$totalTimeout, maxRetries=$maxRetries, defaultHeaders=${defaultHeaders.keys})"

        /** Options one by one, for Java. */
        public class Builder {
            private var apiKey: String? = null
            private var baseUrl: String? = null
            private var timeout: Duration? = null
            private var connectTimeout: Duration? = null
            private var maxRetries: Int? = null
            private var defaultHeaders: Map<String, String> = emptyMap()
            private var userAgent: String? = null
            private var proxy: String? = null
            private var caBundle: Path? = null
            private var maxResponseBytes: Long? = null
            private var allowPlainHttp: Boolean = false
            private var totalTimeout: Duration? = null
            private var apiKeyProvider: Supplier<String>? = null
            private var observer: CallObserver? = null

            /** Sets [OpenintOptions.apiKey]. */
            public fun apiKey(key: String): Builder = apply { apiKey = key }

            /** Sets [OpenintOptions.baseUrl]. */
            public fun baseUrl(url: String): Builder = apply { baseUrl = url }

            /** Sets [OpenintOptions.timeout]. */
            public fun timeout(time: Duration): Builder = apply { timeout = time }

            /** Sets [OpenintOptions.connectTimeout]. */
            public fun connectTimeout(time: Duration): Builder = apply { connectTimeout = time }

            /** Sets [OpenintOptions.maxRetries]. */
            public fun maxRetries(retries: Int): Builder = apply { maxRetries = retries }

            /** Sets [OpenintOptions.defaultHeaders]. */
            public fun defaultHeaders(headers: Map<String, String>): Builder = apply { defaultHeaders = headers }

            /** Sets [OpenintOptions.userAgent]. */
            public fun userAgent(text: String): Builder = apply { userAgent = text }

            /** Sets [OpenintOptions.proxy]. */
            public fun proxy(url: String): Builder = apply { proxy = url }

            /** Sets [OpenintOptions.caBundle]. */
            public fun caBundle(file: Path): Builder = apply { caBundle = file }

            /** Sets [OpenintOptions.maxResponseBytes]. */
            public fun maxResponseBytes(bytes: Long): Builder = apply { maxResponseBytes = bytes }

            /** Sets [OpenintOptions.allowPlainHttp]. */
            public fun allowPlainHttp(allow: Boolean): Builder = apply { allowPlainHttp = allow }

            /** Sets [OpenintOptions.totalTimeout]. */
            public fun totalTimeout(time: Duration): Builder = apply { totalTimeout = time }

            /** Sets [OpenintOptions.apiKeyProvider]. */
            public fun apiKeyProvider(provider: Supplier<String>): Builder = apply { apiKeyProvider = provider }

            /** Sets [OpenintOptions.observer]. */
            public fun observer(observer: CallObserver): Builder = apply { this.observer = observer }

            /** The options. */
            public fun build(): OpenintOptions =
                OpenintOptions(
                    apiKey,
                    baseUrl,
                    timeout,
                    connectTimeout,
                    maxRetries,
                    defaultHeaders,
                    userAgent,
                    proxy,
                    caBundle,
                    maxResponseBytes,
                    allowPlainHttp,
                    totalTimeout,
                    apiKeyProvider,
                    observer,
                )
        }

        /** Makes options. */
        public companion object {
            /** Options one by one, for Java. */
            @JvmStatic
            public fun builder(): Builder = Builder()
        }
    }
