package dev.openint.sdk.internal

import dev.openint.sdk.HttpMethod
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RequestOptions
import kotlinx.serialization.json.JsonElement
import java.time.Duration

private const val USER_AGENT = "openint-kotlin/0.1.0"

internal fun OpenintOptions.toNative() =
    ClientOptions(
        apiKey = apiKey?.text("api_key"),
        baseUrl = baseUrl?.text("base_url"),
        allowPlainHttp = allowPlainHttp,
        timeoutMs = timeout?.milliseconds(),
        connectTimeoutMs = connectTimeout?.milliseconds(),
        maxRetries = maxRetries,
        defaultHeaders = defaultHeaders.toNative("default_headers"),
        userAgent = userAgent?.text("user_agent") ?: USER_AGENT,
        proxy = proxy?.text("proxy"),
        caBundle = caBundle?.toString()?.text("ca_bundle"),
        maxResponseBytes = maxResponseBytes,
    )

private val NO_OPTIONS = CallOptions(null, null, null, emptyList(), emptyList(), emptyList())

internal fun RequestOptions?.toNative(): CallOptions =
    if (this == null) {
        NO_OPTIONS
    } else {
        CallOptions(
            timeoutMs = timeout?.milliseconds(),
            connectTimeoutMs = connectTimeout?.milliseconds(),
            maxRetries = maxRetries,
            extraHeaders = extraHeaders.toNative("extra_headers"),
            extraQuery = extraQuery.toNative("extra_query"),
            extraBody = extraBody.mapValues { (name, value) ->
                value.toText("extra_body.$name")
            }.toNative("extra_body"),
        )
    }

/** These options, and under them those of [base]. */
internal fun RequestOptions?.over(base: RequestOptions?): RequestOptions? =
    when {
        this == null -> base
        base == null -> this
        else ->
            RequestOptions(
                timeout = timeout ?: base.timeout,
                connectTimeout = connectTimeout ?: base.connectTimeout,
                maxRetries = maxRetries ?: base.maxRetries,
                extraHeaders = base.extraHeaders + extraHeaders,
                extraQuery = base.extraQuery + extraQuery,
                extraBody = base.extraBody + extraBody,
                cancel = cancel ?: base.cancel,
            )
    }

internal fun route(
    method: HttpMethod,
    path: String,
    pathParams: Map<String, String>,
    query: List<Pair<String, String>>,
    body: JsonElement?,
    repeatSafe: Boolean?,
) = RouteRequest(
    method = method.name,
    path = path.text("path"),
    pathParams = pathParams.toNative("path_params"),
    query = query.map { (name, value) -> NameValue(name.text("query"), value.text("query")) },
    body = body?.toText("body"),
    repeatSafe = repeatSafe,
)

private fun Map<String, String>.toNative(field: String) =
    map { (name, value) -> NameValue(name.text(field), value.text(field)) }

/** A text that has no UTF-8 form is refused here, before anything is handed over. */
private fun String.text(field: String): String {
    if (!isWellFormed()) throw invalidInput(field, "well-formed Unicode, without half of a surrogate pair")
    return this
}

/** Rounded up, so that what is more than nothing stays so; the library refuses what is too long. */
private fun Duration.milliseconds(): Long =
    try {
        plusNanos(999_999).toMillis()
    } catch (_: ArithmeticException) {
        if (isNegative) Long.MIN_VALUE else Long.MAX_VALUE
    }
