package dev.openint.sdk

/**
 * What the last check of a connection found. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectionStatus(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** It works. */
        @JvmField
        public val HEALTHY: ConnectionStatus = ConnectionStatus("healthy")

        /** The customer has to connect again. */
        @JvmField
        public val DISCONNECTED: ConnectionStatus = ConnectionStatus("disconnected")

        /** The check failed. */
        @JvmField
        public val ERROR: ConnectionStatus = ConnectionStatus("error")

        /** Kept up by hand. */
        @JvmField
        public val MANUAL: ConnectionStatus = ConnectionStatus("manual")

        /** Never checked. */
        @JvmField
        public val UNKNOWN: ConnectionStatus = ConnectionStatus("unknown")
    }
}
