package dev.openint.sdk

import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.long
import java.time.Duration
import kotlin.test.assertTrue
import kotlin.test.fail

/** A field that the runner does not know is an error: nothing is skipped in silence. */
fun JsonObject.known(vararg names: String): JsonObject {
    val unknown = keys - names.toSet()
    check(unknown.isEmpty()) { "unknown fields: $unknown" }
    return this
}

fun JsonObject.child(name: String): JsonObject? = this[name] as JsonObject?

fun JsonObject.maybe(name: String): JsonPrimitive? = (this[name] as JsonPrimitive?)?.takeUnless {
    it is JsonNull
}

fun JsonObject.list(name: String): List<JsonElement> = (this[name] as JsonArray?).orEmpty()

fun JsonObject.texts(name: String): Map<String, String> =
    child(name).orEmpty().mapValues { it.value.content }

fun JsonObject.duration(name: String): Duration? = maybe(name)?.let { Duration.ofMillis(it.long) }

fun contains(text: String, parts: List<JsonElement>) =
    parts.forEach { assertTrue(it.content in text, "no ${it.content} in $text") }

fun contained(expected: JsonElement, found: JsonElement, path: String) {
    val text = (expected as? JsonPrimitive)?.takeIf { it.isString }?.content
    when {
        text == "\$any" && found !is JsonNull -> {}
        text != null && text.startsWith("\$prefix:") ->
            assertTrue(found.content.startsWith(text.removePrefix("\$prefix:")), "$path: $found is no $text")
        expected is JsonObject && found is JsonObject ->
            expected.forEach { (key, value) ->
                contained(value, found[key] ?: fail("$path.$key: absent"), "$path.$key")
            }
        expected is JsonArray && found is JsonArray -> {
            assertTrue(expected.size == found.size, "$path: ${found.size} items, not ${expected.size}")
            expected.zip(found).forEachIndexed { index, (value, item) -> contained(value, item, "$path[$index]") }
        }
        else -> assertTrue(same(expected, found), "$path: found $found, expected $expected")
    }
}

/** The same JSON; 1.0 and 1 are the same number. */
fun same(a: JsonElement, b: JsonElement): Boolean =
    when {
        a is JsonObject && b is JsonObject -> a.keys == b.keys && a.all { (key, value) -> same(value, b.getValue(key)) }
        a is JsonArray && b is JsonArray -> a.size == b.size && a.zip(b).all { (x, y) -> same(x, y) }
        a is JsonPrimitive && b is JsonPrimitive && !a.isString && !b.isString && a != b -> {
            val numbers = listOf(a, b).map { it.content.toBigDecimalOrNull() ?: return false }
            numbers[0].compareTo(numbers[1]) == 0
        }
        else -> a == b
    }
