package dev.openint.sdk

/**
 * What the page begins with on which a customer connects services. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectView(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** New connections. */
        @JvmField
        public val ADD: ConnectView = ConnectView("add")

        /** Those that are there. */
        @JvmField
        public val MANAGE: ConnectView = ConnectView("manage")
    }
}
