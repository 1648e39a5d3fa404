"""The methods of the clients beside each other, and what they give."""

from __future__ import annotations

import inspect
import pickle
import re
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from conftest import SEED
from openint_sdk import (
    AsyncOpenint,
    AsyncRawOpenint,
    Connection,
    ConnectorConfig,
    CustomerToken,
    InputTypeError,
    InvalidInputError,
    MessageTemplate,
    NotFoundError,
    Openint,
    Page,
    RawOpenint,
    Viewer,
)
from sandbox import ROOT, Sandbox


def table() -> tuple[list[str], list[str]]:
    """The methods of Python in `docs/api.md`: operations, and those that read a list to its end."""
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs/api.md").read_text("utf-8").splitlines()
        if re.match(r"\| `\w+` \|", line)
    ]
    return [row[3] for row in rows if len(row) == 7], [row[2] for row in rows if len(row) == 5]


OPERATIONS, ITERATORS = table()


def methods(client: type[Any]) -> set[str]:
    return {
        name for name in dir(client) if callable(getattr(client, name)) and not name.startswith("_")
    }


def test_every_operation_of_the_table_has_its_methods() -> None:
    assert len(OPERATIONS) == 20
    assert len(ITERATORS) == 5
    expected = {*OPERATIONS, *ITERATORS, "create_connections", "request", "with_options", "close"}
    assert methods(Openint) == expected
    assert methods(AsyncOpenint) == expected
    raw = {*OPERATIONS, "request"}
    assert methods(RawOpenint) == raw
    assert methods(AsyncRawOpenint) == raw


@pytest.mark.parametrize("name", [*OPERATIONS, *ITERATORS, "request"])
def test_the_clients_agree_on_the_arguments(name: str) -> None:
    expected = inspect.signature(getattr(Openint, name))
    assert [*expected.parameters][-1] == "options"
    awaited = getattr(AsyncOpenint, name)
    assert inspect.signature(awaited) == expected
    assert awaited.__doc__.split(">>>")[0].startswith(getattr(Openint, name).__doc__.split("\n")[0])
    assert ">>>" not in awaited.__doc__
    assert awaited.__qualname__ == f"AsyncOpenint.{name}"
    assert inspect.iscoroutinefunction(awaited) == (name not in ITERATORS)
    if name not in ITERATORS:
        assert inspect.signature(getattr(AsyncRawOpenint, name)) == expected
        assert inspect.iscoroutinefunction(getattr(AsyncRawOpenint, name))


def test_the_documentation_names_every_argument() -> None:
    for name in (*OPERATIONS, *ITERATORS):
        method = getattr(Openint, name)
        for argument in [*inspect.signature(method).parameters][1:]:
            assert f"\n    {argument}: " in method.__doc__, f"{name}: {argument}"
    assert list(inspect.signature(Openint.create_connection).parameters)[1:4] == [
        "connector_config_id",
        "customer_id",
        "data",
    ]


def test_an_unknown_option_is_a_mistake(client: Openint) -> None:
    with pytest.raises(TypeError, match="time_out"):
        client.viewer(time_out=5)  # type: ignore[call-arg]


def test_options_of_a_single_call(client: Openint, sandbox: Sandbox) -> None:
    client.list_events(
        timeout=timedelta(seconds=9), extra_headers={"x-tenant": "acme"}, extra_query={"a": 1}
    )
    sent = sandbox.requests()[-1]
    assert dict(sent.headers)["x-tenant"] == "acme"
    assert sent.query == "a=1"


def test_a_client_of_a_customer(client: Openint, sandbox: Sandbox) -> None:
    client.create_connection(**SEED)
    theirs = client.create_connection(**{**SEED, "customer_id": "cus_7"})
    made = client.create_customer_token("cus_7", connect_options={"view": "add"})
    for key in (made.token, made.api_key):
        with Openint(api_key=key, base_url=sandbox.base_url) as customer:
            viewer = customer.viewer()
            assert (viewer.role, viewer.customer_id) == ("customer", "cus_7")
            assert [row.id for row in customer.iter_connections()] == [theirs.id]


def test_a_page(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=5, customer_id="cus_1")
    page = client.list_connections(limit=2, offset=1, expand="connector")
    assert (page.total, page.limit, page.offset) == (5, 2, 1)
    assert len(page) == len(page.items) == 2
    assert [row.id for row in page] == [row.id for row in page.items]
    assert all(type(row) is Connection for row in page)
    assert page.items[0].connector is not None
    assert page.items[0].connector.name == "acme-oauth2"
    again = pickle.loads(pickle.dumps(page))
    assert (type(again), again) == (Page, page)
    assert type(again.items[0]) is Connection
    match page:
        case Page((Connection(first), *_)):
            assert first == page.items[0].id
        case _:
            pytest.fail("no match")
    generic = client.request("GET", "/connection", query={"limit": 2}, cast_to=Page)
    assert type(generic.items[0]) is dict


def test_several_names_or_one(client: Openint, sandbox: Sandbox) -> None:
    client.list_connections(connector_names="github", expand=["connector"])
    client.list_connections(connector_names=("github", "discord"))
    assert [request.query for request in sandbox.requests()] == [
        "connector_names=github&expand=connector",
        "connector_names=github&connector_names=discord",
    ]


