from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from openint_sdk import Openint
from sandbox import Sandbox

#: Pytest finds it by itself where the package is installed.
pytest_plugins = ["openint_sandbox.pytest_plugin"]

#: Least input of every create of the suite.
SEED: dict[str, Any] = {
    "connector_config_id": "ccfg_",
    "customer_id": "customer_id",
    "data": {"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
}


@pytest.fixture(scope="session")
def openint_sandbox_server() -> Iterator[Sandbox]:
    """The suite's own in place of the plugin's."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(openint_sandbox: Sandbox) -> Sandbox:
    return openint_sandbox


@pytest.fixture
def own_sandbox() -> Iterator[Sandbox]:
    """A sandbox of the test's own, for what outlives a test or refuses connections."""
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def client(openint_client: Openint) -> Openint:
    return openint_client


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Ctrl-C raises, also in a process that was started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_person() -> None:
    # Not by `monkeypatch`: no test that uses it is run in several threads.
    for name in ("OPENINT_API_KEY", "OPENINT_BASE_URL", "OPENINT_LOG"):
        os.environ.pop(name, None)
