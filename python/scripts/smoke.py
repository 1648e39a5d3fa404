"""Uses an installed package once in every way that matters. Run outside of the checkout."""

from __future__ import annotations

import asyncio
import importlib.metadata

import openint_sdk
from openint_sdk import AsyncOpenint, Connection, ConnectorData, NotFoundError, Openint


def blocking() -> str:
    """Creates a connection, and fails to create one."""
    with Openint() as client:
        connection = client.create_connection(
            connector_config_id="ccfg_",
            customer_id="customer_id",
            data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        )
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
    """Reads it again."""
    async with AsyncOpenint() as client:
        path_params = {"id": connection_id}
        got = await client.request(
            "GET", "/connection/{id}", path_params=path_params, cast_to=Connection
        )
    assert got.id == connection_id


def main() -> None:
    """Does all of it."""
    files = {str(file) for file in importlib.metadata.files("openint-sdk") or []}
    assert "openint_sdk/py.typed" in files
    assert "openint_sdk/_native.pyi" in files
    assert any("LICENSE-MIT" in file for file in files)
    assert importlib.metadata.version("openint-sdk") == openint_sdk.__version__
    assert not importlib.metadata.requires("openint-sdk")
    connection_id = blocking()
    asyncio.run(awaited(connection_id))
    print(f"smoke test: {connection_id}, openint-sdk {openint_sdk.__version__}")


if __name__ == "__main__":
    main()
