package dev.openint.sdk

import dev.openint.sdk.internal.number
import kotlinx.serialization.json.JsonObject

/**
 * One page of a list.
 *
 * @property items the rows
 * @property total how many rows there are in all, as the API counts: 0 when [offset] is beyond the
 *   last, and for connectors the size of this page. It is no measure of the end of a list
 * @property limit the most rows that a page holds
 * @property offset how many rows come before this page
 */
public data class Page<out T>(
    public val items: List<T>,
    public val total: Long? = null,
    public val limit: Long? = null,
    public val offset: Long? = null,
) {
    internal constructor(json: JsonObject, items: List<T>) :
        this(items, json.number("total"), json.number("limit"), json.number("offset"))
}
