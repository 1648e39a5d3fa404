package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/** What a check of a connection found. */
public data class ConnectionCheck(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** The connection. */
    public val id: String = json.required("id")

    /** What was found. */
    public val status: ConnectionStatus? get() = json.text("status")?.let(::ConnectionStatus)

    /** The same in words. It can repeat a client secret or a refresh token: keep it out of logs. */
    public val statusMessage: String? get() = json.text("status_message")

    private companion object {
        val FIELDS = Fields("id", "status", "status_message", secrets = setOf("status_message"))
    }
}
