package dev.openint.sdk

import dev.openint.sdk.samples.Samples
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import java.io.File
import kotlin.reflect.KVisibility
import kotlin.reflect.full.memberFunctions
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** The code in the documentation compiles, because it is code of the test sources too. */
class DocumentationTest {
    private val project = File(System.getProperty("openint.project.dir"))
    private val sandbox = Sandbox.shared

    @BeforeEach
    fun reset() = sandbox.reset()

    @Test
    fun `the code of the documentation is in sources that are compiled`() {
        val sources =
            listOf("src/test/kotlin/dev/openint/sdk/samples", "src/test/java", "examples")
                .flatMap { project.resolve(it).walk().filter(File::isFile) }
                .map { file -> lines(file.readText()) }
        val faces = project.resolve("src/main/kotlin/dev/openint/sdk").listFiles { file ->
            file.isFile &&
                file.name != "openint_uniffi.kt"
        }.orEmpty()
        val inKdoc = faces.flatMap { file -> blocks(file.readText().replace(Regex("(?m)^ *\\* ?"), ""), "") }
        val inReadme = listOf("kotlin", "java").flatMap { blocks(project.resolve("README.md").readText(), it) }
        assertTrue(inKdoc.size >= 30, "${inKdoc.size} blocks in KDoc")
        assertTrue(inReadme.size >= 10, "${inReadme.size} blocks in the README")
        val strange =
            (inKdoc + inReadme).filter { block -> sources.none { lines(block) in it } }
        assertEquals(emptyList(), strange)
    }

    @Test
    fun `both clients have every method that the table of operations names`() {
        val table = project.resolve("../docs/api.md").readLines().filter { it.startsWith("|") }.map { it.split("|") }
        var column = -1
        val named =
            table.mapNotNull { cells ->
                cells.indexOfFirst { it.trim() == "Kotlin" }.takeIf { it >= 0 }?.let { column = it }
                cells.getOrNull(column)?.trim()?.takeIf { it.startsWith("`") }?.trim('`')
            }
        assertTrue(named.size >= 25, "$named")
        for (client in listOf(Openint::class, OpenintBlocking::class)) {
            val methods = client.memberFunctions.filter { it.visibility == KVisibility.PUBLIC }.map { it.name }
            assertEquals(emptyList(), named - methods.toSet(), client.simpleName)
        }
    }

    /** The fenced blocks of a language. */
    private fun blocks(text: String, language: String): List<String> =
        Regex("(?ms)^```$language\\n(.*?)^```$").findAll(text).map { it.groupValues[1] }.toList()

    /** Without indentation and empty lines, which differ from place to place, and the guide's marks. */
    private fun lines(text: String): String =
        text.lines().map { it.trim() }.filter { it.isNotEmpty() && "--8<--" !in it }.joinToString("\n", "\n", "\n")

    @Test
    fun `the code of the documentation runs`() =
        runBlocking {
            Openint(sandbox.options()).use { client ->
                Samples.connections(client)
                Samples.connectorConfigs(client)
                Samples.connectors(client)
                Samples.customers(client, sandbox.baseUrl)
                Samples.api(client)
                Samples.errors(client, DUMMY)
                Samples.once(client, DUMMY)
            }
            Samples.provider(sandbox.baseUrl) { sandbox.apiKey }.use { println(it.viewer().role) }
            Samples.options(sandbox.apiKey, sandbox.baseUrl).use { println(it.viewer().role) }
            OpenintBlocking(sandbox.options()).use { Samples.cancelling(it) }
            assertEquals(1, sandbox.rows("customer_42"))
        }
}
