"""Threads for calls that must not block an event loop.

Names of `threading` and `queue` are taken at use: gevent replaces them, also after this module was
imported.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from ._native import CancelToken

if TYPE_CHECKING:
    import asyncio

Job = Callable[[], None]

#: Threads of a parent process are not in this one. Their pools are never dropped here.
_abandoned: list[object] = []


class Threads:
    """The threads of a client, made with its first call in each process."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._pool: Pool | None = None
        self._process = os.getpid()

    def submit(self, job: Job) -> None:
        """Runs `job` on one of them."""
        if self._process != os.getpid():
            _abandoned.append(self._pool)
            self._pool = None
            self._process = os.getpid()
        if self._pool is None:
            self._pool = Pool(self._size)
        self._pool.submit(job)

    def close(self) -> None:
        """Lets them end."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.close()
        self._pool = None


class Pool:
    """Up to `size` threads, made when they are needed.

    They are daemons, unlike those of `concurrent.futures`, so that a call under way never holds
    up the end of the interpreter. They end when the pool is closed or dropped.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._jobs: Any = queue.SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._lock = threading.Lock()
        self._started = 0

    def submit(self, job: Job) -> None:
        """Runs `job`, which must not raise, as soon as a thread is free."""
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


def _work(jobs: Any, idle: Any) -> None:
    while True:
        job = jobs.get()
        if job is None:
            return
        job()
        del job
        idle.release()


async def run(threads: Threads, token: CancelToken, job: Callable[[], Any]) -> Any:
    """Runs `job` on one of the threads. When the task is cancelled, `token` ends the call."""
    import asyncio
    import contextvars

    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()
    context = contextvars.copy_context()

    def finish(result: Any, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    def work() -> None:
        if token.cancelled:
            return
        result: Any = None
        error: BaseException | None = None
        try:
            result = context.run(job)
        except StopIteration as raised:
            # A future takes none. A coroutine makes the same of it.
            error = RuntimeError("the call raised StopIteration")
            error.__cause__ = raised
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(finish, result, error)

    threads.submit(work)
    try:
        return await future
    except asyncio.CancelledError:
        token.cancel()
        raise
