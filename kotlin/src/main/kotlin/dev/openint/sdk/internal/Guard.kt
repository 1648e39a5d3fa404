package dev.openint.sdk.internal

import dev.openint.sdk.ApiResponseValidationException
import dev.openint.sdk.InternalException
import dev.openint.sdk.InvalidInputException
import dev.openint.sdk.SdkDefectException
import kotlinx.serialization.SerializationException
import java.nio.charset.CharacterCodingException

/** Runs a call into the library; what the generated code throws of its own becomes an error of the package. */
internal inline fun <T> guarded(call: () -> T): T =
    try {
        call()
    } catch (_: InternalException) {
        throw SdkDefectException("the SDK failed within itself; please report it", 0, true)
    } catch (_: CharacterCodingException) {
        throw invalidInput("params", WELL_FORMED)
    } catch (_: SerializationException) {
        val message = "the answer could not be read: it is not JSON that this platform takes"
        throw ApiResponseValidationException(message, 1, true, false, "")
    } catch (error: LinkageError) {
        throw linkageError(error)
    }

internal fun invalidInput(field: String, expected: String): InvalidInputException =
    InvalidInputException("invalid `$field`: expected $expected", field, expected)

/** Names the system, the folder that the library is unpacked to, and what to do. */
internal fun linkageError(error: LinkageError): LinkageError {
    val cause = generateSequence<Throwable>(error) { it.cause }.last()
    val system = "${System.getProperty("os.name")} on ${System.getProperty("os.arch")}"
    val folder = System.getProperty("jna.tmpdir") ?: System.getProperty("java.io.tmpdir")
    val message =
        "openint-sdk could not load its native library for $system: ${cause.message}. It is unpacked to $folder; " +
            "where that folder is mounted noexec or cannot be written, name another with -Djna.tmpdir=FOLDER, or the " +
            "folder of an unpacked library with -Djna.library.path=FOLDER"
    return UnsatisfiedLinkError(message).apply { initCause(error) }
}
