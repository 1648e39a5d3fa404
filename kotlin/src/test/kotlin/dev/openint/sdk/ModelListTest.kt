package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.Listing
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.TestFactory
import java.io.File
import kotlin.reflect.KClass
import kotlin.reflect.KVisibility
import kotlin.reflect.full.isSubclassOf
import kotlin.reflect.full.memberProperties
import kotlin.reflect.full.primaryConstructor
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlin.test.fail

/** Compares the models with those of the core: `conformance/README.md` has the format of the list. */
class ModelListTest {
    private val list =
        json(File(System.getProperty("openint.project.dir"), "../conformance/models.json").readText())

    @TestFactory
    fun `every model knows and reads the fields of the core`(): List<DynamicTest> =
        list.map { (name, fields) -> DynamicTest.dynamicTest(name) { Model(name).compare(fields as JsonObject) } }

    @Test
    fun `no model is unknown to the core`() {
        val classes = ApiObject::class.java.protectionDomain.codeSource.location.toURI().resolve("dev/openint/sdk/")
        val names = File(classes).list().orEmpty().filter { it.endsWith(".class") && '$' !in it }
        val types = names.map { Class.forName("dev.openint.sdk.${it.removeSuffix(".class")}").kotlin }
        val models = types.filter { it.isSubclassOf(ApiObject::class) && !it.isAbstract }.map { it.simpleName }
        assertTrue(models.isNotEmpty())
        assertEquals(emptyList(), models - list.keys)
    }

    private inner class Model(
        private val name: String,
    ) {
        private val type: KClass<*> =
            try {
                Class.forName("dev.openint.sdk.$name").kotlin
            } catch (_: ClassNotFoundException) {
                fail("$name: there is no such model")
            }

        fun compare(fields: JsonObject) {
            val full = sample(name)
            val known = knownFields(full)
            assertEquals(emptySet(), fields.keys - known, "$name lacks fields of the core")
            assertEquals(emptySet(), known - fields.keys, "$name has fields that the core does not know")
            fields.forEach { (field, description) ->
                val isRequired = ((description as JsonObject).getValue("required") as JsonPrimitive).boolean
                val without = runCatching { values(JsonObject(full - field)) }
                assertTrue(without.isSuccess || isRequired, "$name.$field can be absent: ${without.exceptionOrNull()}")
                assertTrue(without.getOrNull() != values(full), "$name.$field: no property reads it")
            }
        }

        /** By the API's names; a model that is no view of JSON has a property for each field. */
        private fun knownFields(json: JsonObject): Set<String> =
            when (val model = read(json)) {
                is ApiObject -> FIELDS.get(model).let { it as Fields }.names
                else -> type.primaryConstructor!!.parameters.map { snakeCase(it.name!!) }.toSet()
            }

        private fun read(json: JsonObject): Any =
            when (type) {
                OAuth2Credentials::class -> OAuth2Credentials.of(json)!!
                Page::class -> Listing("", null, {}, { it }).page().read(json)
                else -> type.primaryConstructor!!.call(json)
            }

        /** What the properties say that are a model's own. */
        private fun values(json: JsonObject): Map<String, Any?> {
            val model = read(json)
            val inherited = ApiObject::class.memberProperties.map { it.name }.toSet()
            val own = type.memberProperties.filter { it.visibility == KVisibility.PUBLIC && it.name !in inherited }
            return own.associate { it.name to it.getter.call(model) }
        }
    }

    /** JSON of a model with all its fields. */
    private fun sample(model: String): JsonObject =
        JsonObject(list.child(model)!!.mapValues { (_, field) -> value((field as JsonObject).string("shape")) })

    private fun value(shape: String): JsonElement =
        when {
            shape.startsWith("list of ") -> JsonArray(listOf(value(shape.removePrefix("list of "))))
            shape.startsWith("model ") -> sample(shape.removePrefix("model "))
            // A time, which is a text as well.
            shape == "text" -> JsonPrimitive("2026-11-24T02:12:36Z")
            shape == "flag" -> JsonPrimitive(true)
            shape == "whole number" || shape == "number" -> JsonPrimitive(7)
            shape == "json" -> buildJsonObject { put("a", 1) }
            else -> fail("an unknown shape: $shape")
        }

    private companion object {
        val FIELDS = ApiObject::class.java.getDeclaredField("fields").apply { isAccessible = true }
    }
}
