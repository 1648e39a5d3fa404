"""Lists that are read to their end."""

from __future__ import annotations

import asyncio
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from openint_sdk import (
    APICancelledError,
    AsyncOpenint,
    CancelToken,
    InvalidInputError,
    Openint,
    OpenintError,
    PermissionDeniedError,
)
from sandbox import Sandbox

MANY = 100_000
#: Holding the rows after the warm-up takes four times as much.
MAX_GROWTH = 24 * 1024 * 1024


def resident() -> int:
    """Return the bytes of memory that the process has."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


class Seen:
    """Counts rows, and watches memory once it has settled."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.rows = 0
        self.start = 0
        self.most = 0

    def add(self, connection_id: str) -> None:
        self.rows += 1
        # A hash takes as much memory whether the row is held or not.
        self.ids.add(hash(connection_id))
        if self.rows == MANY // 5:
            self.start = resident()
        elif self.start and self.rows % 2500 == 0:
            # The set itself grows by doubling.
            self.most = max(self.most, resident() - sys.getsizeof(self.ids) - self.start)

    def check(self) -> None:
        assert self.rows == len(self.ids) == MANY
        assert self.start > 0
        assert self.most < MAX_GROWTH


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_a_hundred_thousand_rows_in_constant_memory(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=MANY, customer_id="cus_many")
    seen = Seen()
    for connection in client.iter_connections(customer_id="cus_many", page_size=2500):
        seen.add(connection.id)
    seen.check()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is read from /proc")
def test_a_hundred_thousand_rows_awaited(sandbox: Sandbox) -> None:
    sandbox.fill(connections=MANY, customer_id="cus_many")
    seen = Seen()

    async def main() -> None:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            async for connection in client.iter_connections(page_size=2500):
                seen.add(connection.id)

    asyncio.run(main())
    seen.check()


def test_pages_are_asked_for_when_they_are_needed(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=10, customer_id="cus_1")
    rows = client.iter_connections(page_size=3)
    assert sandbox.requests() == []
    for _ in range(3):
        next(rows)
    assert len(sandbox.requests()) == 1
    next(rows)
    assert len(sandbox.requests()) == 2
    assert len(list(rows)) == 6
    assert list(rows) == []


def test_rows_that_move_come_once(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=9, customer_id="cus_1")
    ids: list[str] = []
    last = list(client.iter_connections())[-1].id
    for row in client.iter_connections(page_size=3):
        ids.append(row.id)
        if len(ids) == 2:
            sandbox.touch(last)  # it moves to the front and pushes the third row to page two
    assert len(ids) == len(set(ids))
    assert len(ids) >= 8


def test_bad_input_is_refused_before_the_first_row(client: Openint, sandbox: Sandbox) -> None:
    with pytest.raises(InvalidInputError) as caught:
        client.iter_connectors(page_size=-1)
    assert caught.value.field == "page_size"
    with pytest.raises(InvalidInputError) as caught:
        next(client.iter_connectors(page_size=3_001))
    assert caught.value.field == "page_size"
    client.close()
    with pytest.raises(OpenintError, match="closed"):
        client.iter_connections()


def test_an_error_is_the_last_thing_that_comes_out(client: Openint, sandbox: Sandbox) -> None:
    page = {"items": [{"id": "cus_a"}, {"id": "cus_b"}], "limit": 2}
    sandbox.script({"body": page}, {"status": 403, "body": {"code": "FORBIDDEN"}})
    rows = client.iter_customers(page_size=2)
    assert [next(rows).id, next(rows).id] == ["cus_a", "cus_b"]
    with pytest.raises(PermissionDeniedError):
        next(rows)
    assert next(rows, None) is None


def test_a_token_ends_the_reading(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=4, customer_id="cus_1")
    token = CancelToken()
    rows = client.with_options(cancel=token).iter_connections(page_size=2)
    next(rows)
    next(rows)
    sandbox.script({"fault": {"kind": "stall"}})
    threading.Timer(0.2, token.cancel).start()
    with pytest.raises(APICancelledError):
        next(rows)


def test_a_cancelled_task_ends_the_reading(sandbox: Sandbox) -> None:
    async def main() -> None:
        sandbox.script({"fault": {"kind": "stall"}})
        async with AsyncOpenint(
            api_key=sandbox.api_key, base_url=sandbox.base_url, max_concurrency=1
        ) as client:

            async def read() -> list[Any]:
                return [row async for row in client.iter_events()]

            reading = asyncio.create_task(read())
            await asyncio.sleep(0.2)
            reading.cancel()
            with pytest.raises(asyncio.CancelledError):
                await reading
            # The only thread is free again.
            assert (await client.health()).ok

    asyncio.run(main())


def test_threads_read_side_by_side(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=50, customer_id="cus_1")
    counts: list[int] = []

    def read() -> None:
        counts.append(len({row.id for row in client.iter_connections(page_size=7)}))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [50] * 4
