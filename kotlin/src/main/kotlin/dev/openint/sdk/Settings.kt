package dev.openint.sdk

import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/**
 * The settings of a connection: JSON with a view of what connectors have in common. They hold
 * credentials, so [toString] prints `[redacted]`.
 *
 * @property json all of them, with every key and digit
 */
public data class Settings(
    public val json: JsonObject,
) {
    /** The OAuth2 tokens; `null` for a connector without them. */
    public val oauth2: OAuth2Credentials?
        get() = ((json["oauth"] as? JsonObject)?.get("credentials") as? JsonObject)?.let(OAuth2Credentials::of)

    /** The token to call the connected service with. */
    public val accessToken: String?
        get() = json.text("access_token") ?: oauth2?.accessToken

    /** The API key, under either of the names that most connectors give it: `api_key`, `apiKey`. */
    public val apiKey: String?
        get() = json.text("api_key") ?: json.text("apiKey")

    override fun toString(): String = "[redacted]"
}
