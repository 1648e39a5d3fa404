// One client, driven over standard input: `Bench PEER BASE_URL`. A line is a command, a line of
// JSON its result, as with the programs of the other languages.

import Foundation

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
    fatalError("usage: Bench PEER BASE_URL")
}
let call = try caller(peer: arguments[1], baseURL: arguments[2])

while let line = readLine() {
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "calls", let count = Int(words[1]) else {
        fatalError("no such command: \(line)")
    }
    print(try await calls(call, count: count))
    fflush(nil)
}

/// One call after the other: the nanoseconds of each, and the CPU time of all.
func calls(_ call: Call, count: Int) async throws -> String {
    var nanos: [UInt64] = []
    nanos.reserveCapacity(count)
    let cpu = now(CLOCK_PROCESS_CPUTIME_ID)
    for _ in 0..<count {
        let start = now(CLOCK_MONOTONIC)
        try await call()
        nanos.append(now(CLOCK_MONOTONIC) - start)
    }
    let list = nanos.map(String.init).joined(separator: ",")
    return "{\"cpu_ns\":\(now(CLOCK_PROCESS_CPUTIME_ID) - cpu),\"ns\":[\(list)]}"
}

func now(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
