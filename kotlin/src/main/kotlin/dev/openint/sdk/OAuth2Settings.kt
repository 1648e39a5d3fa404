package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject
import java.time.Instant

/** The OAuth2 part of a connection's settings. */
public data class OAuth2Settings(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** The tokens. */
    public val credentials: OAuth2Credentials?
        get() = (json["credentials"] as? JsonObject)?.let(OAuth2Credentials::of)

    /** When they were first stored; `null` also for a text that is no time, see [createdAtText]. */
    public val createdAt: Instant? get() = json.instant("created_at")

    /** [createdAt] as the API wrote it. */
    public val createdAtText: String? get() = json.text("created_at")

    /** When they last changed; `null` also for a text that is no time, see [updatedAtText]. */
    public val updatedAt: Instant? get() = json.instant("updated_at")

    /** [updatedAt] as the API wrote it. */
    public val updatedAtText: String? get() = json.text("updated_at")

    /** When they were last fetched; `null` also for a text that is no time, see [lastFetchedAtText]. */
    public val lastFetchedAt: Instant? get() = json.instant("last_fetched_at")

    /** [lastFetchedAt] as the API wrote it. */
    public val lastFetchedAtText: String? get() = json.text("last_fetched_at")

    /** What the connected service sent along. */
    public val metadata: JsonObject? get() = json["metadata"] as? JsonObject

    private companion object {
        val FIELDS =
            Fields(
                "credentials",
                "created_at",
                "updated_at",
                "last_fetched_at",
                "metadata",
                secrets = setOf("credentials"),
            )
    }
}
