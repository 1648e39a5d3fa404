"""Each test here runs in eight threads at once, all with one client and with the same objects."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import SEED
from openint_sdk import (
    Connection,
    CustomerToken,
    InputTypeError,
    NotFoundError,
    Openint,
    OpenintError,
)
from sandbox import Sandbox

pytestmark = pytest.mark.force_parallel_threads(8)

ROW: dict[str, Any] = {
    "id": "conn_github_1",
    "created_at": "2026-11-24 02:12:35.896474+00",
    "settings": {"oauth": {"credentials": {"access_token": "at"}}},
    "metadata": {"n": 12345678901234567890123, "exact": 1.5, "list": [1, {"a": None}]},
}
SHARED = Connection(**ROW)
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def everybody() -> Iterator[Openint]:
    with (
        Sandbox() as server,
        Openint(api_key=server.api_key, base_url=server.base_url) as client,
    ):
        yield client


def customer() -> str:
    """One of the thread's own."""
    assert threading.current_thread() is not threading.main_thread()
    return f"cus_{next(NUMBERS)}"


def test_the_life_of_connections(everybody: Openint) -> None:
    mine = customer()
    ids = {everybody.create_connection(**{**SEED, "customer_id": mine}).id for _ in range(5)}
    assert {row.id for row in everybody.iter_connections(customer_id=mine, page_size=2)} == ids
    for connection_id in ids:
        assert everybody.get_connection(connection_id).customer_id == mine
        assert everybody.check_connection(connection_id).id == connection_id
        everybody.delete_connection(connection_id)
    assert everybody.list_connections(customer_id=mine).items == ()


def test_everybody_gets_their_own_error(everybody: Openint) -> None:
    mine = customer()
    for _ in range(5):
        with pytest.raises(NotFoundError) as caught:
            everybody.create_connection(**{**SEED, "connector_config_id": f"ccfg_{mine}"})
        assert mine in str(caught.value.server_message)
        with pytest.raises(InputTypeError) as refused:
            everybody.upsert_customer(mine, metadata={mine: {1, 2}})
        assert refused.value.field == f"metadata.{mine}"


def test_options_do_not_mix(everybody: Openint) -> None:
    mine = customer()
    own = everybody.with_options(extra_body={"metadata": {"of": mine}}, timeout=60)
    for _ in range(5):
        assert own.upsert_customer(mine).metadata["of"] == mine
    token = everybody.create_customer_token(mine)
    assert isinstance(token, CustomerToken)
    with pytest.raises(OpenintError):
        everybody.with_options(extra_headers={"a b": "c"}).health()


def test_one_object_is_read_by_all() -> None:
    customer()
    for _ in range(200):
        assert SHARED.created_at is not None
        assert SHARED.created_at.year == 2026
        assert SHARED.settings is not None
        assert SHARED.settings.access_token == "at"
        assert SHARED.metadata["list"] == [1, {"a": None}]
        assert SHARED.to_dict() == ROW
        assert hash(SHARED) == hash(Connection(**ROW))
        assert json.loads(SHARED.to_json()) == ROW