def test_since(client: Openint, sandbox: Sandbox) -> None:
    client.list_events(since=datetime(2026, 11, 24, 1, 2, 3, tzinfo=timezone.utc))
    assert sandbox.requests()[-1].query == "since=2026-11-24T01%3A02%3A03Z"
    with pytest.raises(InvalidInputError) as caught:
        client.list_events(since=datetime(2026, 11, 24))
    assert caught.value.field == "since"


@pytest.mark.parametrize(
    ("method", "arguments", "field", "kind"),
    [
        ("get_connection", {"id": "ccfg_1"}, "id", InvalidInputError),
        ("get_connection", {"id": 7}, "id", InputTypeError),
        ("get_connection", {"id": "c", "include_secrets": 1}, "include_secrets", InputTypeError),
        ("get_connection", {"id": "conn_1", "expand": 1}, "expand", InputTypeError),
        ("get_connection", {"id": "conn_1", "expand": [1]}, "expand[0]", InputTypeError),
        ("get_connection", {"id": "conn_1", "expand": {"a": 1}}, "expand", InputTypeError),
        ("list_connections", {"limit": 3001}, "limit", InvalidInputError),
        ("list_connections", {"limit": 1.5}, "limit", InputTypeError),
        ("list_connections", {"offset": -1}, "offset", InvalidInputError),
        ("list_connections", {"connector_names": "\ud800"}, "connector_names", InputTypeError),
        ("list_events", {"since": 7}, "since", InputTypeError),
        ("upsert_customer", {"id": ""}, "id", InvalidInputError),
        ("upsert_customer", {"id": "c", "metadata": []}, "metadata", InvalidInputError),
        ("create_customer_token", {"customer_id": "c", "validity_in_seconds": 0},
         "validity_in_seconds", InvalidInputError),
        ("create_customer_token", {"customer_id": "c", "connect_options": {"debug": 1}},
         "connect_options.debug", InputTypeError),
        ("create_customer_token", {"customer_id": "c", "connect_options": {"theme": "x"}},
         "connect_options.theme", InvalidInputError),
        ("create_connector_config", {"connector_name": "github", "config": 1}, "config",
         InvalidInputError),
        ("iter_connections", {"page_size": 0}, "page_size", InvalidInputError),
    ],
)  # fmt: skip
def test_bad_input(
    client: Openint,
    sandbox: Sandbox,
    method: str,
    arguments: dict[str, Any],
    field: str,
    kind: type[InvalidInputError],
) -> None:
    def call() -> None:
        found = getattr(client, method)(**arguments)
        next(found)

    with pytest.raises(InvalidInputError) as caught:
        call()
    assert (type(caught.value), caught.value.field) == (kind, field)
    assert sandbox.requests() == []


def test_what_is_printed_of_models(client: Openint) -> None:
    secret = "canary-7f3a9c"
    config = client.create_connector_config(
        "github",
        display_name="GitHub",
        config={"oauth": {"client_id": secret, "client_secret": secret}},
    )
    assert type(config) is ConnectorConfig
    assert config.config is not None
    assert config.config.oauth == {"client_id": secret, "client_secret": secret}
    token = client.create_customer_token("cus_1")
    template = client.message_template("cus_1")
    assert isinstance(token, CustomerToken)
    assert isinstance(template, MessageTemplate)
    customer = client.upsert_customer("cus_1")
    assert customer.api_key
    page = client.list_connector_configs(limit=1)
    for shown in (repr(config), repr([token]), str(template), repr(customer), repr(page)):
        for hidden in (secret, token.token, token.api_key, template.template, customer.api_key):
            assert hidden is not None
            assert hidden not in shown
    assert f"ConnectorConfig(id='{config.id}'" in repr(config)
    assert "config=[redacted]" in repr(config)
    assert repr(token).startswith("CustomerToken(token=[redacted], magic_link_url=[redacted]")
    assert repr(client.viewer()).startswith("Viewer(role='org'")


def test_fields_whose_name_in_json_is_another() -> None:
    viewer = Viewer(role="customer", orgId="org_1", customer_id=None)
    assert (viewer.org_id, viewer.customer_id, viewer.user_id) == ("org_1", None, None)
    assert viewer["orgId"] == "org_1"
    assert "customerId" in viewer
    assert "userId" not in viewer


def test_a_connection_is_made_once_by_a_key(client: Openint, sandbox: Sandbox) -> None:
    first = client.create_connection(**SEED, idempotency_key="order-7")
    response = client.with_raw_response.create_connection(**SEED, idempotency_key="order-7")
    assert response.parse().id == first.id
    assert response.attempts == 0
    assert sandbox.rows().connections == 1
    with pytest.raises(InvalidInputError) as caught:
        client.create_connection(**SEED, idempotency_key="")
    assert caught.value.field == "idempotency_key"


def test_deleted_twice(client: Openint) -> None:
    made = client.create_connection(**SEED)
    assert client.delete_connection(made.id).id == made.id
    with pytest.raises(NotFoundError):
        client.delete_connection(made.id)
