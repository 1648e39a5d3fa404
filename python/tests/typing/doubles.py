# pyright: strict
"""Doubles of clients that type checkers must accept. Checked, and run by test_doubles.py."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from openint_sdk import AsyncOpenint, Connection, Openint, Viewer
from openint_sdk.protocols import AsyncOpenintProtocol, OpenintProtocol


# --8<-- [start:double]
def connect(client: OpenintProtocol, customer: str) -> str:
    connection = client.create_connection(
        connector_config_id="ccfg_",
        customer_id=customer,
        data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        timeout=5,
    )
    return connection.id


class Double(OpenintProtocol):
    def create_connection(self, *, customer_id: str, **given: Any) -> Connection:
        return Connection(id=f"conn_{customer_id}")


def test_the_id_is_kept() -> None:
    assert connect(Double(), "acme") == "conn_acme"


# --8<-- [end:double]
async def viewer(client: AsyncOpenintProtocol) -> Viewer:
    return await client.viewer()


class ReadingDouble(OpenintProtocol):
    def iter_connections(self, **given: Any) -> Iterator[Connection]:
        return iter([Connection(id="conn_1")])


class AsyncDouble(AsyncOpenintProtocol):
    async def viewer(self, **given: Any) -> Viewer:
        return Viewer(role="org")

    async def iter_connections(self, **given: Any) -> AsyncIterator[Connection]:
        yield Connection(id="conn_1")


def both(client: Openint, asynchronous: AsyncOpenint) -> None:
    connect(client, "acme")
    connect(Double(), "acme")
    viewer(asynchronous).close()
    viewer(AsyncDouble()).close()
