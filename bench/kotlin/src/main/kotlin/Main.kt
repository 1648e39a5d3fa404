// One client, driven over standard input: `MainKt PEER BASE_URL`. A line is a command, a line of
// JSON its result, as with the programs of the other languages.

import java.lang.management.ManagementFactory

fun main(args: Array<String>) {
    val start = System.nanoTime()
    val (peer, baseUrl) = args
    var made: (() -> Unit)? = null
    for (line in generateSequence(::readLine)) {
        val words = line.split(' ')
        val call = made ?: caller(peer, baseUrl).also { made = it }
        when (words[0]) {
            "first" -> {
                call()
                println("""{"first_ns":${System.nanoTime() - start}}""")
            }
            "calls" -> println(calls(call, words[1].toInt()))
            else -> error("no such command: $line")
        }
    }
}

/** One call after the other: the nanoseconds of each, and the CPU time of all. */
private fun calls(
    call: () -> Unit,
    count: Int,
): String {
    val nanos = LongArray(count)
    val cpu = cpuNanos()
    for (index in nanos.indices) {
        val start = System.nanoTime()
        call()
        nanos[index] = System.nanoTime() - start
    }
    return """{"cpu_ns":${cpuNanos() - cpu},"ns":${nanos.joinToString(",", "[", "]")}}"""
}

private fun cpuNanos(): Long =
    (ManagementFactory.getOperatingSystemMXBean() as com.sun.management.OperatingSystemMXBean).processCpuTime
