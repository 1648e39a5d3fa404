package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/** A permission that a connected service can grant. */
public data class Scope(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** Its name at the service. */
    public val scope: String = json.required("scope")

    /** Its name for people. */
    public val displayName: String? get() = json.text("display_name")

    /** What it permits. */
    public val description: String? get() = json.text("description")

    private companion object {
        val FIELDS = Fields("scope", "display_name", "description")
    }
}
