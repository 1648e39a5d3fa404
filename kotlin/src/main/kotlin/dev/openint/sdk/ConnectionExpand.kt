package dev.openint.sdk

/**
 * What else a connection comes with. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectionExpand(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** Its connector's own description. */
        @JvmField
        public val CONNECTOR: ConnectionExpand = ConnectionExpand("connector")
    }
}
