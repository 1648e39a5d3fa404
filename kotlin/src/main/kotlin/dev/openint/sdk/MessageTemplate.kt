package dev.openint.sdk

import dev.openint.sdk.internal.Fields
import dev.openint.sdk.internal.required
import dev.openint.sdk.internal.text
import kotlinx.serialization.json.JsonObject

/** A text that explains a customer's connections to a language model. */
public data class MessageTemplate(
    override val json: JsonObject,
) : ApiObject(FIELDS) {
    /** The text. It holds the customer's API key: keep it out of logs. */
    public val template: String = json.required("template")

    /** The programming language of its examples. */
    public val language: TemplateLanguage? get() = json.text("language")?.let(::TemplateLanguage)

    private companion object {
        val FIELDS = Fields("template", "language", secrets = setOf("template"))
    }
}
