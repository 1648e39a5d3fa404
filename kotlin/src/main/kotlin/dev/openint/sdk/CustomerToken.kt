package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/** What a customer's browser or app may hold. */
public data class CustomerToken(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** A token for what the customer may do, for a limited time. */
    public val token: String = json.required("token")

    /** A page on which the customer connects services. The token is part of it. */
    public val magicLinkUrl: String? get() = json.text("magic_link_url")

    /** A key for the same, without a limit in time. */
    public val apiKey: String? get() = json.text("api_key")

    private companion object {
        val FIELDS =
            Fields(
                "token",
                "magic_link_url",
                "api_key",
                secrets = setOf("token", "magic_link_url", "api_key"),
            )
    }
}
