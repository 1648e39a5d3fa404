package dev.openint.sdk

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/**
 * A connector and the settings of a connection to it.
 *
 * @property connectorName the connector, such as `github`; any name is taken
 * @property settings what the connector needs
 */
public data class ConnectorData(
    public val connectorName: String,
    public val settings: JsonObject,
) {
    /** The connector's name; settings hold credentials. */
    override fun toString(): String = "ConnectorData(connectorName=$connectorName, settings=[redacted])"

    /** Settings that many connectors share. */
    public companion object {
        /** Settings of an OAuth2 connector. */
        @JvmStatic
        public fun oauth2(connectorName: String, credentials: OAuth2Credentials): ConnectorData =
            ConnectorData(
                connectorName,
                buildJsonObject {
                    put("oauth", buildJsonObject { put("credentials", credentials.toJson()) })
                },
            )

        /** Settings that are one [key]. Connectors differ in its [field]: `api_key`, `apiKey`, … */
        @JvmStatic
        public fun apiKey(connectorName: String, field: String, key: String): ConnectorData =
            ConnectorData(connectorName, buildJsonObject { put(field, key) })
    }
}
