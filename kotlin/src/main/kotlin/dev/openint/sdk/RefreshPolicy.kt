package dev.openint.sdk

/**
 * When credentials are renewed before they are shown. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class RefreshPolicy(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** Never. */
        @JvmField
        public val NONE: RefreshPolicy = RefreshPolicy("none")

        /** Always. */
        @JvmField
        public val FORCE: RefreshPolicy = RefreshPolicy("force")

        /** When they have run out. */
        @JvmField
        public val AUTO: RefreshPolicy = RefreshPolicy("auto")
    }
}
