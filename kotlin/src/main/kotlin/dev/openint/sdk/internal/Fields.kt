package dev.openint.sdk.internal

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.longOrNull
import java.time.DateTimeException
import java.time.Instant
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeFormatterBuilder

/** PostgreSQL's form and RFC 3339: `2026-11-24 02:12:35.896474+00`, `2026-11-24T03:12:36.344Z`. */
private val TIMESTAMP =
    DateTimeFormatterBuilder()
        .append(DateTimeFormatter.ISO_LOCAL_DATE)
        .appendLiteral('T')
        .append(DateTimeFormatter.ISO_LOCAL_TIME)
        .parseLenient()
        .appendOffset("+HH:mm", "Z")
        .toFormatter()

/** What a model knows: the API's names of its fields, and which of them are not printed. */
internal class Fields(
    vararg names: String,
    val secrets: Set<String> = emptySet(),
) {
    val names: Set<String> = names.toSet()
}

internal fun JsonObject.text(name: String): String? = (this[name] as? JsonPrimitive)?.takeIf { it.isString }?.content

/** The library reads every answer before it comes here, so only JSON of the caller's own can lack it. */
internal fun JsonObject.required(name: String): String = requireNotNull(text(name)) { "no `$name`" }

internal fun JsonObject.texts(name: String): List<String>? =
    (this[name] as? JsonArray)?.mapNotNull { (it as? JsonPrimitive)?.takeIf { text -> text.isString }?.content }

internal fun JsonObject.objects(name: String): List<JsonObject>? =
    (this[name] as? JsonArray)?.filterIsInstance<JsonObject>()

internal fun JsonObject.boolean(name: String): Boolean? = (this[name] as? JsonPrimitive)?.booleanOrNull

internal fun JsonObject.number(name: String): Long? =
    (this[name] as? JsonPrimitive)?.takeUnless { it.isString || it is JsonNull }?.longOrNull

internal fun JsonObject.instant(name: String): Instant? = text(name)?.let { timestamp(it) }

private fun timestamp(text: String): Instant? =
    try {
        TIMESTAMP.parse(text.replaceFirst(' ', 'T'), Instant::from)
    } catch (_: DateTimeException) {
        null
    }
