# pyright: strict
"""Code that type checkers must accept. Checked, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from typing_extensions import assert_type

from openint_sdk import (
    AsyncOpenint,
    Connection,
    ConnectionCheck,
    Connector,
    ConnectorConfig,
    ConnectorData,
    ConnectorStatus,
    Customer,
    Deleted,
    Event,
    Model,
    OAuth2Credentials,
    OAuth2Settings,
    Openint,
    OpenintError,
    Page,
    Response,
    Settings,
)
from openint_sdk.types import GithubData

client = Openint(api_key="key", base_url="https://example.com", timeout=timedelta(seconds=5))

connection = client.create_connection(
    connector_config_id="ccfg_",
    customer_id="customer_id",
    data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    metadata={"plan": "pro", "seats": [1, 2.5, None]},
    check_connection=True,
    timeout=5,
    max_retries=0,
    extra_headers={"x-tenant": "acme"},
    extra_query={"a": ["x", 2], "b": True},
    extra_body={"c": {"d": None}},
)
assert_type(connection, Connection)
assert_type(connection.id, str)
assert_type(connection.customer_id, str | None)
assert_type(connection.created_at, datetime | None)
assert_type(connection.settings, Settings | None)
assert_type(connection.disabled, bool | None)
if connection.settings is not None and connection.settings.oauth is not None:
    assert_type(connection.settings.oauth, OAuth2Settings)
    credentials = connection.settings.oauth.credentials
    assert_type(credentials, OAuth2Credentials | None)
    if credentials is not None:
        assert_type(credentials.access_token, str)

github: GithubData = {
    "connector_name": "github",
    "settings": {"oauth": {"credentials": {"access_token": "at", "expires_in": 3600}}},
}
client.create_connection(connector_config_id="ccfg_", customer_id="c", data=github)
client.create_connection(
    connector_config_id="ccfg_",
    customer_id="c",
    data={"connector_name": "greenhouse", "settings": {"apiKey": "k"}},
    metadata=None,
)
client.create_connection(
    connector_config_id="ccfg_",
    customer_id="c",
    data={"connector_name": "foreceipt", "settings": {"envName": "staging", "_id": 1}},
)


def open_fallback(name: str, settings: dict[str, Any]) -> Connection:
    return client.create_connection(
        connector_config_id="ccfg_", customer_id="c", data=ConnectorData(name, settings)
    )


@dataclass
class Mine:
    connector_name: str
    settings: dict[str, str]


client.create_connection(connector_config_id="ccfg_", customer_id="c", data=Mine("x", {}))

assert_type(client.request("GET", "/connection", cast_to=Connection), Connection)
assert_type(client.with_raw_response.request("GET", "/c", cast_to=Connection), Response[Connection])
page = client.list_connections(connector_names=["github"], refresh_policy="force", limit=10)
assert_type(page, Page[Connection])
assert_type(page.items, tuple[Connection, ...])
assert_type(page.total, int | None)
assert_type(client.iter_connections(page_size=100, timeout=5), Iterator[Connection])
for config in client.iter_connector_configs(expand=["connector", "a-newer-one"]):
    assert_type(config, ConnectorConfig)
    assert_type(config.config, Settings | None)
    assert_type(config.connector, Connector | None)
for row in page:
    assert_type(row, Connection)
assert_type(client.list_connector_configs(connector_names="github"), Page[ConnectorConfig])
assert_type(client.list_connectors(expand="schemas"), Page[Connector])
assert_type(client.list_customers(), Page[Customer])
assert_type(client.list_events(since=datetime(2026, 1, 1), include_prompt=True), Page[Event])
assert_type(client.get_connection("conn_1", refresh_policy="a-newer-one"), Connection)
assert_type(client.check_connection("conn_1"), ConnectionCheck)
assert_type(client.delete_connection("conn_1"), Deleted)
assert_type(client.update_connector_config("ccfg_1", config={"oauth": {}}), ConnectorConfig)
assert_type(client.connector_status().list, tuple[ConnectorStatus, ...])
token = client.create_customer_token("c", connect_options={"view": "add", "debug": True})
assert_type(token.token, str)
assert_type(token.magic_link_url, str | None)
assert_type(client.viewer().org_id, str | None)
assert_type(client.health().ok, bool)
assert_type(client.message_template("c", language="javascript").template, str)
everything: Page[Model] = page
assert_type(
    client.with_raw_response.list_connections(customer_id="c", max_retries=0),
    Response[Page[Connection]],
)
assert_type(client.with_raw_response.request("GET", "/c"), Response[Any])
raw = client.with_raw_response.create_connection(
    connector_config_id="ccfg_",
    customer_id="c",
    data=ConnectorData.oauth2("github", OAuth2Credentials(access_token="at")),
)
assert_type(raw, Response[Connection])
assert_type(raw.parse(), Connection)
with client.with_options(timeout=1) as other:
    assert_type(other, Openint)


async def main() -> None:
    async with AsyncOpenint(max_concurrency=4) as client:
        connection = await client.create_connection(
            connector_config_id="ccfg_",
            customer_id="c",
            data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        )
        assert_type(connection, Connection)
        assert_type(await client.request("GET", "/c", cast_to=Connection), Connection)
        assert_type(await client.list_events(search_query="x"), Page[Event])
        assert_type(client.iter_events(), AsyncIterator[Event])
        async for customer in client.iter_customers():
            assert_type(customer, Customer)
        response = await client.with_raw_response.get_connection("conn_1", expand=["connector"])
        assert_type(response, Response[Connection])


def handled(error: OpenintError) -> tuple[str, int | None, float | None, bool]:
    return error.kind, error.status_code, error.retry_after, error.may_have_been_applied


def generic(response: Response[Connection]) -> str:
    return response.parse().id
