package dev.openint.sdk

import dev.openint.sdk.internal.invalidInput
import java.time.DateTimeException
import java.time.Instant
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter
import java.time.format.DateTimeFormatterBuilder

/**
 * A point in time as the API writes it.
 *
 * Rows carry PostgreSQL's form (`2026-11-24 02:12:35.896474+00`), OAuth2 credentials RFC 3339
 * (`2026-11-24T03:12:36.344Z`). Two are equal when they are the same instant, whatever the form.
 *
 * @property text the text as it was written
 */
public class Timestamp(
    public val text: String,
) {
    /**
     * A timestamp of an [instant].
     *
     * @throws InvalidInputException for one that is not in the years -9999 to 9999
     */
    public constructor(instant: Instant) : this(instant, "instant")

    internal constructor(instant: Instant, field: String) : this(textOf(instant, field))

    /** The instant; `null` for text in neither form. */
    public val instant: Instant? by lazy(LazyThreadSafetyMode.PUBLICATION) {
        try {
            FORM.parse(text.replaceFirst(' ', 'T'), Instant::from)
        } catch (_: DateTimeException) {
            null
        }
    }

    /** True if they are the same instant, or the same text. */
    override fun equals(other: Any?): Boolean =
        other is Timestamp && (text == other.text || instant != null && instant == other.instant)

    /** Goes with [equals]. */
    override fun hashCode(): Int = (instant ?: text).hashCode()

    /** The text as it was written. */
    override fun toString(): String = text

    private companion object {
        val FIRST: Instant = Instant.parse("-9999-01-01T00:00:00Z")
        val LAST: Instant = Instant.parse("9999-12-31T23:59:59.999999999Z")

        fun textOf(instant: Instant, field: String): String {
            if (instant < FIRST || instant > LAST) throw invalidInput(field, "an instant in the years -9999 to 9999")
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC))
        }

        val FORM: DateTimeFormatter =
            DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral('T')
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .parseLenient()
                .appendOffset("+HH:mm", "Z")
                .toFormatter()
    }
}
