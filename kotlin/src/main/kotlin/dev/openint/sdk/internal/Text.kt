package dev.openint.sdk.internal

import dev.openint.sdk.Secret
import dev.openint.sdk.Settings
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

internal const val WELL_FORMED = "well-formed Unicode, without half of a surrogate pair"

internal fun parseJson(text: String): JsonElement = Json.parseToJsonElement(text)

internal fun jsonText(json: JsonElement): String = json.toString()

/** Text that has no UTF-8 form is refused before anything is handed over. */
internal fun checkText(field: String, text: String?) {
    if (text != null && !text.isWellFormed()) throw invalidInput(field, WELL_FORMED)
}

internal fun checkText(field: String, texts: List<String>?) {
    texts?.forEachIndexed { index, text -> checkText("$field[$index]", text) }
}

internal fun checkText(field: String, secret: Secret?): Unit = checkText(field, secret?.expose())

internal fun checkText(field: String, settings: Settings?): Unit = checkText(field, settings?.json)

/** So is what [JsonElement] takes and is no JSON: numbers such as `NaN`, and unquoted literals. */
internal fun checkText(field: String, json: JsonElement?) {
    val place = json?.flaw() ?: return
    throw invalidInput("$field$place", "JSON, in well-formed Unicode")
}

/** Returns the place within this value that has no text. */
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

private fun String.isLiteral() = this == "null" || this == "true" || this == "false" || NUMBER.matches(this)

/** True if the text has a UTF-8 form. */
private fun String.isWellFormed(): Boolean {
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
