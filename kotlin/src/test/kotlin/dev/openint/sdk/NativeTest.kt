package dev.openint.sdk

import com.sun.jna.Function
import com.sun.jna.NativeLibrary
import dev.openint.sdk.internal.linkageError
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue

private const val TEST_PANIC = "uniffi_openint_uniffi_fn_func_test_panic"

/** The boundary to the native library. */
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
    fun `a library that cannot be loaded is named with its folder and the way out`() {
        val cause = UnsatisfiedLinkError("/tmp/jna/x.so: failed to map segment from shared object")
        val message = linkageError(ExceptionInInitializerError(cause)).message.orEmpty()
        for (part in listOf("failed to map segment", System.getProperty("java.io.tmpdir"), "-Djna.tmpdir", "noexec")) {
            assertTrue(part in message, message)
        }
    }
}
