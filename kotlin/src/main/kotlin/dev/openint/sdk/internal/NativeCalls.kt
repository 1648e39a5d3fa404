@file:Suppress("ktlint:standard:function-naming")

package dev.openint.sdk.internal

import com.sun.jna.Native
import com.sun.jna.Pointer
import java.nio.ByteBuffer

/**
 * The ways into the library that a call takes: numbers, and addresses of bytes.
 *
 * The generated way makes a structure for each value that crosses, and JNA takes longer for those of a call than the
 * call takes on loopback. What the bytes say is what the generated converters write and read.
 */
internal object NativeCalls {
    init {
        Native.register(NativeCalls::class.java, "openint_uniffi")
    }

    /** A token that has not fired, to be freed. */
    @JvmStatic
    external fun openint_token_new(): Long

    /** Fires a token. */
    @JvmStatic
    external fun openint_token_cancel(token: Long)

    @JvmStatic
    external fun openint_token_free(token: Long)

    /** Carries out a call, and blocks the thread meanwhile. Numbers that are 0 are none. */
    fun call(client: Long, token: Long, request: NativeRequest, options: CallOptions): NativeResponse {
        val most =
            FfiConverterTypeNativeRequest.allocationSize(request) + FfiConverterTypeCallOptions.allocationSize(options)
        val bytes = ByteBuffer.allocate(Math.toIntExact(most.toLong()))
        FfiConverterTypeNativeRequest.write(request, bytes)
        FfiConverterTypeCallOptions.write(options, bytes)
        return answered(openint_call(client, token, handedOver(bytes)), FfiConverterTypeNativeResponse)
    }

    /** The rows of the next page, and blocks the thread meanwhile. */
    fun nextPage(pages: Long, token: Long): String? =
        answered(openint_next_page(pages, token), FfiConverterOptionalString)

    private fun handedOver(bytes: ByteBuffer): Long {
        val length = bytes.position()
        val address = openint_bytes_new(length.toLong())
        Pointer(address).write(LENGTH_BYTES, bytes.array(), 0, length)
        return address
    }

    private fun <T> answered(address: Long, type: FfiConverter<T, *>): T {
        if (address == 0L) throw InternalException("the library failed within itself")
        val answer = Pointer(address)
        val bytes =
            try {
                ByteBuffer.wrap(answer.getByteArray(LENGTH_BYTES, Math.toIntExact(answer.getLong(0))))
            } finally {
                openint_bytes_free(address)
            }
        if (bytes.get() != OK) throw FfiConverterTypeNativeError.read(bytes)
        return type.read(bytes)
    }

    private const val LENGTH_BYTES = 8L
    private const val OK: Byte = 0

    @JvmStatic
    private external fun openint_bytes_new(length: Long): Long

    @JvmStatic
    private external fun openint_bytes_free(address: Long)

    @JvmStatic
    private external fun openint_call(client: Long, token: Long, request: Long): Long

    @JvmStatic
    private external fun openint_next_page(pages: Long, token: Long): Long
}
