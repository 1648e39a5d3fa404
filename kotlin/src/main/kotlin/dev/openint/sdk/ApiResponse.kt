package dev.openint.sdk

/**
 * A parsed answer with what it came in.
 *
 * @property value the parsed body
 * @property statusCode the HTTP status
 * @property headers all headers, with lower-case names
 * @property attempts the number of times that the request was sent, or tried to be sent
 * @property body the body as it came; it can hold secrets
 */
public class ApiResponse<T> public constructor(
    public val value: T,
    public val statusCode: Int,
    public val headers: Map<String, List<String>>,
    public val attempts: Int,
    public val body: String,
) {
    internal constructor(value: T, raw: RawAnswer) : this(
        value,
        raw.status,
        raw.headers.groupBy({ it.name }, { it.value }),
        raw.attempts,
        raw.body.decodeToString(),
    )

    /** The first header of that [name], in any case. */
    public fun header(name: String): String? = headers[name.lowercase()]?.firstOrNull()

    /** The status, without the answer: it can hold secrets. */
    override fun toString(): String = "ApiResponse(statusCode=$statusCode, attempts=$attempts)"
}
