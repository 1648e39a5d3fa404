"""The Python code of the guide. Its pages show the sections that are marked here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openint_sdk import Openint, _observer
from sandbox import Sandbox
from test_bulk import row


@pytest.fixture(autouse=True)
def _environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENINT_API_KEY", sandbox.api_key)
    monkeypatch.setenv("OPENINT_BASE_URL", sandbox.base_url)


def test_quickstart(sandbox: Sandbox) -> None:
    # --8<-- [start:quickstart]
    from openint_sdk import Openint

    client = Openint()  # OPENINT_API_KEY
    connection = client.create_connection(
        connector_config_id="ccfg_",
        customer_id="customer_id",
        data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    )
    print(connection.id)
    # --8<-- [end:quickstart]
    assert sandbox.rows(customer_id="customer_id").connections == 1


def test_asyncio(sandbox: Sandbox) -> None:
    # --8<-- [start:asyncio]
    from openint_sdk import AsyncOpenint

    async def main() -> None:
        async with AsyncOpenint(max_concurrency=8) as client:
            connection = await client.create_connection(
                connector_config_id="ccfg_",
                customer_id="customer_id",
                data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
            )
            print(connection.id)

    asyncio.run(main())
    # --8<-- [end:asyncio]
    assert sandbox.rows(customer_id="customer_id").connections == 1


def test_api_key(sandbox: Sandbox) -> None:
    key, base_url = sandbox.api_key, sandbox.base_url
    # --8<-- [start:api-key]
    client = Openint(api_key=key, base_url=base_url)
    # --8<-- [end:api-key]
    assert client.health().ok


def test_customer_token(client: Openint, sandbox: Sandbox) -> None:
    base_url = sandbox.base_url
    # --8<-- [start:customer-token]
    token = client.create_customer_token(
        "customer_42",
        validity_in_seconds=600,
        connect_options={"connector_names": ["github"]},
    )
    print(token)  # the token and the link are [redacted]

    customer = Openint(api_key=token.token, base_url=base_url)
    print(customer.viewer().customer_id)
    # --8<-- [end:customer-token]
    assert customer.viewer().customer_id == "customer_42"


def test_key_provider(sandbox: Sandbox) -> None:
    base_url = sandbox.base_url

    def fetch_token() -> str:
        return sandbox.api_key

    # --8<-- [start:key-provider]
    client = Openint(api_key=fetch_token, base_url=base_url)  # asks your own server
    # --8<-- [end:key-provider]
    assert client.viewer().org_id


def test_connections(client: Openint, sandbox: Sandbox) -> None:
    # --8<-- [start:create]
    from openint_sdk import ConnectorData, OAuth2Credentials

    connection = client.create_connection(
        connector_config_id="ccfg_github_sandbox",
        customer_id="customer_42",
        data=ConnectorData.oauth2(
            "github",
            OAuth2Credentials(
                access_token="gho_16C7e42F", refresh_token="ghr_1B4a2e77", expires_in=28_800
            ),
        ),
        metadata={"plan": "pro"},
    )
    # --8<-- [end:create]

    # --8<-- [start:read]
    shown = client.get_connection(connection.id, include_secrets=True)
    print(shown)  # settings are [redacted]
    token = shown.settings.oauth.credentials.access_token
    print(len(token), "bytes")

    if client.check_connection(connection.id).status != "healthy":
        print("ask the customer to connect again")

    client.delete_connection(connection.id)
    # --8<-- [end:read]
    assert sandbox.rows(customer_id="customer_42").connections == 0


def test_lists(client: Openint, capsys: pytest.CaptureFixture[str]) -> None:
    created = {key: value for key, value in row(42).items() if key != "id"}
    client.create_connection(**created)
    # --8<-- [start:page]
    page = client.list_connections(customer_id="customer_42", limit=10)
    print(len(page.items), "of", page.total)
    # --8<-- [end:page]

    # --8<-- [start:rows]
    for connection in client.iter_connections(customer_id="customer_42"):
        print(connection.id, connection.status)
    # --8<-- [end:rows]
    assert capsys.readouterr().out.startswith("1 of 1\nconn_github_")


def test_errors(client: Openint, capsys: pytest.CaptureFixture[str]) -> None:
    data = {"connector_name": "dummy-oauth2", "settings": {"oauth": {}}}
    # --8<-- [start:errors]
    from openint_sdk import APIStatusError, InvalidInputError, NotFoundError, OpenintError

    try:
        client.create_connection(
            connector_config_id="ccfg_that_is_not_there", customer_id="customer_id", data=data
        )
    except InvalidInputError as error:
        print("fix", error.field, "-", error)
    except NotFoundError as error:
        print("make the connector config first:", error.server_message)
    except APIStatusError as error:
        print(error.status_code, error.issues)
    except OpenintError as error:
        if error.may_have_been_applied:
            print("look before repeating it:", error)
    # --8<-- [end:errors]
    assert capsys.readouterr().out.startswith("make the connector config first:")


def test_options(client: Openint, capsys: pytest.CaptureFixture[str]) -> None:
    # --8<-- [start:options]
    patient = client.with_options(timeout=120, max_retries=5)
    print(patient.health(extra_headers={"x-tenant": "acme"}).ok)
    # --8<-- [end:options]

    # --8<-- [start:cancel]
    from openint_sdk import APICancelledError, CancelToken

    token = CancelToken()
    token.cancel()  # from any thread
    try:
        client.with_options(cancel=token).viewer()
    except APICancelledError as error:
        print(error)  # cancelled
    # --8<-- [end:cancel]
    assert "cancelled" in capsys.readouterr().out


def test_idempotency(client: Openint, sandbox: Sandbox) -> None:
    data = {"connector_name": "dummy-oauth2", "settings": {"oauth": {}}}

    # --8<-- [start:idempotency]
    def connect() -> str:
        connection = client.create_connection(
            connector_config_id="ccfg_",
            customer_id="customer_42",
            data=data,
            idempotency_key="order-1291",
        )
        return connection.id

    assert connect() == connect()
    # --8<-- [end:idempotency]
    assert sandbox.rows(customer_id="customer_42").connections == 1


def test_import(
    client: Openint, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)

    def rows() -> Iterator[dict[str, Any]]:
        return map(row, range(50))

    before = sandbox.rows().connections
    # --8<-- [start:import]
    from tqdm import tqdm

    with tqdm() as bar:
        outcomes = client.create_connections(
            rows(),
            name="spring-move",
            journal="spring-move.journal",
            concurrency=64,
            on_progress=lambda progress: bar.update(progress.rows - bar.n),
        )
        for outcome in outcomes:
            if outcome.error is not None:
                print(outcome.row_id, outcome.error)
    # --8<-- [end:import]
    assert sandbox.rows().connections == before + 50


def test_observer(capsys: pytest.CaptureFixture[str]) -> None:
    # --8<-- [start:observer]
    from openint_sdk import Attempt, AttemptEnd, Observer

    class Metrics(Observer):
        def after_attempt(self, attempt: Attempt, end: AttemptEnd) -> None:
            print(attempt.operation, attempt.number, end.status_code, end.duration)

    client = Openint(observer=Metrics())
    # --8<-- [end:observer]
    assert client.health().ok
    assert capsys.readouterr().out.startswith("health 1 200 ")


def test_opentelemetry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_observer, "installed", [])
    # --8<-- [start:opentelemetry]
    from openint_sdk.opentelemetry import instrument

    instrument()  # each client that is made from now on
    # --8<-- [end:opentelemetry]
    assert len(_observer.installed) == 1
