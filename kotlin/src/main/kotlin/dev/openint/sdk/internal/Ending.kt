package dev.openint.sdk.internal

import java.util.concurrent.ConcurrentLinkedQueue

/**
 * How one call can be ended from elsewhere, until it is over.
 *
 * A token that was not fired serves the next call: making one and giving it back are three ways into the native library.
 */
internal class Ending : AutoCloseable {
    val token: NativeCancelToken = UNUSED.poll() ?: NativeCancelToken()
    private var isOver = false
    private var isFired = false

    @Synchronized
    fun fire() {
        if (isOver) return
        isFired = true
        token.cancel()
    }

    @Synchronized
    override fun close() {
        isOver = true
        if (isFired) token.close() else UNUSED.add(token)
    }

    private companion object {
        val UNUSED = ConcurrentLinkedQueue<NativeCancelToken>()
    }
}
