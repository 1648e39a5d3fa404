package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/** Something that happened. */
public data class Event(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** `evt_…`. */
    public val id: String = json.required("id")

    /** What happened, such as `connect.connection-deleted`. */
    public val name: String? get() = json.text("name")

    /** When it happened; `null` also for a text that is no time, see [timestampText]. */
    public val timestamp: Instant? get() = json.instant("timestamp")

    /** [timestamp] as the API wrote it. */
    public val timestampText: String? get() = json.text("timestamp")

    /** What it was about; of another shape for each name. */
    public val data: JsonElement? get() = json["data"]?.takeUnless { it is JsonNull }

    /** Who did it. */
    public val user: JsonElement? get() = json["user"]?.takeUnless { it is JsonNull }

    /** The version of the program that did it. */
    public val v: String? get() = json.text("v")

    /** The organisation. */
    public val orgId: String? get() = json.text("org_id")

    /** The user of the organisation. */
    public val userId: String? get() = json.text("user_id")

    /** The customer. */
    public val customerId: String? get() = json.text("customer_id")

    /** The prompt that led to it, when it was asked for. */
    public val prompt: String? get() = json.text("prompt")

    private companion object {
        val FIELDS =
            Fields(
                "id",
                "name",
                "timestamp",
                "data",
                "user",
                "v",
                "org_id",
                "user_id",
                "customer_id",
                "prompt",
            )
    }
}
