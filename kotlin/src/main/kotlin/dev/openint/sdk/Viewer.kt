package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/** Who a key belongs to. */
public data class Viewer(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** What it may act as. */
    public val role: Role = Role(json.required("role"))

    /** The organisation. */
    public val orgId: String? get() = json.text("orgId")

    /** The customer, for a customer's key or token. */
    public val customerId: String? get() = json.text("customerId")

    /** The user of the organisation. */
    public val userId: String? get() = json.text("userId")

    private companion object {
        val FIELDS = Fields("role", "orgId", "customerId", "userId")
    }
}
