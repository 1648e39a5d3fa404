@file:JvmName("OpenintFactories")
@file:Suppress("ktlint:standard:function-naming")

package dev.openint.sdk

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.math.BigDecimal
import java.time.Instant

/** A connector and the [settings] of a connection to it, a JSON object. */
public fun ConnectorData(connectorName: String, settings: JsonObject): ConnectorData =
    ConnectorData(connectorName, Settings(settings))

/** Data of an OAuth2 connector. */
public fun ConnectorData.Companion.oauth2(connectorName: String, credentials: OAuth2Credentials): ConnectorData =
    ConnectorData(connectorName, Settings.oauth2(credentials))

/** Data that is one [key]. Connectors differ in its [field]: `api_key`, `apiKey`, … */
public fun ConnectorData.Companion.apiKey(connectorName: String, field: String, key: String): ConnectorData =
    ConnectorData(connectorName, Settings.apiKey(field, key))

/**
 * OAuth2 tokens, as the connected service issued them.
 *
 * @param accessToken the token to call the service with
 * @param refreshToken the token to get new ones with
 * @param clientId the OAuth2 client that the tokens were issued to
 * @param scope the scopes granted, separated as the service does
 * @param expiresIn the life of the access token in seconds, from when it was issued
 * @param expiresAt the time when the access token ends; the API works it out from [expiresIn]
 * @param tokenType mostly `Bearer`
 * @param raw the service's own answer
 */
public fun OAuth2Credentials(
    accessToken: String,
    refreshToken: String? = null,
    clientId: String? = null,
    scope: String? = null,
    expiresIn: Long? = null,
    expiresAt: Instant? = null,
    tokenType: String? = null,
    raw: JsonElement? = null,
): OAuth2Credentials =
    OAuth2Credentials(
        accessToken = Secret(accessToken),
        refreshToken = refreshToken?.let(::Secret),
        clientId = clientId,
        scope = scope,
        expiresIn = expiresIn?.let(BigDecimal::valueOf),
        expiresAt = expiresAt?.let(::Timestamp),
        tokenType = tokenType,
        raw = raw,
    )
