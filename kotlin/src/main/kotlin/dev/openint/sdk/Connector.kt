package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.boolean
import dev.openint.sdk.internal.objects
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import dev.openint.sdk.internal.texts
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject

/** A service that connections can be made to. */
public data class Connector(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** Its name in the API, such as `github`. */
    public val name: String = json.required("name")

    /** Its name for people. */
    public val displayName: String? get() = json.text("display_name")

    /** Where its logo is. */
    public val logoUrl: String? get() = json.text("logo_url")

    /** How far it is developed. */
    public val stage: ConnectorStage? get() = json.text("stage")?.let(::ConnectorStage)

    /** Where it runs: `web`, `mobile`, `desktop`, `local`, `cloud`. */
    public val platforms: List<String>? get() = json.texts("platforms")

    /** JSON schemas, when they were asked for. */
    public val schemas: JsonElement? get() = json["schemas"]?.takeUnless { it is JsonNull }

    /** How one signs in. */
    public val authType: AuthType? get() = json.text("auth_type")?.let(::AuthType)

    /** The scopes that it cannot do without. */
    public val requiredScopes: List<String>? get() = json.texts("required_scopes")

    /** The scopes that OpenInt's own client asks for. */
    public val openintDefaultScopes: List<String>? get() = json.texts("openint_default_scopes")

    /** The scopes that OpenInt's own client may ask for. */
    public val openintAllowedScopes: List<String>? get() = json.texts("openint_allowed_scopes")

    /** All scopes. */
    public val scopes: List<Scope>? get() = json.objects("scopes")?.map(::Scope)

    /** Whether OpenInt has a client of its own for it. */
    public val hasOpenintCredentials: Boolean? get() = json.boolean("has_openint_credentials")

    private companion object {
        val FIELDS =
            Fields(
                "name",
                "display_name",
                "logo_url",
                "stage",
                "platforms",
                "schemas",
                "auth_type",
                "required_scopes",
                "openint_default_scopes",
                "openint_allowed_scopes",
                "scopes",
                "has_openint_credentials",
            )
    }
}
