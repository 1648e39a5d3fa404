"""Uses an installed package once in every way that matters. Run outside of the checkout."""

from __future__ import annotations

import asyncio
import importlib.metadata

import openint_sdk
from openint_sdk import AsyncOpenint, ConnectorData, NotFoundError, Openint


def blocking() -> str:
    """Creates a connection, and fails to create one."""
    with Openint() as client:
        connection = client.create_connection(
            connector_config_id="ccfg_",
            customer_id="customer_id",
            data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        )
        rows = client.iter_connections(customer_id="customer_id", page_size=1)
        if connection.id not in {row.id for row in rows}:
            raise AssertionError("it must be listed")
        try:
            client.create_connection(
                connector_config_id="ccfg_none",
                customer_id="customer_id",
                data=ConnectorData("dummy-oauth2", {"oauth": {}}),
            )
        except NotFoundError as error:
            if error.status_code != 404:
                raise
        else:
            raise AssertionError("it must fail")
    return connection.id


async def awaited(connection_id: str) -> None:
    """Reads it again and deletes it."""
    async with AsyncOpenint() as client:
        got = await client.get_connection(connection_id)
        await client.delete_connection(connection_id)
    assert got.id == connection_id


def main() -> None:
    """Does all of it."""
    files = {str(file) for file in importlib.metadata.files("openint-sdk") or []}
    assert "openint_sdk/py.typed" in files
    assert {"openint_sdk/_native.pyi", "openint_sdk/types.py"} <= files
    assert any("LICENSE-MIT" in file for file in files)
    assert importlib.metadata.version("openint-sdk") == openint_sdk.__version__
    needed = importlib.metadata.requires("openint-sdk") or []
    assert all("extra ==" in requirement for requirement in needed), needed
    connection_id = blocking()
    asyncio.run(awaited(connection_id))
    print(f"smoke test: {connection_id}, openint-sdk {openint_sdk.__version__}")


if __name__ == "__main__":
    main()
