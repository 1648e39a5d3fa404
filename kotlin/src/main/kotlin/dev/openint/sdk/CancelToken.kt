package dev.openint.sdk

/**
 * Ends calls from another thread.
 *
 * A call that was given it (see [RequestOptions.cancel]) ends with [ApiCancelledException] soon
 * after [cancel], whatever it is doing. Once fired it stays fired. Coroutines need none: cancelling
 * the coroutine does the same.
 */
public class CancelToken {
    private val actions = LinkedHashSet<() -> Unit>()

    /** True if the token has fired. */
    @get:Synchronized
    public var isCancelled: Boolean = false
        private set

    /** Fires the token. */
    public fun cancel() {
        val due =
            synchronized(this) {
                isCancelled = true
                actions.toList().also { actions.clear() }
            }
        due.forEach { it() }
    }

    /** Runs [action] when the token fires, at once if it has, until the answer is closed. */
    internal fun onCancel(action: () -> Unit): AutoCloseable {
        val fired =
            synchronized(this) {
                if (!isCancelled) actions.add(action)
                isCancelled
            }
        if (fired) action()
        return AutoCloseable { synchronized(this) { actions.remove(action) } }
    }
}
