package dev.openint.sdk

import dev.openint.sdk.internal.checkText
import dev.openint.sdk.internal.parseJson
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/**
 * Fields of an answer beyond the typed ones: those that this version does not know, and known ones
 * that came as `null`. A typed field that is `null` and not in here was absent.
 */
public class Extra private constructor(
    fields: Lazy<JsonObject>,
) : AbstractMap<String, JsonElement>() {
    private val fields by fields

    /** None. */
    public constructor() : this(NONE)

    /** Those of [fields]. */
    public constructor(fields: Map<String, JsonElement>) : this(lazyOf(JsonObject(fields.toMap()))) {
        checkText("extra", this.fields)
    }

    internal constructor(text: String) : this(
        if (text == "{}") NONE else lazy(LazyThreadSafetyMode.PUBLICATION) { parseJson(text) as JsonObject },
    )

    internal val text: String get() = if (isEmpty()) "{}" else fields.toString()

    /** The fields, in the order of the answer. */
    override val entries: Set<Map.Entry<String, JsonElement>> get() = fields.entries

    /** The JSON of a field. */
    override fun get(key: String): JsonElement? = fields[key]

    /** True if there is such a field. */
    override fun containsKey(key: String): Boolean = key in fields

    /** Returns true if the API sent the [field] as `null`. */
    public fun isNull(field: String): Boolean = fields[field] is JsonNull

    /** The names of the fields; their values may be secrets. */
    override fun toString(): String = keys.toString()

    private companion object {
        val NONE: Lazy<JsonObject> = lazyOf(JsonObject(emptyMap()))
    }
}
