"""Imports of many connections for `asyncio`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from ._bulk import ImportOutcome, rows_of
from ._native import CancelToken, ImportOutcomes
from ._pool import Threads, run


async def outcomes(
    native: ImportOutcomes, source: Callable[[], Any], threads: Threads
) -> AsyncIterator[ImportOutcome]:
    """Gives rows to an import and takes its outcomes, side by side."""

    async def feed() -> None:
        # A row is in no variable here, nor the result of a task: it can hold secrets.
        while native._has_room:
            try:
                native._give(await source())
            except StopAsyncIteration:
                native._no_more()
                return

    def take() -> Any:
        return native._take()

    token = CancelToken()
    feeding: asyncio.Task[None] | None = None
    taking: asyncio.Task[Any] | None = None
    try:
        while True:
            if feeding is None and native._has_room:
                feeding = asyncio.ensure_future(feed())
            if taking is None:
                taking = asyncio.ensure_future(run(threads, token, take))
            await asyncio.wait(
                [task for task in (feeding, taking) if task is not None],
                return_when=asyncio.FIRST_COMPLETED,
            )
            if feeding is not None and feeding.done():
                fed, feeding = feeding, None
                fed.result()
            if taking.done():
                taken, taking = taking, None
                try:
                    outcome = taken.result()
                except StopAsyncIteration:
                    native._tell(True)
                    return
                if outcome is not None:
                    yield outcome
            native._tell(False)
    finally:
        for task in (feeding, taking):
            if task is not None:
                task.cancel()
        await asyncio.shield(run(threads, CancelToken(), native.close))


def source_of(rows: Any) -> Callable[[], Any]:
    """Gives the next row when it is awaited."""
    if hasattr(rows, "__aiter__"):
        return rows.__aiter__().__anext__
    found = rows_of(rows)

    async def following() -> Any:
        try:
            return next(found)
        except StopIteration:
            raise StopAsyncIteration from None

    return following
