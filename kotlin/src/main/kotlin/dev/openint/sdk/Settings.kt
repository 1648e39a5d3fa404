package dev.openint.sdk

import dev.openint.sdk.internal.guarded
import dev.openint.sdk.internal.parseJson
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject

/**
 * The settings of a connection, or of a connector config: JSON with a view of what connectors have
 * in common. They hold credentials, so [toString] prints `[redacted]`.
 */
public class Settings private constructor(
    json: Lazy<JsonElement>,
) {
    /** All of them, with every key and digit. */
    public val json: JsonElement by json

    /** Settings of [json]. */
    public constructor(json: JsonObject) : this(lazyOf(json))

    internal constructor(text: String) : this(lazy(LazyThreadSafetyMode.PUBLICATION) { parseJson(text) })

    internal val text: String get() = json.toString()

    /**
     * The OAuth2 part; `null` for a connector without one.
     *
     * @throws ApiResponseValidationException when there is one of another shape
     */
    public val oauth2: OAuth2Settings? get() = guarded { settingsOauth2(this) }

    /**
     * The token to call the connected service with: the one that the API puts on top of OAuth2
     * settings, or else the one in their credentials.
     */
    public val accessToken: Secret? get() = guarded { settingsAccessToken(this) }

    /** The API key, under either of the names that most connectors give it: `api_key`, `apiKey`. */
    public val apiKey: Secret? get() = guarded { settingsApiKey(this) }

    /** True if the JSON is the same. */
    override fun equals(other: Any?): Boolean = other is Settings && other.json == json

    /** Goes with [equals]. */
    override fun hashCode(): Int = json.hashCode()

    /** `[redacted]`. */
    override fun toString(): String = "[redacted]"

    /** Settings that many connectors share. */
    public companion object {
        /** Settings of an OAuth2 connector. */
        @JvmStatic
        public fun oauth2(credentials: OAuth2Credentials): Settings = guarded { oauth2Settings(credentials) }

        /** Settings that are one [key]. Connectors differ in its [field]: `api_key`, `apiKey`, … */
        @JvmStatic
        public fun apiKey(field: String, key: String): Settings =
            Settings(buildJsonObject { put(field, JsonPrimitive(key)) })
    }
}
