package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import kotlinx.serialization.json.JsonObject

/** What was deleted. */
public data class Deleted(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** The id that is gone. */
    public val id: String = json.required("id")

    private companion object {
        val FIELDS = Fields("id")
    }
}
