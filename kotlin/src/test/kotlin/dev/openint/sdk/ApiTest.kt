package dev.openint.sdk

import org.junit.jupiter.api.Test
import java.io.File
import java.lang.reflect.Constructor
import java.lang.reflect.Executable
import java.lang.reflect.Field
import java.lang.reflect.Member
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import kotlin.reflect.KVisibility
import kotlin.reflect.jvm.kotlinFunction
import kotlin.test.assertEquals

private const val FACADE = 2

/** Names of internal members end with the module's. */
private const val INTERNAL = "\$openint_sdk"

/** Compares the public API with `kotlin/api/openint-sdk.api`, which `cargo xtask generate` writes. */
class ApiTest {
    @Test
    fun `the public api is the one that is committed`() {
        val file = File(System.getProperty("openint.project.dir"), "api/openint-sdk.api")
        val found = types().filter(::isPublic).sortedBy { it.name }.mapNotNull(::described).joinToString("\n")
        if (System.getProperty("openint.write.api") == "true") {
            file.parentFile.mkdirs()
            file.writeText(found)
        }
        val committed = if (file.exists()) file.readText() else ""
        val (gone, new) = committed.lines().toSet() to found.lines().toSet()
        assertEquals(emptySet(), gone - new, "gone; fix it with: cargo xtask generate kotlin")
        assertEquals(emptySet(), new - gone, "new; fix it with: cargo xtask generate kotlin")
        assertEquals(committed, found)
    }

    private fun types(): List<Class<*>> {
        val classes = File(Openint::class.java.protectionDomain.codeSource.location.toURI())
        return classes
            .walk()
            .filter { it.extension == "class" && "META-INF" !in it.path }
            .map { it.relativeTo(classes).path.removeSuffix(".class").replace('/', '.') }
            .map { Class.forName(it, false, javaClass.classLoader) }
            .toList()
    }

    private fun isPublic(type: Class<*>): Boolean {
        if (!Modifier.isPublic(type.modifiers) || type.isSynthetic) return false
        val kind = type.getAnnotation(Metadata::class.java)?.kind ?: return false
        if (kind > FACADE) return false
        return kind == FACADE ||
            type.kotlin.visibility == KVisibility.PUBLIC &&
            type.enclosingClass?.let(::isPublic) != false
    }

    private fun described(type: Class<*>): String? {
        val isFacade = type.getAnnotation(Metadata::class.java).kind == FACADE
        val members =
            (type.declaredConstructors.toList<Member>() + type.declaredMethods + type.declaredFields)
                .filter { Modifier.isPublic(it.modifiers) || Modifier.isProtected(it.modifiers) }
                .filterNot {
                    INTERNAL in it.name ||
                        it.isSynthetic &&
                        !it.name.endsWith("\$default") ||
                        isInternal(it, isFacade)
                }
                .map(::signature)
                .distinct()
                .sorted()
        if (isFacade && members.isEmpty()) return null
        val above = listOfNotNull(type.genericSuperclass) + type.genericInterfaces
        return "${type.toGenericString()} : ${above.joinToString {
            it.typeName
        }} {\n${members.joinToString("") { "    $it\n" }}}\n"
    }

    private fun isInternal(member: Member, isFacade: Boolean): Boolean =
        when (member) {
            is Constructor<*> ->
                member.isSynthetic ||
                    member.kotlinFunction?.visibility?.let { it != KVisibility.PUBLIC } == true
            is Method -> isFacade && member.kotlinFunction?.visibility != KVisibility.PUBLIC
            else -> isFacade
        }

    private fun signature(member: Member): String =
        when (member) {
            is Executable -> member.toGenericString()
            is Field -> member.toGenericString()
            else -> error(member)
        }
}
