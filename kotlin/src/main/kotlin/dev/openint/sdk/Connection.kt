package dev.openint.sdk

import dev.openint.sdk.internal.boolean
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/**
 * A customer's connection to another service.
 *
 * Every field but [id] can be absent or null: the API leaves out what was not asked for, and grows.
 * Nothing of its answer is lost: [json] is all of it, [extra] what this version does not know.
 * Two connections are equal when their JSON is.
 *
 * @property json the answer, with every key and digit; it can hold secrets
 */
public class Connection public constructor(
    public val json: JsonObject,
) {
    /** `conn_{connector name}_…`. */
    public val id: String = requireNotNull(json.text("id")) { "a connection has an `id`" }

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

    /** When it last changed; a check changes it too. `null` also for a text that is no time. */
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

    /** The fields that this version does not know. */
    public val extra: JsonObject get() = JsonObject(json.filterKeys { it !in KNOWN })

    /** Whether the answer had the field, be it as `null`. */
    public fun has(field: String): Boolean = field in json

    /** Whether the answer had the field as `null`; a field that it did not have is not null. */
    public fun isNull(field: String): Boolean = json[field] is JsonNull

    override fun equals(other: Any?): Boolean = other is Connection && other.json == json

    override fun hashCode(): Int = json.hashCode()

    /** What is no secret. */
    override fun toString(): String =
        "Connection(id=$id, customerId=$customerId, connectorConfigId=$connectorConfigId, " +
            "connectorName=$connectorName, status=$status, disabled=$disabled, createdAt=$createdAtText, " +
            "updatedAt=$updatedAtText, settings=${redacted("settings")}, metadata=${redacted("metadata")}, " +
            "statusMessage=${redacted("status_message")}, extra=${extra.keys})"

    private fun redacted(field: String): String? = if (has(field) && !isNull(field)) "[redacted]" else null

    private companion object {
        val KNOWN =
            setOf(
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
            )
    }
}
