package dev.openint.sdk

/**
 * One page of a list.
 *
 * @property items the rows
 * @property total the number of rows in all, as the API counts: 0 when [offset] is beyond the last,
 *   and for connectors the size of this page. It is no measure of the end of a list
 * @property limit the most rows that a page holds
 * @property offset the number of rows before this page
 */
public data class Page<out T>(
    public val items: List<T>,
    public val total: Long? = null,
    public val limit: Long? = null,
    public val offset: Long? = null,
)
