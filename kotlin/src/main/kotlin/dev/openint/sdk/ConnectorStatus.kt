package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.boolean
import dev.openint.sdk.internal.required
import kotlinx.serialization.json.JsonObject

/** Whether an organisation uses a connector, and whether it works. */
public data class ConnectorStatus(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** The connector. */
    public val name: String = json.required("name")

    /** Whether the organisation has a connection to it. */
    public val hasConnection: Boolean? get() = json.boolean("hasConnectionForOrg")

    /** Whether one of them works. */
    public val isHealthy: Boolean? get() = json.boolean("isHealthyForOrg")

    /** Whether OpenInt has a client of its own for it. */
    public val hasDefaultCredentials: Boolean? get() = json.boolean("hasDefaultCredentials")

    /** Whether it is complete. */
    public val isComplete: Boolean? get() = json.boolean("complete")

    private companion object {
        val FIELDS = Fields("name", "hasConnectionForOrg", "isHealthyForOrg", "hasDefaultCredentials", "complete")
    }
}
