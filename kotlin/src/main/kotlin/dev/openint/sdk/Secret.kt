package dev.openint.sdk

/** Text that must not be seen: an API key, a token, a client secret. It prints as `[redacted]`. */
public class Secret(
    private val text: String,
) {
    /** Returns the text itself. Keep it out of logs and error messages. */
    public fun expose(): String = text

    /** True if the text is the same. */
    override fun equals(other: Any?): Boolean = other is Secret && other.text == text

    /** Goes with [equals]. */
    override fun hashCode(): Int = text.hashCode()

    /** `[redacted]`. */
    override fun toString(): String = "[redacted]"
}
