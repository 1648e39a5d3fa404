package dev.openint.sandbox

import com.sun.jna.Platform
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption

/** The server's program. */
internal object Program {
    private val unpacked: Path by lazy(::unpack)

    fun find(): Path = System.getenv("OPENINT_SANDBOX")?.let { Path.of(it) } ?: unpacked

    private fun unpack(): Path {
        val name = if (Platform.isWindows()) "openint-sandbox.exe" else "openint-sandbox"
        val resource = "/dev/openint/sandbox/${Platform.RESOURCE_PREFIX}/$name"
        val bytes = Program::class.java.getResourceAsStream(resource)
        checkNotNull(bytes) {
            "openint-sandbox.jar has no program for ${Platform.RESOURCE_PREFIX}: install one with " +
                "`cargo install openint-sandbox` and set OPENINT_SANDBOX to its path"
        }
        val folder = Files.createTempDirectory("openint-sandbox")
        val file = folder.resolve(name)
        bytes.use { Files.copy(it, file, StandardCopyOption.REPLACE_EXISTING) }
        file.toFile().setExecutable(true)
        // The folder goes after what is in it.
        folder.toFile().deleteOnExit()
        file.toFile().deleteOnExit()
        return file
    }
}
