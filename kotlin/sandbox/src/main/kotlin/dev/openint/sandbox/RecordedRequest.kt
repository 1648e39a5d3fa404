package dev.openint.sandbox

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonPrimitive

/** A request as the server received it. */
public class RecordedRequest private constructor(
    /** The method, in upper case. */
    public val method: String,
    /** The path, not decoded and without the query. */
    public val path: String,
    /** The query without its question mark, not decoded; empty if there was none. */
    public val query: String,
    /** Names in lower case with their values, in the order they came in. */
    public val headers: List<Map.Entry<String, String>>,
    /** The body as text. */
    public val body: String,
) {
    /** Returns the first value of a header, or null; the name's case does not matter. */
    public fun header(name: String): String? = headers.firstOrNull { it.key.equals(name, ignoreCase = true) }?.value

    override fun toString(): String = "$method $path"

    internal companion object {
        fun of(json: JsonObject): RecordedRequest {
            fun text(name: String) = json.getValue(name).jsonPrimitive.content
            val headers =
                json.getValue("headers").jsonArray.map { pair ->
                    val (name, value) = pair.jsonArray.map { it.jsonPrimitive.content }
                    java.util.Map.entry(name, value)
                }
            return RecordedRequest(text("method"), text("path"), text("query"), headers, text("body"))
        }
    }
}
