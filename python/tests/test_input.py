from __future__ import annotations

import dataclasses
import enum
import json
from collections import OrderedDict
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import SEED
from openint_sdk import (
    NOT_GIVEN,
    AsyncOpenint,
    Connection,
    ConnectorData,
    InputTypeError,
    InvalidInputError,
    Openint,
    OpenintError,
    Settings,
)
from sandbox import Sandbox


@dataclasses.dataclass
class Greenhouse:
    apiKey: str  # noqa: N815
    note: Any = NOT_GIVEN


@dataclasses.dataclass
class Data:
    connector_name: str
    settings: Any


class Plan(enum.Enum):
    PRO = "pro"


@pytest.mark.parametrize(
    "data",
    [
        {"connector_name": "greenhouse", "settings": {"apiKey": "k"}},
        {"connector_name": "greenhouse", "settings": Greenhouse("k")},
        {"connector_name": "greenhouse", "settings": Settings(apiKey="k")},
        MappingProxyType({"connector_name": "greenhouse", "settings": OrderedDict(apiKey="k")}),
        Data("greenhouse", Greenhouse("k")),
        ConnectorData("greenhouse", {"apiKey": "k"}),
    ],
    ids=lambda data: type(data).__name__,
)
def test_every_kind_of_data(client: Openint, data: Any) -> None:
    connection = client.create_connection(
        connector_config_id="ccfg_greenhouse_sandbox", customer_id="cus_1", data=data
    )
    assert connection.settings == {"apiKey": "k"}


def test_an_answer_can_be_sent_again(client: Openint) -> None:
    first = client.create_connection(**SEED, metadata={"n": 1.5})
    again = client.create_connection(
        connector_config_id="ccfg_",
        customer_id="other",
        data=ConnectorData("dummy-oauth2", first.settings),
        metadata=first.metadata,
    )
    assert again.metadata == first.metadata
    assert again.settings == first.settings


def test_values_of_python(client: Openint, sandbox: Sandbox) -> None:
    metadata = {
        "plan": Plan.PRO,
        "price": Decimal("1.10"),
        "since": datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        "tuple": (1, 2),
    }
    connection = client.create_connection(**SEED, metadata=metadata)
    assert '"price":1.10' in sandbox.requests()[-1].body
    assert connection.metadata == {
        "plan": "pro",
        "price": 1.1,
        "since": "2026-01-02T03:04:05Z",
        "tuple": [1, 2],
    }


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
numbers = st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(metadata=st.dictionaries(texts, values, max_size=4), raw=st.dictionaries(texts, values))
def test_any_json_is_sent_equal(
    client: Openint, sandbox: Sandbox, metadata: dict[str, Any], raw: dict[str, Any]
) -> None:
    data = {
        "connector_name": "dummy-oauth2",
        "settings": {"oauth": {"credentials": {"access_token": "at", "raw": raw}}},
    }
    client.create_connection(
        connector_config_id="ccfg_", customer_id="c", data=data, metadata=metadata
    )
    # The API reads metadata as JavaScript does, so what it keeps can be another value.
    sent = json.loads(sandbox.requests()[-1].body)
    assert (sent["metadata"], sent["data"]) == (metadata, data)


REFUSED: list[tuple[dict[str, Any], str, type[OpenintError]]] = [
    ({"connector_config_id": "x"}, "connector_config_id", InvalidInputError),
    ({"connector_config_id": None}, "connector_config_id", InvalidInputError),
    ({"connector_config_id": 7}, "connector_config_id", InputTypeError),
    ({"customer_id": ""}, "customer_id", InvalidInputError),
    ({"customer_id": 7}, "customer_id", InputTypeError),
    ({"customer_id": "\ud800"}, "customer_id", InputTypeError),
    ({"data": None}, "data", InvalidInputError),
    ({"data": "x"}, "data", InputTypeError),
    ({"data": {}}, "data.connector_name", InvalidInputError),
    ({"data": {"connector_name": "x"}}, "data.settings", InvalidInputError),
    ({"data": {"connector_name": 1, "settings": {}}}, "data.connector_name", InputTypeError),
    ({"data": {"connector_name": "x", "settings": []}}, "data.settings", InvalidInputError),
    ({"data": {"connector_name": "x", "settings": {}, "s": 1}}, "data.s", InvalidInputError),
    ({"metadata": []}, "metadata", InvalidInputError),
    ({"metadata": {1: 2}}, "metadata", InputTypeError),
    ({"metadata": {"a": {"b": {1, 2}}}}, "metadata.a.b", InputTypeError),
    ({"metadata": {"a": float("nan")}}, "metadata.a", InputTypeError),
    ({"metadata": {"a": Decimal("Infinity")}}, "metadata.a", InputTypeError),
    ({"metadata": {"a": datetime(2026, 1, 1)}}, "metadata.a", InvalidInputError),
    ({"metadata": {"a": b"bytes"}}, "metadata.a", InputTypeError),
    ({"metadata": {"a": [1, "\ud800"]}}, "metadata.a[1]", InputTypeError),
    ({"metadata": {"a": "\0"}}, "metadata", InvalidInputError),
    ({"check_connection": 1}, "check_connection", InputTypeError),
    ({"timeout": 0}, "timeout", InvalidInputError),
    ({"timeout": -1}, "timeout", InvalidInputError),
    ({"timeout": float("nan")}, "timeout", InvalidInputError),
    ({"timeout": 10**400}, "timeout", InvalidInputError),
    ({"timeout": "5"}, "timeout", InputTypeError),
    ({"timeout": True}, "timeout", InputTypeError),
    ({"max_retries": -1}, "max_retries", InvalidInputError),
    ({"max_retries": 1.5}, "max_retries", InputTypeError),
    ({"extra_headers": {"a b": "c"}}, "extra_headers", InvalidInputError),
    ({"extra_headers": {"a": 1}}, "extra_headers", InputTypeError),
    ({"extra_headers": ["a"]}, "extra_headers", InputTypeError),
    ({"extra_query": "a=b"}, "extra_query", InputTypeError),
    ({"extra_query": {"a": object()}}, "extra_query", InputTypeError),
    ({"extra_body": {"a": object()}}, "extra_body.a", InputTypeError),
    ({"extra_body": []}, "extra_body", InputTypeError),
]


