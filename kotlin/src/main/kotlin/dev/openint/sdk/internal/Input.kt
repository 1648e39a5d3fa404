package dev.openint.sdk.internal

import dev.openint.sdk.CallOptions
import dev.openint.sdk.ClientOptions
import dev.openint.sdk.HttpMethod
import dev.openint.sdk.JsonField
import dev.openint.sdk.NameValue
import dev.openint.sdk.OpenintOptions
import dev.openint.sdk.RequestOptions
import dev.openint.sdk.RouteRequest
import kotlinx.serialization.json.JsonElement
import java.time.Duration

internal fun OpenintOptions.toNative(): ClientOptions {
    checkText("api_key", apiKey)
    checkText("base_url", baseUrl)
    checkText("user_agent", userAgent)
    checkText("proxy", proxy)
    return ClientOptions(
        apiKey = apiKey,
        baseUrl = baseUrl,
        allowPlainHttp = allowPlainHttp,
        timeoutMs = timeout?.milliseconds(),
        connectTimeoutMs = connectTimeout?.milliseconds(),
        totalTimeoutMs = totalTimeout?.milliseconds(),
        maxRetries = maxRetries,
        defaultHeaders = defaultHeaders.toNative("default_headers"),
        language = "kotlin",
        userAgent = userAgent,
        proxy = proxy,
        caBundle = caBundle?.toString(),
        maxResponseBytes = maxResponseBytes,
    )
}

internal val NO_OPTIONS = CallOptions(extraHeaders = emptyList(), extraQuery = emptyList(), extraBody = emptyList())

internal fun RequestOptions?.toNative(): CallOptions =
    if (this == null) {
        NO_OPTIONS
    } else {
        CallOptions(
            timeoutMs = timeout?.milliseconds(),
            connectTimeoutMs = connectTimeout?.milliseconds(),
            totalTimeoutMs = totalTimeout?.milliseconds(),
            maxRetries = maxRetries,
            extraHeaders = extraHeaders.toNative("extra_headers"),
            extraQuery = extraQuery.toNative("extra_query"),
            extraBody = extraBody.map { (name, value) ->
                checkText("extra_body", name)
                checkText("extra_body.$name", value)
                JsonField(name, value)
            },
            cancel = null,
            answer = null,
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
                totalTimeout = totalTimeout ?: base.totalTimeout,
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
): RouteRequest {
    checkText("path", path)
    checkText("body", body)
    return RouteRequest(
        method = method,
        path = path,
        pathParams = pathParams.toNative("path_params"),
        query = query.map { (name, value) -> nameValue("query", name, value) },
        body = body,
        repeatSafe = repeatSafe,
    )
}

internal fun Map<String, String>.toNative(field: String) = map { (name, value) -> nameValue(field, name, value) }

private fun nameValue(field: String, name: String, value: String): NameValue {
    checkText(field, name)
    checkText(field, value)
    return NameValue(name, value)
}

/** Rounded up, so that what is more than nothing stays so; the library refuses what is too long. */
internal fun Duration.milliseconds(): Long =
    try {
        plusNanos(999_999).toMillis()
    } catch (_: ArithmeticException) {
        if (isNegative) Long.MIN_VALUE else Long.MAX_VALUE
    }
