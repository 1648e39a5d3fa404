package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.boolean
import kotlinx.serialization.json.JsonObject

/** Whether the API is there. */
public data class Health(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** Whether it works. */
    public val isOk: Boolean = requireNotNull(json.boolean("ok")) { "no `ok`" }

    private companion object {
        val FIELDS = Fields("ok")
    }
}
