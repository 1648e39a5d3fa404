package dev.openint.sdk

import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/**
 * The settings of a connection, or of a connector config: JSON with a view of what connectors have in common. They hold
 * credentials, so [toString] prints `[redacted]`.
 *
 * @property json all of them, with every key and digit
 */
public data class Settings(
    public val json: JsonObject,
) {
    /** The OAuth2 part; `null` for a connector without one. */
    public val oauth2: OAuth2Settings? get() = (json["oauth"] as? JsonObject)?.let(::OAuth2Settings)

    /**
     * The token to call the connected service with: the one that the API puts on top of OAuth2
     * settings, or else the one in their credentials.
     */
    public val accessToken: String?
        get() = json.text("access_token") ?: oauth2?.credentials?.accessToken

    /** The API key, under either of the names that most connectors give it: `api_key`, `apiKey`. */
    public val apiKey: String?
        get() = json.text("api_key") ?: json.text("apiKey")

    /** `[redacted]`. */
    override fun toString(): String = "[redacted]"
}
