package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.number
import dev.openint.sdk.internal.objects
import kotlinx.serialization.json.JsonObject

/** Which connectors an organisation uses, and which of them work. */
public data class ConnectorStatusReport(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** One entry for each connector. */
    public val list: List<ConnectorStatus> = requireNotNull(json.objects("list")) { "no `list`" }.map(::ConnectorStatus)

    /** How many connectors there are. */
    public val total: Long? get() = json.number("numTotalConnectors")

    /** How many the organisation has connections to. */
    public val withConnection: Long? get() = json.number("numWithConnectionForOrg")

    /** How many of them work. */
    public val healthy: Long? get() = json.number("numHealthyForOrg")

    /** How many have a client of OpenInt's own. */
    public val withDefaultCredentials: Long? get() = json.number("numWithDefaultCredentials")

    /** How many are complete. */
    public val complete: Long? get() = json.number("numComplete")

    private companion object {
        val FIELDS =
            Fields(
                "list",
                "numTotalConnectors",
                "numWithConnectionForOrg",
                "numHealthyForOrg",
                "numWithDefaultCredentials",
                "numComplete",
            )
    }
}
