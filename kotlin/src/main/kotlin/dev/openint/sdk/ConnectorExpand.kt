package dev.openint.sdk

/**
 * What else a connector comes with. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectorExpand(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** The JSON schemas of its settings and config. */
        @JvmField
        public val SCHEMAS: ConnectorExpand = ConnectorExpand("schemas")
    }
}
