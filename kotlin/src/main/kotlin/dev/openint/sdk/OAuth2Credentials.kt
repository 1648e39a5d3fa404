package dev.openint.sdk

import dev.openint.sdk.internal.instant
import dev.openint.sdk.internal.number
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import java.time.Instant

/**
 * OAuth2 tokens, as the connected service issued them.
 *
 * @property accessToken the token to call the service with
 * @property refreshToken the token to get new ones with
 * @property clientId the OAuth2 client that the tokens were issued to
 * @property scope the scopes granted, separated as the service does
 * @property expiresIn the life of the access token in seconds, from when it was issued
 * @property expiresAt when the access token ends; the API works it out from [expiresIn]
 * @property tokenType mostly `Bearer`
 * @property raw the service's own answer
 */
public data class OAuth2Credentials
    @JvmOverloads
    constructor(
        public val accessToken: String,
        public val refreshToken: String? = null,
        public val clientId: String? = null,
        public val scope: String? = null,
        public val expiresIn: Long? = null,
        public val expiresAt: Instant? = null,
        public val tokenType: String? = null,
        public val raw: JsonObject? = null,
    ) {
        /** The JSON that the API takes. */
        public fun toJson(): JsonObject =
            buildJsonObject {
                put("access_token", accessToken)
                refreshToken?.let { put("refresh_token", it) }
                clientId?.let { put("client_id", it) }
                scope?.let { put("scope", it) }
                expiresIn?.let { put("expires_in", it) }
                expiresAt?.let { put("expires_at", it.toString()) }
                tokenType?.let { put("token_type", it) }
                raw?.let { put("raw", it) }
            }

        /** What is no secret. */
        override fun toString(): String =
            "OAuth2Credentials(accessToken=[redacted], scope=$scope, expiresIn=$expiresIn, " +
                "expiresAt=$expiresAt, tokenType=$tokenType)"

        internal companion object {
            fun of(json: JsonObject): OAuth2Credentials? =
                json.text("access_token")?.let { token ->
                    OAuth2Credentials(
                        accessToken = token,
                        refreshToken = json.text("refresh_token"),
                        clientId = json.text("client_id"),
                        scope = json.text("scope"),
                        expiresIn = json.number("expires_in"),
                        expiresAt = json.instant("expires_at"),
                        tokenType = json.text("token_type"),
                        raw = json["raw"] as? JsonObject,
                    )
                }
        }
    }