@pytest.mark.parametrize(
    ("change", "field", "kind"), REFUSED, ids=[f"{case[1]}-{i}" for i, case in enumerate(REFUSED)]
)
def test_bad_input_is_refused_before_anything_is_sent(
    client: Openint, sandbox: Sandbox, change: dict[str, Any], field: str, kind: type[OpenintError]
) -> None:
    with pytest.raises(kind) as caught:
        client.create_connection(**{**SEED, **change})
    assert type(caught.value) is kind
    assert caught.value.field == field
    assert caught.value.kind == "invalid_input"
    assert f"`{field}`" in str(caught.value)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, TypeError) == (kind is InputTypeError)
    assert sandbox.requests() == []


def test_input_that_never_ends_is_refused(client: Openint) -> None:
    endless: dict[str, Any] = {}
    endless["a"] = endless
    with pytest.raises(InvalidInputError, match="nested"):
        client.create_connection(**SEED, metadata=endless)


@pytest.mark.parametrize("make", [Openint, AsyncOpenint])
@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"api_key": ""}, "api_key"),
        ({"api_key": 5}, "api_key"),
        ({"base_url": "http://example.com"}, "base_url"),
        ({"timeout": 0}, "timeout"),
        ({"default_headers": {"a": "b\nc"}}, "default_headers"),
        ({"ca_bundle": Path("/nowhere")}, "ca_bundle"),
        ({"ca_bundle": 5}, "ca_bundle"),
        ({"proxy": "socks5://x"}, "proxy"),
        ({"max_response_bytes": -1}, "max_response_bytes"),
        ({"allow_plain_http": 1}, "allow_plain_http"),
    ],
)
def test_bad_options_are_refused(make: Any, options: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        make(**{"api_key": "key", **options})
    assert caught.value.field == field


def test_the_key_is_asked_for() -> None:
    with pytest.raises(InvalidInputError, match="OPENINT_API_KEY"):
        Openint()


def test_the_environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENINT_API_KEY", sandbox.api_key)
    monkeypatch.setenv("OPENINT_BASE_URL", sandbox.base_url)
    with Openint() as client:
        assert client.create_connection(**SEED).id.startswith("conn_")
        assert repr(client) == f"Openint(base_url='{sandbox.base_url}')"


def test_options_reach_the_wire(client: Openint, sandbox: Sandbox) -> None:
    tenant = client.with_options(
        timeout=timedelta(seconds=5),
        extra_headers={"x-tenant": "acme"},
        extra_query=[("a", 1), ("a", True), ("none", None)],
    )
    tenant.create_connection(
        **SEED,
        extra_headers={"x-call": "1"},
        extra_query={"list": ["x y", 2.5]},
        extra_body={"customer_id": "other", "new": {"a": [1]}},
    )
    sent = sandbox.requests()[-1]
    found = dict(sent.headers)
    assert found["x-tenant"] == "acme"
    assert found["x-call"] == "1"
    assert found["user-agent"].startswith("openint-python/")
    assert sent.query == "a=1&a=true&list=x%20y&list=2.5"
    assert '"new":{"a":[1]}' in sent.body
    assert sandbox.rows(customer_id="other").connections == 1


def test_routes_without_a_method(client: Openint, sandbox: Sandbox) -> None:
    created = client.create_connection(**SEED)
    got = client.request(
        "get",
        "/connection/{id}",
        path_params={"id": created.id},
        query={"include_secrets": True},
        cast_to=Connection,
    )
    assert got.id == created.id
    page = client.request("GET", "/connection", query={"limit": 1})
    assert page["items"][0]["id"] == created.id
    with pytest.raises(OpenintError) as caught:
        client.request("GET", "/connection", cast_to=Connection)
    assert (caught.value.kind, caught.value.path) == ("decode", "id")
    with pytest.raises(InvalidInputError):
        client.request("BREW", "/viewer")
    with pytest.raises(InputTypeError):
        client.request("GET", "/viewer", cast_to=dict)  # type: ignore[type-var]


def test_raw_response(client: Openint) -> None:
    response = client.with_raw_response.create_connection(**SEED)
    assert response.status_code == 200
    assert response.headers["Content-TYPE"].startswith("application/json")
    assert response.attempts == 1
    assert response.parse().to_json() == response.text
    assert repr(response) == "Response(status_code=200, attempts=1)"


def test_a_closed_client_says_so(sandbox: Sandbox) -> None:
    client = Openint(api_key=sandbox.api_key, base_url=sandbox.base_url)
    other = client.with_options(timeout=1)
    client.close()
    client.close()
    with pytest.raises(OpenintError, match="closed"):
        other.request("GET", "/health")
    assert repr(client) == "Openint(closed)"
