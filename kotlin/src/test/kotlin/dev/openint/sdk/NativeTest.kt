package dev.openint.sdk

import com.sun.jna.Function
import com.sun.jna.NativeLibrary
import dev.openint.sdk.internal.InternalException
import dev.openint.sdk.internal.NativeClient
import dev.openint.sdk.internal.UniffiRustCallStatus
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import java.io.File
import java.lang.reflect.Modifier
import java.util.spi.ToolProvider
import kotlin.reflect.KVisibility
import kotlin.reflect.jvm.kotlinFunction
import kotlin.reflect.jvm.kotlinProperty
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val TEST_PANIC = "uniffi_openint_uniffi_fn_func_test_panic"

/** The boundary to the native library: panics, and what of it is visible. */
class NativeTest {
    private val sandbox = Sandbox.shared

    @Test
    fun `a panic is an exception, and the client goes on`() {
        sandbox.reset()
        OpenintBlocking(sandbox.options()).use { client ->
            val read = assertFailsWith<SdkDefectException> { client.request(HttpMethod.GET, "/_test/panic") }
            assertEquals(false, read.mayHaveBeenApplied)
            client.createConnection("ccfg_", "cus_1", DUMMY)
        }
        Openint(sandbox.options()).use { client ->
            runBlocking {
                val write = assertFailsWith<SdkDefectException> { client.request(HttpMethod.POST, "/_test/panic") }
                assertEquals(true, write.mayHaveBeenApplied)
                client.createConnection("ccfg_", "cus_1", DUMMY)
            }
        }
        assertEquals(2, sandbox.rows("cus_1"))
    }

    @Test
    fun `a panic right at the boundary unwinds, and only the library for tests can do it`() {
        val file = library("openint.test.native.dir")
        val status = UniffiRustCallStatus()
        Function.getFunction(file, TEST_PANIC).invoke(Void::class.java, arrayOf(status))
        assertTrue(status.isPanic(), "code ${status.code}")

        assertFailsWith<UnsatisfiedLinkError> {
            NativeLibrary.getInstance(library("openint.native.dir")).getFunction(TEST_PANIC)
        }
    }

    private fun library(property: String): String =
        File(System.getProperty(property))
            .walk()
            .first { "openint_uniffi" in it.name }
            .path

    @Test
    fun `everything generated is internal, and no public signature mentions it`() {
        val classes = File(Openint::class.java.protectionDomain.codeSource.location.toURI())
        val names =
            classes
                .walk()
                .filter { it.extension == "class" }
                .map { it.relativeTo(classes).path.removeSuffix(".class").replace('/', '.') }
                .toList()
        val (generated, face) = names.filter { "META-INF" !in it }.partition { ".internal." in it }
        assertTrue(NativeClient::class.java.name in generated && InternalException::class.java.name in generated)
        assertTrue(Openint::class.java.name in face)

        val visible =
            generated
                .filter { "$" !in it }
                .map { Class.forName(it, false, javaClass.classLoader) }
                .filter { Modifier.isPublic(it.modifiers) && it.getAnnotation(Metadata::class.java) != null }
                .flatMap { type ->
                    when (type.getAnnotation(Metadata::class.java).kind) {
                        1 -> listOfNotNull(type.name.takeIf { type.kotlin.visibility == KVisibility.PUBLIC })
                        else ->
                            type.declaredMethods.filter {
                                it.kotlinFunction?.visibility == KVisibility.PUBLIC
                            }.map { it.name } +
                                type.declaredFields.filter {
                                    it.kotlinProperty?.visibility == KVisibility.PUBLIC
                                }.map { it.name }
                    }
                }
        assertEquals(emptyList(), visible)

        val output = java.io.StringWriter()
        val printer = java.io.PrintWriter(output)
        val javap = ToolProvider.findFirst("javap").orElseThrow()
        val public = face.filter { Modifier.isPublic(Class.forName(it, false, javaClass.classLoader).modifiers) }
        assertEquals(0, javap.run(printer, printer, "-public", "-cp", classes.path, *public.toTypedArray()))
        File(System.getProperty("openint.project.dir"), "target/public-api.txt").writeText(output.toString())
        // Internal members have the module's name in theirs and the compiler's own a `$`; what is
        // left are internal constructors, which no caller in Kotlin sees.
        val mentions = output.toString().lines().filter { "dev.openint.sdk.internal" in it && "$" !in it }
        val constructor = Regex(" dev\\.openint\\.sdk\\.\\w+\\(dev\\.openint\\.sdk\\.internal\\.(Refusal|Fields)\\);")
        assertEquals(emptyList(), mentions.filterNot { constructor.containsMatchIn(it) })
    }
}
