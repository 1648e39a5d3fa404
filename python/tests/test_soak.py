"""A tenth of all exchanges goes wrong, and no row is lost or doubled."""

from __future__ import annotations

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from openint_sdk import AsyncOpenint, Openint, OpenintError
from sandbox import Sandbox

CALLS = 160
AT_ONCE = 16
SHARE = 0.1


def create(call: int) -> dict[str, Any]:
    """The arguments of one call; four calls are for one customer."""
    return {
        "connector_config_id": "ccfg_",
        "customer_id": f"cus_{call // 4}",
        "data": {"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        "metadata": {"call": call},
    }


def rows(sandbox: Sandbox) -> Counter[int]:
    """Return the number of rows that each call has made."""
    assert sandbox.faults_injected() > 0
    sandbox.chaos(0)
    with Openint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
        found = list(client.iter_connections())
    assert all(row.metadata is not None for row in found)
    return Counter(row.metadata["call"] for row in found if row.metadata is not None)


def test_with_keys_every_call_ends_as_one_row(sandbox: Sandbox) -> None:
    sandbox.chaos(SHARE, seed=1)
    with Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, timeout=1) as client:

        def until_it_succeeds(call: int) -> str:
            for _ in range(50):
                try:
                    return client.create_connection(
                        **create(call), idempotency_key=f"call-{call}"
                    ).id
                except OpenintError:
                    continue
            raise AssertionError(f"call {call} never succeeded")

        with ThreadPoolExecutor(AT_ONCE) as threads:
            ids = set(threads.map(until_it_succeeds, range(CALLS)))
    assert len(ids) == CALLS
    assert rows(sandbox) == Counter(range(CALLS))


def test_with_keys_and_asyncio_every_call_ends_as_one_row(sandbox: Sandbox) -> None:
    sandbox.chaos(SHARE, seed=2)

    async def run() -> set[str]:
        async with AsyncOpenint(
            api_key=sandbox.api_key, base_url=sandbox.base_url, timeout=1
        ) as client:
            room = asyncio.Semaphore(AT_ONCE)

            async def until_it_succeeds(call: int) -> str:
                async with room:
                    for _ in range(50):
                        try:
                            made = await client.create_connection(
                                **create(call), idempotency_key=f"call-{call}"
                            )
                        except OpenintError:
                            continue
                        return made.id
                raise AssertionError(f"call {call} never succeeded")

            return set(await asyncio.gather(*map(until_it_succeeds, range(CALLS))))

    assert len(asyncio.run(run())) == CALLS
    assert rows(sandbox) == Counter(range(CALLS))


def test_without_keys_every_row_is_a_success_or_was_announced(sandbox: Sandbox) -> None:
    sandbox.chaos(SHARE, seed=3)
    with Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, timeout=1) as client:

        def once(call: int) -> str:
            try:
                client.create_connection(**create(call))
            except OpenintError as error:
                return "announced" if error.may_have_been_applied else "denied"
            return "success"

        with ThreadPoolExecutor(AT_ONCE) as threads:
            ends = list(threads.map(once, range(CALLS)))
    made = rows(sandbox)
    allowed = {"success": {1}, "announced": {0, 1}, "denied": {0}}
    assert all(made[call] in allowed[end] for call, end in enumerate(ends))
    assert "announced" in ends
