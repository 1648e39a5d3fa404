package dev.openint.sdk.internal

/** How one call can be ended from elsewhere, until it is over. */
internal class Ending : AutoCloseable {
    val token: Long = NativeCalls.openint_token_new()
    private var isOver = false

    @Synchronized
    fun fire() {
        if (!isOver) NativeCalls.openint_token_cancel(token)
    }

    @Synchronized
    override fun close() {
        isOver = true
        NativeCalls.openint_token_free(token)
    }
}
