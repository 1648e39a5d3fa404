package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/**
 * What the API answered: [json], with typed views of the fields that this version knows.
 *
 * A view is `null` where the field is absent or null: the API leaves out what was not asked for,
 * and grows. Nothing of its answer is lost: [extra] is what this version does not know. Two of a
 * kind are equal when their JSON is.
 */
public abstract class ApiObject internal constructor(
    private val fields: Fields,
) {
    /** The answer, with every key and digit; it can hold secrets. */
    public abstract val json: JsonObject

    /** The fields that this version does not know. */
    public val extra: JsonObject get() = JsonObject(json.filterKeys { it !in fields.names })

    /** Whether the answer had the field, be it as `null`; [field] is the API's name of it. */
    public fun has(field: String): Boolean = field in json

    /** Whether the answer had the field as `null`; a field that it did not have is not null. */
    public fun isNull(field: String): Boolean = json[field] is JsonNull

    /** The fields that are no secret, the sizes of JSON, and the names of unknown fields. */
    final override fun toString(): String {
        val known = json.filterKeys { it in fields.names }.filterValues { it !is JsonNull }
        val shown =
            known.map { (name, value) ->
                when {
                    name in fields.secrets -> "$name=[redacted]"
                    value is JsonObject -> "$name={${value.size}}"
                    value is JsonArray -> "$name=[${value.size}]"
                    else -> "$name=$value"
                }
            }
        val unknown = json.keys - fields.names
        return "${javaClass.simpleName}(${shown.joinToString()}${if (unknown.isEmpty()) "" else "; $unknown"})"
    }
}
