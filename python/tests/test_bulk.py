"""Imports of many connections, over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from pydantic import BaseModel

from openint_sdk import (
    APICancelledError,
    AsyncOpenint,
    AuthenticationError,
    CancelToken,
    ImportOutcome,
    ImportProgress,
    InputTypeError,
    InvalidInputError,
    JournalError,
    Openint,
    OpenintError,
)
from sandbox import Sandbox

CONFIG = "ccfg_github_sandbox"


def row(number: int) -> dict[str, Any]:
    return {
        "id": f"row-{number}",
        "connector_config_id": CONFIG,
        "customer_id": f"customer_{number}",
        "data": {
            "connector_name": "github",
            "settings": {"oauth": {"credentials": {"access_token": f"gho_{number}"}}},
        },
    }


def creates(sandbox: Sandbox) -> int:
    return sum(request.method == "POST" for request in sandbox.requests())


def counted(outcomes: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for outcome in outcomes:
        found[outcome.status] = found.get(outcome.status, 0) + 1
    return found


def test_each_row_has_an_outcome_and_a_connection(client: Openint, sandbox: Sandbox) -> None:
    reports: list[ImportProgress] = []
    rows = (row(number) for number in range(300))
    outcomes = list(client.create_connections(rows, name="move", on_progress=reports.append))
    assert {outcome.row_id for outcome in outcomes} == {f"row-{number}" for number in range(300)}
    for outcome in outcomes:
        assert isinstance(outcome, ImportOutcome)
        assert outcome.status == "created"
        assert outcome.error is None
        assert outcome.connection is not None
        assert outcome.connection.customer_id == f"customer_{outcome.row_id.removeprefix('row-')}"
        assert "gho_" not in repr(outcome)
    assert len({outcome.connection.id for outcome in outcomes if outcome.connection}) == 300
    assert reports[-1].created == reports[-1].rows == 300
    assert reports[-1].in_flight == 0
    # A second run looks each row up, and doubles none.
    again = counted(client.create_connections(map(row, range(300)), name="move"))
    assert again == {"found": 300}
    assert creates(sandbox) == 300


def test_a_journal_spares_all_requests(client: Openint, sandbox: Sandbox, tmp_path: Path) -> None:
    journal = tmp_path / "move.journal"
    first = client.create_connections(map(row, range(50)), name="move", journal=journal)
    assert counted(first) == {"created": 50}
    sent = len(sandbox.requests())
    assert sent == 50
    again = client.create_connections(map(row, range(60)), name="move", journal=str(journal))
    assert counted(again) == {"skipped": 50, "created": 10}
    assert len(sandbox.requests()) == sent + 10
    assert "gho_" not in journal.read_text()


def test_a_journal_in_use_or_of_another_import_is_refused(
    client: Openint, sandbox: Sandbox, tmp_path: Path
) -> None:
    journal = tmp_path / "move.journal"
    running = client.create_connections(map(row, range(9999)), name="move", journal=journal)
    next(running)
    script = (
        "import sys; from openint_sdk import *\n"
        "try: Openint().create_connections([], name='move', journal=sys.argv[1])\n"
        "except JournalError as error: print(error.kind, error)\n"
    )
    environment = os.environ | {
        "OPENINT_API_KEY": sandbox.api_key,
        "OPENINT_BASE_URL": sandbox.base_url,
    }
    other = subprocess.run(
        [sys.executable, "-c", script, str(journal)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert "journal" in other.stdout
    assert "is in use by another import" in other.stdout
    running.close()
    with pytest.raises(JournalError, match="of the import `move`"):
        client.create_connections([], name="other", journal=journal)


@dataclass
class Record:
    id: int
    connector_config_id: str
    customer_id: str
    connector_name: str
    settings: dict[str, Any]
    metadata: dict[str, Any] | None = None


class Named(NamedTuple):
    id: str
    connector_config_id: str
    customer_id: str
    data: dict[str, Any]


class Pydantic(BaseModel):
    id: str
    connector_config_id: str
    customer_id: str
    data: dict[str, Any]


def test_rows_come_in_any_form(client: Openint) -> None:
    github = row(0)["data"]
    rows = [
        Record(1, CONFIG, "customer_1", "github", github["settings"]),
        Named("2", CONFIG, "customer_2", github),
        Pydantic(id="3", connector_config_id=CONFIG, customer_id="customer_3", data=github),
        pd.Series({"id": "4", "connector_config_id": CONFIG, "customer_id": "c", "data": github}),
    ]
    outcomes = {outcome.row_id: outcome for outcome in client.create_connections(rows)}
    assert {key: found.status for key, found in outcomes.items()} == dict.fromkeys(
        "1234", "created"
    )


def test_rows_of_pandas(client: Openint) -> None:
    frame = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "connector_config_id": CONFIG,
            "customer_id": ["customer_1", "customer_2", None],
            "connector_name": "github",
            "settings": [row(0)["data"]["settings"]] * 3,
            "metadata": [{"plan": "pro"}, float("nan"), pd.NA],
        }
    )
    outcomes = {outcome.row_id: outcome for outcome in client.create_connections(frame)}
    assert outcomes["1"].connection is not None
    assert outcomes["1"].connection.metadata["plan"] == "pro"
    assert outcomes["2"].status == "created"
    error = outcomes["3"].error
    assert isinstance(error, InvalidInputError)
    assert error.field == "rows[2].customer_id"


def test_a_bad_row_is_an_outcome_and_ends_nothing(client: Openint, sandbox: Sandbox) -> None:
    bad: list[tuple[Any, str, type[Exception]]] = [
        (7, "rows[0]", InputTypeError),
        ({**row(1), "id": None}, "rows[1].id", InvalidInputError),
        ({**row(2), "id": 1.5}, "rows[2].id", InputTypeError),
        ({**row(3), "metadata": {"at": object()}}, "rows[3].metadata.at", InputTypeError),
        ({**row(4), "customer": "x"}, "rows[4].customer", InvalidInputError),
        ({**row(5), "connector_config_id": "conf"}, "connector_config_id", InvalidInputError),
        ({**row(6), "id": ""}, "id", InvalidInputError),
    ]
    rows = [*(given for given, _, _ in bad), *map(row, range(10, 20))]
    outcomes = client.create_connections(rows)
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    assert sorted(str(outcome.error.field) for outcome in failed if outcome.error) == sorted(
        field for _, field, _ in bad
    )
    for outcome in failed:
        kind = next(kind for _, field, kind in bad if field == getattr(outcome.error, "field", ""))
        assert isinstance(outcome.error, kind)
        assert outcome.error.attempts == 0
    progress = outcomes.progress
    assert (progress.created, progress.failed) == (10, 7)
    assert progress.errors == {"invalid_input": 7}
    assert creates(sandbox) == 10


def test_an_endless_bad_source_takes_no_memory(client: Openint) -> None:
    pulled = 0

    def bad_rows() -> Iterator[int]:
        nonlocal pulled
        while True:
            pulled += 1
            yield pulled

    with client.create_connections(bad_rows()) as outcomes:
        for _ in range(100):
            assert next(outcomes).status == "failed"
    assert pulled <= 101


def test_rows_are_read_as_they_are_needed(client: Openint) -> None:
    pulled = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal pulled
        for number in range(100_000):
            pulled += 1
            yield row(number)

    with client.create_connections(rows(), concurrency=4) as outcomes:
        for _ in range(20):
            assert next(outcomes).status == "created"
    assert pulled < 400
    assert next(outcomes, None) is None


def test_rows_are_read_on_the_thread_that_takes_outcomes(client: Openint) -> None:
    # A cursor of sqlite3 refuses any other.
    database = sqlite3.connect(":memory:")
    database.execute("create table moves (id, customer_id)")
    database.executemany("insert into moves values (?, ?)", [(n, f"c_{n}") for n in range(30)])
    rows = (
        {**row(0), "id": number, "customer_id": customer}
        for number, customer in database.execute("select id, customer_id from moves")
    )
    assert counted(client.create_connections(rows)) == {"created": 30}
    database.close()


def test_an_exception_of_the_rows_stops_the_import(
    client: Openint, sandbox: Sandbox, tmp_path: Path
) -> None:
    journal = tmp_path / "move.journal"

    def rows() -> Iterator[dict[str, Any]]:
        yield from map(row, range(20))
        raise LookupError("the database is gone")

    outcomes = client.create_connections(rows(), journal=journal)
    with pytest.raises(LookupError, match="the database is gone"):
        list(outcomes)
    outcomes.close()
    again = counted(client.create_connections(map(row, range(30)), journal=journal))
    assert sum(again.values()) == 30
    assert creates(sandbox) == 30


def test_leaving_the_loop_stops_the_import_and_unlocks_the_journal(
    client: Openint, sandbox: Sandbox, tmp_path: Path
) -> None:
    journal = tmp_path / "move.journal"
    for outcome in client.create_connections(map(row, range(10_000)), journal=journal):
        assert outcome.status == "created"
        break
    gc.collect()
    before = creates(sandbox)
    time.sleep(0.3)
    assert creates(sandbox) == before < 1000
    again = counted(client.create_connections(map(row, range(1000)), journal=journal))
    assert sum(again.values()) == 1000
    assert again["skipped"] > 0
    assert creates(sandbox) == 1000


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("process", [True, False], ids=["created", "failed"])
def test_ctrl_c_ends_it(own_sandbox: Sandbox, process: bool) -> None:
    own_sandbox.script({"delay_ms": 100, "times": 10_000, "process": process})
    client = Openint(api_key=own_sandbox.api_key, base_url=own_sandbox.base_url)
    outcomes = client.create_connections(map(row, range(10_000)))
    timer = threading.Timer(0.5, signal.raise_signal, (signal.SIGINT,))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        list(outcomes)
    outcomes.close()
    sent = creates(own_sandbox)
    time.sleep(0.3)
    assert creates(own_sandbox) == sent


def test_faults_double_no_row(client: Openint, sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.chaos(0.15, seed=7)
    journal = tmp_path / "move.journal"
    for _ in range(10):
        rows = map(row, range(200))
        found = counted(client.create_connections(rows, journal=journal, concurrency=8, timeout=2))
        if "failed" not in found:
            break
    sandbox.chaos(0)
    customers = [connection.customer_id for connection in client.iter_connections()]
    ours = [customer for customer in customers if customer.startswith("customer_")]
    assert sorted(ours) == sorted(f"customer_{number}" for number in range(200))


def test_a_key_that_is_refused_stops_it(sandbox: Sandbox) -> None:
    outcomes: list[ImportOutcome] = []
    with Openint(api_key="key_that_is_none", base_url=sandbox.base_url) as client:
        started = client.create_connections(map(row, range(1000)), first_run=True)
        with pytest.raises(AuthenticationError, match="the import stopped"):
            outcomes.extend(started)
    assert all(isinstance(outcome.error, AuthenticationError) for outcome in outcomes)
    assert creates(sandbox) <= 100


def test_a_token_ends_it(client: Openint) -> None:
    token = CancelToken()
    outcomes = client.with_options(cancel=token).create_connections(map(row, range(10_000)))
    next(outcomes)
    token.cancel()
    rest = list(outcomes)
    assert len(rest) < 1000
    for outcome in rest:
        assert outcome.error is None or isinstance(outcome.error, APICancelledError)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"concurrency": 0}, "concurrency"),
        ({"concurrency": 1025}, "concurrency"),
        ({"concurrency": "many"}, "concurrency"),
        ({"max_rate": 0}, "max_rate"),
        ({"max_rate": float("nan")}, "max_rate"),
        ({"max_rate": "fast"}, "max_rate"),
        ({"name": ""}, "name"),
        ({"journal": 7}, "journal"),
        ({"on_progress": 7}, "on_progress"),
        ({"timeout": -1}, "timeout"),
    ],
)
def test_options_are_checked(client: Openint, options: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        list(client.create_connections([row(1)], **options))
    assert caught.value.field == field


def test_a_rate_is_kept(client: Openint) -> None:
    started = time.monotonic()
    outcomes = client.create_connections(map(row, range(30)), max_rate=20, first_run=True)
    assert counted(outcomes) == {"created": 30}
    assert time.monotonic() - started > 1


def test_an_exception_of_on_progress_reaches_the_caller(client: Openint) -> None:
    def report(progress: ImportProgress) -> None:
        raise LookupError("the bar is gone")

    with pytest.raises(LookupError):
        list(client.create_connections(map(row, range(1000)), on_progress=report))


def test_asynchronous(sandbox: Sandbox) -> None:
    reports: list[ImportProgress] = []

    async def rows() -> AsyncIterator[dict[str, Any]]:
        for number in range(100):
            await asyncio.sleep(0)
            yield row(number)

    async def main() -> None:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            found: dict[str, int] = {}
            async for outcome in client.create_connections(rows(), on_progress=reports.append):
                found[outcome.status] = found.get(outcome.status, 0) + 1
            assert found == {"created": 100}
            # Of an ordinary iterable, with a bad row.
            again = client.create_connections([*map(row, range(100)), 7])
            statuses = [outcome.status async for outcome in again]
            assert sorted(statuses) == [*["failed"], *["found"] * 100]

    asyncio.run(main())
    assert reports[-1].created == 100
    assert creates(sandbox) == 100


def test_asynchronous_rows_that_are_slow_hold_no_outcome_up(sandbox: Sandbox) -> None:
    async def rows() -> AsyncIterator[dict[str, Any]]:
        yield row(1)
        await asyncio.sleep(5)
        yield row(2)

    async def main() -> float:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            started = time.monotonic()
            async with contextlib.aclosing(client.create_connections(rows())) as outcomes:
                async for outcome in outcomes:
                    assert outcome.row_id == "row-1"
                    break
            return time.monotonic() - started

    assert asyncio.run(main()) < 2


def test_asynchronous_exceptions_and_cancellation(sandbox: Sandbox) -> None:
    async def rows() -> AsyncIterator[dict[str, Any]]:
        yield row(1)
        raise LookupError("the database is gone")

    async def main() -> None:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            with pytest.raises(LookupError):
                async for _ in client.create_connections(rows()):
                    pass

            async def run() -> None:
                async for _ in client.create_connections(map(row, range(100_000))):
                    pass

            task = asyncio.create_task(run())
            await asyncio.sleep(0.3)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            sent = creates(sandbox)
            await asyncio.sleep(0.3)
            assert creates(sandbox) == sent

    asyncio.run(main())


def locals_of_ours(error: BaseException) -> str:
    """The variables of the package's own frames, as an error tracker sends them."""
    found, frame = [], error.__traceback__
    while frame is not None:
        if "openint_sdk" in frame.tb_frame.f_code.co_filename:
            found.append(repr(frame.tb_frame.f_locals))
        frame = frame.tb_next
    return "".join(found)


def test_no_frame_of_the_package_holds_a_row(sandbox: Sandbox, tmp_path: Path) -> None:
    async def rows() -> AsyncIterator[dict[str, Any]]:
        yield row(1)
        raise LookupError("the database is gone")

    async def take(client: AsyncOpenint, rows: Any, **options: Any) -> None:
        async for _ in client.create_connections(rows, **options):
            pass

    async def main() -> None:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            for given, options in (
                (rows(), {}),
                ([row(1)], {"concurrency": 0}),
                ([row(1)], {"journal": tmp_path}),
                ([row(1)], {"extra_headers": {"x": "gho_1\n"}}),
            ):
                with pytest.raises((OpenintError, LookupError)) as caught:
                    await take(client, given, **options)
                assert "gho_" not in locals_of_ours(caught.value)
                assert "gho_" not in str(caught.value)

    asyncio.run(main())
    with pytest.raises(LookupError) as shown:
        asyncio.run(fails(sandbox))
    assert "native" in locals_of_ours(shown.value)


async def fails(sandbox: Sandbox) -> None:
    async def rows() -> AsyncIterator[dict[str, Any]]:
        raise LookupError
        yield row(1)

    async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
        async for _ in client.create_connections(rows()):
            pass
