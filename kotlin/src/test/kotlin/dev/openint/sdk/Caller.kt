package dev.openint.sdk

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.boolean
import kotlinx.serialization.json.long
import java.lang.reflect.InvocationTargetException
import java.time.Instant
import kotlin.reflect.KClass
import kotlin.reflect.KFunction
import kotlin.reflect.KParameter
import kotlin.reflect.KType
import kotlin.reflect.KVisibility
import kotlin.reflect.full.callSuspendBy
import kotlin.reflect.full.instanceParameter
import kotlin.reflect.full.isSubclassOf
import kotlin.reflect.full.memberFunctions
import kotlin.reflect.full.primaryConstructor
import kotlin.reflect.full.valueParameters

/** An input that Kotlin's types rule out, so that no call can be made with it. */
class NotExpressible(
    val field: String,
) : Exception(field)

/** One of the two clients, as a case sees it: its public methods, found by their names. */
class Caller private constructor(
    private val client: AutoCloseable,
    private val answerTo: suspend (suspend (AutoCloseable) -> Any?) -> ApiResponse<*>,
) : AutoCloseable by client {
    /** Calls `createConnection` for `create_connection`, with the parameters in Kotlin's types. */
    fun call(method: String, params: JsonObject, options: RequestOptions): ApiResponse<*> {
        val call = Call(client, method, params, options)
        return runBlocking {
            if (method == "request") call.on(client) as ApiResponse<*> else answerTo { call.on(it) }
        }
    }

    /** Reads all that `connections` gives for `list_connections`. */
    fun readAll(method: String, params: JsonObject, options: RequestOptions, eachRow: (Any) -> Unit) {
        val named = params.mapKeys { (name, _) -> if (name == "limit") "page_size" else name }
        val call = Call(client, method.removePrefix("list_"), JsonObject(named), options)
        runBlocking {
            when (val rows = call.on(client)) {
                is Flow<*> -> rows.collect { eachRow(it!!) }
                else -> (rows as Rows<*>).forEach { eachRow(it!!) }
            }
        }
    }

    companion object {
        fun of(client: Openint) = Caller(client) { call -> client.withResponse { call(it) } }

        fun of(client: OpenintBlocking) =
            Caller(client) { call -> client.withResponse { variant -> runBlocking { call(variant) } } }
    }
}

private class Call(
    client: Any,
    name: String,
    params: JsonObject,
    options: RequestOptions,
) {
    private val method: KFunction<*> =
        client::class.memberFunctions.single { found ->
            val isFlat = found.valueParameters.any { it.name == "options" }
            found.name == camelCase(name) && found.visibility == KVisibility.PUBLIC && isFlat
        }
    private val arguments =
        method.arguments(params, "") + (method.valueParameters.single { it.name == "options" } to options)

    suspend fun on(client: Any): Any? =
        try {
            method.callSuspendBy(arguments + (method.instanceParameter!! to client))
        } catch (error: InvocationTargetException) {
            throw error.targetException
        }
}

private fun camelCase(name: String) = name.replace(Regex("_([a-z])")) { it.groupValues[1].uppercase() }

private fun KFunction<*>.arguments(fields: JsonObject, parent: String): Map<KParameter, Any?> {
    val given = fields.keys.associateBy(::camelCase)
    given.filterKeys { name -> valueParameters.none { it.name == name } }.values.firstOrNull()?.let {
        throw NotExpressible("$parent$it")
    }
    valueParameters.firstOrNull { !it.isOptional && it.name !in given && it.name != "options" }?.let {
        throw NotExpressible(parent + snakeCase(it.name.orEmpty()))
    }
    return valueParameters.filter { it.name in given }.associateWith {
        val name = given.getValue(it.name!!)
        fields.getValue(name).to(it.type, "$parent$name")
    }
}

fun snakeCase(name: String) = name.replace(Regex("[A-Z]")) { "_" + it.value.lowercase() }

private fun JsonElement.to(type: KType, field: String): Any {
    val kind = type.classifier as KClass<*>
    val wrong = NotExpressible(field)
    val text = (this as? JsonPrimitive)?.takeIf { it.isString }?.content
    val literal = (this as? JsonPrimitive)?.takeUnless { it.isString || it is JsonNull }

    fun inner(index: Int) = type.arguments[index].type!!
    return when {
        kind == JsonElement::class -> this
        kind == JsonObject::class -> this as? JsonObject ?: throw wrong
        kind == String::class -> text ?: throw wrong
        kind == Boolean::class -> literal?.boolean ?: throw wrong
        kind == Int::class -> literal?.long?.let(Math::toIntExact) ?: throw wrong
        kind == Long::class -> literal?.long ?: throw wrong
        kind == Instant::class -> Instant.parse(text ?: throw wrong)
        kind == Settings::class -> Settings(this as? JsonObject ?: throw wrong)
        kind.isSealed -> word(kind, text ?: throw wrong)
        kind.isSubclassOf(Enum::class) -> kind.java.enumConstants.single { (it as Enum<*>).name == text }
        kind == List::class ->
            (this as? JsonArray ?: throw wrong).mapIndexed { index, value -> value.to(inner(0), "$field[$index]") }
        kind == Map::class -> (this as? JsonObject ?: throw wrong).mapValues { it.value.to(inner(1), field) }
        kind == Pair::class -> (this as JsonArray).let { it[0].content to it[1].content }
        // `ConnectorData` and the like.
        this is JsonObject -> kind.primaryConstructor!!.run { callBy(arguments(this@to, "$field.")) }
        else -> throw wrong
    }
}

/** A word of an open enum. */
private fun word(kind: KClass<*>, text: String): Any {
    val known = kind.nestedClasses.mapNotNull { it.objectInstance }.filter { kind.isInstance(it) }
    return known.firstOrNull { it.toString() == text }
        ?: kind.nestedClasses.single { it.simpleName == "Other" }.primaryConstructor!!.call(text)
}
