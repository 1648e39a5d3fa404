package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.number
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/** A customer of yours. */
public data class Customer(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** Your own id. The list also counts connections without a customer, under none. */
    public val id: String? get() = json.text("id")

    /** The organisation. */
    public val orgId: String? get() = json.text("org_id")

    /** A key for what the customer may do. */
    public val apiKey: String? get() = json.text("api_key")

    /** Your own JSON. */
    public val metadata: JsonObject? get() = json["metadata"] as? JsonObject

    /** How many connections the customer has; in lists. */
    public val connectionCount: Long? get() = json.number("connection_count")

    /** When the customer was created; `null` also for a text that is no time, see [createdAtText]. */
    public val createdAt: Instant? get() = json.instant("created_at")

    /** [createdAt] as the API wrote it. */
    public val createdAtText: String? get() = json.text("created_at")

    /** When the customer last changed; `null` also for a text that is no time, see [updatedAtText]. */
    public val updatedAt: Instant? get() = json.instant("updated_at")

    /** [updatedAt] as the API wrote it. */
    public val updatedAtText: String? get() = json.text("updated_at")

    private companion object {
        val FIELDS =
            Fields(
                "id",
                "org_id",
                "api_key",
                "metadata",
                "connection_count",
                "created_at",
                "updated_at",
                secrets = setOf("api_key"),
            )
    }
}
