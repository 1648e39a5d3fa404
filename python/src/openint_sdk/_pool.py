"""A bounded pool of threads for calls that must not block an event loop."""

from __future__ import annotations

import threading
from queue import SimpleQueue

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Job: TypeAlias = Callable[[], None]


class Pool:
    """Up to ``size`` threads, made when they are needed.

    They are daemons, unlike those of ``concurrent.futures``, so that a call under way never holds
    up the end of the interpreter. They end when the pool is closed or dropped.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._started = 0

    def submit(self, job: Job) -> None:
        """Runs ``job``, which must not raise, as soon as a thread is free."""
        self._jobs.put(job)
        if self._idle.acquire(blocking=False):
            return
        with self._lock:
            if self._started == self._size:
                return
            self._started += 1
            number = self._started
        threading.Thread(
            target=_work,
            args=(self._jobs, self._idle),
            name=f"openint-{number}",
            daemon=True,
        ).start()

    def close(self) -> None:
        """Lets the threads end after the jobs that are there."""
        with self._lock:
            started, self._started = self._started, self._size
        for _ in range(started):
            self._jobs.put(None)

    def __del__(self) -> None:
        self.close()


def _work(jobs: SimpleQueue[Job | None], idle: threading.Semaphore) -> None:
    while True:
        job = jobs.get()
        if job is None:
            return
        job()
        del job
        idle.release()
