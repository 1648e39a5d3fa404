"""One client, driven over standard input: ``bench.py PEER BASE_URL``.

A line is a command, a line of JSON its result, as with the programs of the other languages.
Whatever a peer needs is imported when it is made, so that its cost can be told.
"""

import json
import resource
import sys
import threading
import time

from peers import BLOCKING, CONCURRENT


def main() -> None:
    """Carry out the commands that come in."""
    peer, base_url = sys.argv[1:]
    for line in sys.stdin:
        print(json.dumps(carry_out(line.split(), peer, base_url)), flush=True)


def carry_out(words, peer, base_url):
    """Measure what a command asks for."""
    match words:
        case ["first"]:
            return first(peer, base_url)
        case ["calls", count]:
            return calls(caller(peer, base_url), int(count))
        case ["threads", threads, count]:
            return on_threads(peer, base_url, int(threads), int(count))
        case ["tasks", tasks, count]:
            return CONCURRENT[peer](base_url, int(tasks), int(count))
        case ["memory"]:
            return memory()
    raise SystemExit(f"no such command: {words}")


_caller = None


def caller(peer, base_url):
    """The one client of this process."""
    global _caller
    if _caller is None:
        _caller = BLOCKING[peer](base_url)
    return _caller


def first(peer, base_url):
    """From nothing to a first answer."""
    start, cpu = time.perf_counter_ns(), time.process_time_ns()
    call = caller(peer, base_url)
    made = time.perf_counter_ns()
    call()
    return {
        "made_ns": made - start,
        "first_ns": time.perf_counter_ns() - start,
        "cpu_ns": time.process_time_ns() - cpu,
    }


def calls(call, count):
    """Make one call after the other: the nanoseconds of each, and the CPU time of all."""
    nanos = []
    cpu = time.process_time_ns()
    for _ in range(count):
        start = time.perf_counter_ns()
        call()
        nanos.append(time.perf_counter_ns() - start)
    return {"cpu_ns": time.process_time_ns() - cpu, "ns": nanos}


def on_threads(peer, base_url, threads, count):
    """Make calls from several threads through one client."""
    call = caller(peer, base_url)
    call()
    gate = threading.Barrier(threads + 1)

    def work():
        call()
        gate.wait()
        for _ in range(count):
            call()

    workers = [threading.Thread(target=work) for _ in range(threads)]
    for worker in workers:
        worker.start()
    gate.wait()
    start, cpu = time.perf_counter_ns(), time.process_time_ns()
    for worker in workers:
        worker.join()
    return {
        "wall_ns": time.perf_counter_ns() - start,
        "cpu_ns": time.process_time_ns() - cpu,
        "calls": threads * count,
    }


def memory():
    """Resident memory now and at its highest."""
    with open("/proc/self/status") as status:
        lines = dict(line.split(":", 1) for line in status)
    return {
        "rss_kb": int(lines["VmRSS"].split()[0]),
        "peak_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


if __name__ == "__main__":
    main()
