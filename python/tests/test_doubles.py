"""Doubles of the clients, for the unit tests of users."""

from __future__ import annotations

import asyncio
import inspect
import sys
from pathlib import Path

import pytest

from openint_sdk import AsyncOpenint, Openint
from openint_sdk.protocols import AsyncOpenintProtocol, OpenintProtocol

sys.path.append(str(Path(__file__).resolve().parent / "typing"))

from doubles import AsyncDouble, Double, connect, viewer


def test_a_client_and_a_double_do_for_the_same_code(client: Openint) -> None:
    assert connect(client, "acme").startswith("conn_dummy-oauth2_")
    assert asyncio.run(viewer(AsyncDouble())).role == "org"


def test_what_a_double_leaves_out_says_so() -> None:
    with pytest.raises(NotImplementedError, match="Double has no health"):
        Double().health()
    with pytest.raises(NotImplementedError, match="AsyncDouble has no close"):
        asyncio.run(AsyncDouble().close())


@pytest.mark.parametrize(
    ("protocol", "client"), [(OpenintProtocol, Openint), (AsyncOpenintProtocol, AsyncOpenint)]
)
def test_a_protocol_has_the_signatures_of_its_client(protocol: type, client: type) -> None:
    for name in dir(protocol):
        if not name.startswith("_"):
            method = getattr(protocol, name)
            assert inspect.signature(method) == inspect.signature(getattr(client, name))
            assert method.__doc__
