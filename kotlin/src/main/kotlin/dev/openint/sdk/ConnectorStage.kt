package dev.openint.sdk

/**
 * How far a connector is developed. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectorStage(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** To try out. */
        @JvmField
        public val ALPHA: ConnectorStage = ConnectorStage("alpha")

        /** Nearly done. */
        @JvmField
        public val BETA: ConnectorStage = ConnectorStage("beta")

        /** Done. */
        @JvmField
        public val GA: ConnectorStage = ConnectorStage("ga")

        /** Not shown. */
        @JvmField
        public val HIDDEN: ConnectorStage = ConnectorStage("hidden")
    }
}
