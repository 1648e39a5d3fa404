package dev.openint.sdk

/**
 * What a key may act as. The list grows with the API, so any word is one.
 *
 * @property value the API's word for it
 */
public data class Role(
    public val value: String,
) {
    /** [value]. */
    override fun toString(): String = value

    /** Those that this version knows. */
    public companion object {
        /** Nobody. */
        @JvmField
        public val ANON: Role = Role("anon")

        /** A customer of an organisation. */
        @JvmField
        public val CUSTOMER: Role = Role("customer")

        /** A user of an organisation. */
        @JvmField
        public val USER: Role = Role("user")

        /** An organisation. */
        @JvmField
        public val ORG: Role = Role("org")

        /** OpenInt itself. */
        @JvmField
        public val SYSTEM: Role = Role("system")
    }
}
