package dev.openint.sdk

import kotlinx.serialization.json.JsonObject
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File
import kotlin.test.fail

/** Replays `conformance/cases` through the suspending client: one test a case. */
class ConformanceTest {
    @TestFactory
    fun cases(): List<DynamicTest> = conformance { options -> Caller.of(Openint(options)) }
}

/** The same cases through the blocking client. */
class BlockingConformanceTest {
    @TestFactory
    fun cases(): List<DynamicTest> = conformance { options -> Caller.of(OpenintBlocking(options)) }
}

private fun conformance(client: (OpenintOptions) -> Caller): List<DynamicTest> {
    val folder = File(System.getProperty("openint.project.dir"), "../conformance/cases")
    val files = folder.listFiles { file -> file.extension == "json" } ?: fail("$folder is not there")
    return files.sorted().flatMap { file ->
        val cases = json(file.readText()).known("cases").list("cases")
        cases.map { case ->
            DynamicTest.dynamicTest((case as JsonObject).string("name")) { ConformanceCase(case).run(client) }
        }
    }
}
