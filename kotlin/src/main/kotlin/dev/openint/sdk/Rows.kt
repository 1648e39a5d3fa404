package dev.openint.sdk

import java.util.stream.Stream
import java.util.stream.StreamSupport

/**
 * All rows of a list. It is read page by page while it is iterated, from the beginning each time.
 *
 * `asSequence()` reads it lazily in Kotlin, [stream] in Java.
 */
public class Rows<out T>(
    private val rows: Iterable<T>,
) : Iterable<T> {
    /** Begins to read the list. */
    override fun iterator(): Iterator<T> = rows.iterator()

    /** Returns a stream of the rows, which reads pages as they are needed. */
    public fun stream(): Stream<@UnsafeVariance T> = StreamSupport.stream(spliterator(), false)
}
