package dev.openint.sdk

/**
 * What else a connector config comes with. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class ConnectorConfigExpand(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** Its connector's own description. */
        @JvmField
        public val CONNECTOR: ConnectorConfigExpand = ConnectorConfigExpand("connector")

        /** The same with the JSON schemas of its settings and config. */
        @JvmField
        public val CONNECTOR_SCHEMAS: ConnectorConfigExpand = ConnectorConfigExpand("connector.schemas")

        /** How many connections are made with it. */
        @JvmField
        public val CONNECTION_COUNT: ConnectorConfigExpand = ConnectorConfigExpand("connection_count")
    }
}
