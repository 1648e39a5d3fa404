package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.boolean
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.number
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/** A connector as an organisation uses it. */
public data class ConnectorConfig(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** `ccfg_{connector name}_…`. */
    public val id: String = json.required("id")

    /** When it was created; `null` also for a text that is no time, see [createdAtText]. */
    public val createdAt: Instant? get() = json.instant("created_at")

    /** [createdAt] as the API wrote it. */
    public val createdAtText: String? get() = json.text("created_at")

    /** When it last changed; `null` also for a text that is no time, see [updatedAtText]. */
    public val updatedAt: Instant? get() = json.instant("updated_at")

    /** [updatedAt] as the API wrote it. */
    public val updatedAtText: String? get() = json.text("updated_at")

    /** The organisation. */
    public val orgId: String? get() = json.text("org_id")

    /** A name for people. */
    public val displayName: String? get() = json.text("display_name")

    /** Whether it is switched off. */
    public val disabled: Boolean? get() = json.boolean("disabled")

    /** Your own JSON. */
    public val metadata: JsonObject? get() = json["metadata"] as? JsonObject

    /** The connector, such as `github`. */
    public val connectorName: String? get() = json.text("connector_name")

    /**
     * What the connector needs of the organisation. The API always shows it, client secrets included:
     * keep it out of logs.
     */
    public val config: Settings? get() = (json["config"] as? JsonObject)?.let(::Settings)

    /** The connector's own description, when it was asked for. */
    public val connector: Connector? get() = (json["connector"] as? JsonObject)?.let(::Connector)

    /** How many connections are made with it, when that was asked for. */
    public val connectionCount: Long? get() = json.number("connection_count")

    private companion object {
        val FIELDS =
            Fields(
                "id",
                "created_at",
                "updated_at",
                "org_id",
                "display_name",
                "disabled",
                "metadata",
                "connector_name",
                "config",
                "connector",
                "connection_count",
                secrets = setOf("config"),
            )
    }
}
