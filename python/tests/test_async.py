from __future__ import annotations

import asyncio
import contextvars
import gc
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from conftest import SEED
from openint_sdk import AsyncOpenint, Connection, InvalidInputError, NotFoundError, OpenintError
from sandbox import Sandbox

Runner = Callable[[Coroutine[Any, Any, None]], None]


def plain(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main)


def debug(main: Coroutine[Any, Any, None]) -> None:
    asyncio.run(main, debug=True)


def fast(main: Coroutine[Any, Any, None]) -> None:
    import uvloop

    uvloop.run(main)


RUNNERS = [plain, debug, *([] if sys.platform == "win32" else [fast])]


@pytest.fixture(params=RUNNERS, ids=lambda run: run.__name__)
def run(request: pytest.FixtureRequest) -> Runner:
    runner: Runner = request.param
    return runner


def make(sandbox: Sandbox, **options: Any) -> AsyncOpenint:
    return AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url, **options)


def test_the_same_surface(sandbox: Sandbox, run: Runner) -> None:
    async def main() -> None:
        async with make(sandbox) as client:
            connection = await client.create_connection(**SEED, metadata={"plan": "pro"})
            assert connection.metadata["plan"] == "pro"
            got = await client.with_options(timeout=5).request(
                "GET", "/connection/{id}", path_params={"id": connection.id}, cast_to=Connection
            )
            assert got.id == connection.id
            response = await client.with_raw_response.create_connection(**SEED)
            assert response.status_code == 200
            raw = await client.with_raw_response.request("GET", "/viewer")
            assert raw.parse()["role"] == "org"
            with pytest.raises(NotFoundError) as caught:
                await client.create_connection(**{**SEED, "connector_config_id": "ccfg_none"})
            assert caught.value.status_code == 404
            with pytest.raises(InvalidInputError):
                await client.create_connection(**{**SEED, "customer_id": ""})
        with pytest.raises(OpenintError, match="closed"):
            await client.request("GET", "/health")

    run(main())


def test_a_thousand_tasks_make_a_thousand_rows(sandbox: Sandbox, run: Runner) -> None:
    async def main() -> None:
        sandbox.script(*({"status": 503, "headers": {"retry-after": "0"}} for _ in range(20)))
        async with make(sandbox) as client:
            made = await asyncio.gather(
                *(
                    client.create_connection(
                        **{**SEED, "customer_id": f"cus_{n % 7}"}, max_retries=20
                    )
                    for n in range(1000)
                )
            )
        assert len({connection.id for connection in made}) == 1000
        assert sandbox.rows().connections == 1000

    run(main())


def test_the_loop_is_never_blocked(sandbox: Sandbox) -> None:
    async def main() -> None:
        sandbox.script({"process": True, "delay_ms": 600})
        async with make(sandbox) as client:
            call = asyncio.create_task(client.create_connection(**SEED))
            ticks = 0
            while not call.done():
                await asyncio.sleep(0.01)
                ticks += 1
            assert ticks > 10
            await call

    asyncio.run(main())


def test_concurrency_is_bounded(sandbox: Sandbox) -> None:
    async def main() -> None:
        sandbox.script({"process": True, "delay_ms": 150, "times": 12})
        before = threading.active_count()
        async with make(sandbox, max_concurrency=3) as client:
            calls = [asyncio.create_task(client.request("GET", "/viewer")) for _ in range(12)]
            await asyncio.sleep(0.1)
            assert threading.active_count() <= before + 3 + 3  # and three that dial
            await asyncio.gather(*calls)
        assert len({request.connection for request in sandbox.requests()}) <= 3

    asyncio.run(main())
    for bad in (0, -1, 1.5):
        with pytest.raises(InvalidInputError):
            make(sandbox, max_concurrency=bad)


def test_a_cancelled_task_returns_at_once_and_its_request_ends(
    own_sandbox: Sandbox, run: Runner
) -> None:
    async def main() -> None:
        async with make(own_sandbox, max_concurrency=1) as client:
            await client.request("GET", "/viewer")
            took: list[float] = []
            freed: list[float] = []
            for _ in range(3):
                own_sandbox.script({"fault": {"kind": "stall"}})
                call = asyncio.create_task(client.create_connection(**SEED))
                waiting = asyncio.create_task(client.create_connection(**SEED))
                await asyncio.sleep(0.2)
                fired = time.monotonic()
                waiting.cancel()
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
                took.append(time.monotonic() - fired)
                # The only thread is free again, so the request under way was ended.
                await client.request("GET", "/viewer")
                freed.append(time.monotonic() - fired)
            assert min(took) < 0.1
            assert min(freed) < 0.5
        # What waited for its turn was never sent.
        creates = [r for r in own_sandbox.requests() if r.method == "POST"]
        assert len(creates) == 3
        assert own_sandbox.rows().connections == 0

    run(main())


def test_wait_for(sandbox: Sandbox) -> None:
    async def main() -> None:
        sandbox.script({"fault": {"kind": "stall"}})
        async with make(sandbox) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.create_connection(**SEED), 0.2)

    asyncio.run(main())


def test_a_stop_iteration_from_input_does_not_hang(sandbox: Sandbox, run: Runner) -> None:
    class Broken:
        def model_dump(self, *, by_alias: bool = False) -> dict[str, Any]:
            raise StopIteration

    async def main() -> None:
        async with make(sandbox) as client:
            with pytest.raises(RuntimeError, match="StopIteration"):
                await asyncio.wait_for(client.upsert_customer("cus_1", metadata=Broken()), 10)

    run(main())


def test_the_context_of_the_task_is_that_of_the_call(
    sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    import logging

    tenant: contextvars.ContextVar[str] = contextvars.ContextVar("tenant", default="none")
    seen: list[str] = []

    class Note(logging.Filter):
        def filter(self, record: logging.LogRecord) -> bool:
            seen.append(tenant.get())
            return True

    async def main() -> None:
        async with make(sandbox) as client:
            tenant.set("acme")
            await client.request("GET", "/viewer")

    note = Note()
    logger = logging.getLogger("openint_sdk")
    logger.addFilter(note)
    try:
        with caplog.at_level("DEBUG", "openint_sdk"):
            asyncio.run(main())
    finally:
        logger.removeFilter(note)
    assert seen == ["acme"]


def test_threads_end_with_their_client(sandbox: Sandbox) -> None:
    def ours() -> int:
        return sum(thread.name.startswith("openint-") for thread in threading.enumerate())

    async def main() -> None:
        client = make(sandbox)
        await asyncio.gather(*(client.request("GET", "/viewer") for _ in range(8)))
        assert ours() > 0

    asyncio.run(main())
    gc.collect()
    end = time.monotonic() + 10
    while ours() and time.monotonic() < end:
        time.sleep(0.02)
    assert ours() == 0
