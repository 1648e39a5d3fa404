package dev.openint.sdk

/**
 * A programming language of examples. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class TemplateLanguage(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** JavaScript. */
        @JvmField
        public val JAVASCRIPT: TemplateLanguage = TemplateLanguage("javascript")
    }
}
