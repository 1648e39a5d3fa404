package dev.openint.sdk

/**
 * How one signs in to a connected service. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class AuthType(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** User name and password. */
        @JvmField
        public val BASIC: AuthType = AuthType("BASIC")

        /** OAuth 1. */
        @JvmField
        public val OAUTH1: AuthType = AuthType("OAUTH1")

        /** OAuth 2 with a customer's consent. */
        @JvmField
        public val OAUTH2: AuthType = AuthType("OAUTH2")

        /** OAuth 2 with client credentials. */
        @JvmField
        public val OAUTH2_CLIENT_CREDENTIALS: AuthType = AuthType("OAUTH2CC")

        /** One key. */
        @JvmField
        public val API_KEY: AuthType = AuthType("API_KEY")

        /** A way of its own. */
        @JvmField
        public val CUSTOM: AuthType = AuthType("CUSTOM")
    }
}
