package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.boolean
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/** A customer's connection to another service. */
public data class Connection(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** `conn_{connector name}_…`. */
    public val id: String = json.required("id")

    /** Your own id of the customer. */
    public val customerId: String? get() = json.text("customer_id")

    /** The connector config, `ccfg_…`. */
    public val connectorConfigId: String? get() = json.text("connector_config_id")

    /** The integration, for connectors that aggregate several. */
    public val integrationId: String? get() = json.text("integration_id")

    /** When it was created; `null` also for a text that is no time, see [createdAtText]. */
    public val createdAt: Instant? get() = json.instant("created_at")

    /** [createdAt] as the API wrote it. */
    public val createdAtText: String? get() = json.text("created_at")

    /** When it last changed, by a check too; `null` also for a text that is no time, see [updatedAtText]. */
    public val updatedAt: Instant? get() = json.instant("updated_at")

    /** [updatedAt] as the API wrote it. */
    public val updatedAtText: String? get() = json.text("updated_at")

    /** A name for people. */
    public val displayName: String? get() = json.text("display_name")

    /** Whether it is switched off. */
    public val disabled: Boolean? get() = json.boolean("disabled")

    /** Your own JSON. */
    public val metadata: JsonObject? get() = json["metadata"] as? JsonObject

    /** The connector, such as `github`. */
    public val connectorName: String? get() = json.text("connector_name")

    /** Credentials and all else that the connector needs; reading shows them only on request. */
    public val settings: Settings? get() = (json["settings"] as? JsonObject)?.let(::Settings)

    /** What the last check found. */
    public val status: ConnectionStatus? get() = json.text("status")?.let(::ConnectionStatus)

    /** The same in words. It can repeat a client secret or a refresh token: keep it out of logs. */
    public val statusMessage: String? get() = json.text("status_message")

    /** The connector's own description, when it was asked for. */
    public val connector: Connector? get() = (json["connector"] as? JsonObject)?.let(::Connector)

    /** The integration's own description, when the API sends it. */
    public val integration: JsonObject? get() = json["integration"] as? JsonObject

    private companion object {
        val FIELDS =
            Fields(
                "id",
                "customer_id",
                "connector_config_id",
                "integration_id",
                "created_at",
                "updated_at",
                "display_name",
                "disabled",
                "metadata",
                "connector_name",
                "settings",
                "status",
                "status_message",
                "connector",
                "integration",
                secrets = setOf("settings", "status_message"),
            )
    }
}
