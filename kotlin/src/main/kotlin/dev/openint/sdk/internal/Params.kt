package dev.openint.sdk.internal

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** Parameters as JSON. What is `null` is not sent. */
internal class Params {
    private val fields = LinkedHashMap<String, JsonElement>()

    fun put(name: String, value: String?) = put(name, value?.let { JsonPrimitive(it) })

    fun put(name: String, value: Boolean?) = put(name, value?.let { JsonPrimitive(it) })

    fun put(name: String, value: Number?) = put(name, value?.let { JsonPrimitive(it) })

    fun put(name: String, values: List<String>) = put(name, JsonArray(values.map { JsonPrimitive(it) }))

    fun put(name: String, value: JsonElement?) {
        if (value != null) fields[name] = value
    }

    fun build() = JsonObject(fields)
}

internal fun params(fill: Params.() -> Unit): JsonObject = Params().apply(fill).build()

/** The text that is handed over; what has no such form is refused with its place. */
internal fun JsonElement.toText(field: String = ""): String {
    flaw()?.let { place -> throw invalidInput("$field$place".removePrefix("."), "JSON, in well-formed Unicode") }
    return toString()
}

/** Where within this value something has no such form. */
private fun JsonElement.flaw(): String? =
    when (this) {
        is JsonPrimitive -> "".takeUnless { if (isString) content.isWellFormed() else content.isLiteral() }
        is JsonArray -> withIndex().firstNotNullOfOrNull { (index, value) -> value.flaw()?.let { "[$index]$it" } }
        is JsonObject ->
            entries.firstNotNullOfOrNull { (name, value) ->
                if (name.isWellFormed()) value.flaw()?.let { ".$name$it" } else ""
            }
    }

private val NUMBER = Regex("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")

/** A [JsonPrimitive] takes `NaN`, and an unquoted literal anything. */
private fun String.isLiteral() = this == "null" || this == "true" || this == "false" || NUMBER.matches(this)

/** Whether the text has a UTF-8 form. */
internal fun String.isWellFormed(): Boolean {
    var index = 0
    while (index < length) {
        if (this[index].isSurrogate()) {
            if (!this[index].isHighSurrogate() || index + 1 == length || !this[index + 1].isLowSurrogate()) return false
            index++
        }
        index++
    }
    return true
}
