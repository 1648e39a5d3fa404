package dev.openint.sdk

/**
 * What the page offers on which a customer connects services. What is `null` or empty is as the
 * API presets it.
 *
 * @property returnUrl where the customer comes back to
 * @property connectorNames the only connectors that are offered
 * @property view what the page begins with
 * @property debug whether the page shows what it does
 * @property isEmbedded whether the page stands inside one of yours
 * @property hideNavigation whether the page leaves its navigation out
 */
public data class ConnectOptions
    @JvmOverloads
    constructor(
        public val returnUrl: String? = null,
        public val connectorNames: List<String> = emptyList(),
        public val view: ConnectView? = null,
        public val debug: Boolean? = null,
        public val isEmbedded: Boolean? = null,
        public val hideNavigation: Boolean? = null,
    )
