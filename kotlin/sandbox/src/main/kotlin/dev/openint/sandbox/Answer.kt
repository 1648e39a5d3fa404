package dev.openint.sandbox

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.time.Duration

/**
 * An answer in place of the one that the server would give. Each method returns a copy.
 *
 * ```kotlin
 * sandbox.script(Answer.status(503).header("retry-after", "0").times(2))
 * sandbox.script(Answer.fault("close").afterProcessing())
 * ```
 */
public class Answer private constructor(internal val json: JsonObject) {
    /** Answers only requests of this method. */
    public fun method(method: String): Answer = with("method", JsonPrimitive(method.uppercase()))

    /** Answers only requests to this path, such as `/v1/connection`, without a query. */
    public fun path(path: String): Answer = with("path", JsonPrimitive(path))

    /** Answers that many requests; 1 unless it is said. */
    public fun times(count: Int): Answer = with("times", JsonPrimitive(count))

    /** Waits before it answers. */
    public fun delay(time: Duration): Answer = with("delay_ms", JsonPrimitive(time.toMillis()))

    /** Carries the request out first: a fault is then an answer that was lost. */
    public fun afterProcessing(): Answer = with("process", JsonPrimitive(true))

    /** Adds a header. */
    public fun header(name: String, value: String): Answer {
        val headers = json["headers"] as? JsonObject ?: JsonObject(emptyMap())
        return with("headers", JsonObject(headers + (name to JsonPrimitive(value))))
    }

    /** Sends this text as the body. */
    public fun body(text: String): Answer = with("text", JsonPrimitive(text))

    private fun with(name: String, value: JsonElement) = Answer(JsonObject(json + (name to value)))

    override fun toString(): String = "Answer($json)"

    public companion object {
        /** Answers with a status. */
        @JvmStatic
        public fun status(status: Int): Answer = Answer(buildJsonObject { put("status", status) })

        /**
         * Goes wrong in one of these ways: `close`, `stall`, `drip`, `wrong_length`, `truncated_chunk`, `redirect`,
         * `gzip_bomb`, `invalid_json`, `invalid_utf8`, `html`, `empty`, `deep_json`, `many_headers`.
         */
        @JvmStatic
        public fun fault(kind: String): Answer =
            Answer(buildJsonObject { put("fault", buildJsonObject { put("kind", kind) }) })
    }
}
