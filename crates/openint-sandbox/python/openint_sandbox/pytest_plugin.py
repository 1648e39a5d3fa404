"""Fixtures for pytest, which finds them when this package is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from ._sandbox import Sandbox

if TYPE_CHECKING:
    from openint_sdk import Openint


@pytest.fixture(scope="session")
def openint_sandbox_server() -> Iterator[Sandbox]:
    """The server of the whole run. Tests take `openint_sandbox`, which begins anew."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def openint_sandbox(openint_sandbox_server: Sandbox) -> Sandbox:
    """A local OpenInt server without rows, requests and faults of other tests."""
    openint_sandbox_server.reset()
    return openint_sandbox_server


@pytest.fixture
def openint_client(openint_sandbox: Sandbox) -> Iterator[Openint]:
    """A client of the local server."""
    try:
        from openint_sdk import Openint
    except ImportError:
        pytest.fail("the fixture openint_client needs `pip install openint-sdk`", pytrace=False)
    with Openint(api_key=openint_sandbox.api_key, base_url=openint_sandbox.base_url) as client:
        yield client
