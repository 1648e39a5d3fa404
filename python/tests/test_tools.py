"""The package among the tools that people use."""

import asyncio
import copy
import dataclasses
import inspect
import json
import subprocess
import sys
import textwrap
import typing
import weakref
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import datetime, timezone
from io import StringIO
from typing import Annotated, Any
from unittest import mock

import injector
import pandas
import pydantic
import pytest
import rich
import rich.console
import rich.traceback
import sentry_sdk
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

import openint_sdk
from conftest import SEED
from openint_sdk import (
    AsyncOpenint,
    Connection,
    ConnectorData,
    InputTypeError,
    InvalidInputError,
    OAuth2Credentials,
    Openint,
    OpenintError,
    Page,
    Settings,
)
from openint_sdk import types as input_types
from sandbox import Sandbox

CANARY = "canary-7f3a9c"


@pytest.fixture
def connection(client: Openint) -> Connection:
    return client.create_connection(**SEED, metadata={"plan": "pro"})


def test_dict_and_json(connection: Connection) -> None:
    assert dict(connection) == connection.to_dict()
    assert {**connection}["metadata"] == {"plan": "pro"}
    assert json.loads(json.dumps(connection.to_dict())) == json.loads(connection.to_json())
    assert list(connection.to_dict()) == list(json.loads(connection.to_json()))


def test_pandas(client: Openint, sandbox: Sandbox) -> None:
    sandbox.fill(connections=3, customer_id="cus_1")
    page = client.list_connections()
    table = pandas.DataFrame(page.items)
    assert list(table.columns) == [field.name for field in dataclasses.fields(Connection)]  # type: ignore[arg-type]
    assert list(table["id"]) == [row.id for row in page]
    assert table["created_at"].dt.year.min() > 2000
    assert pandas.DataFrame(client.iter_connections())["customer_id"].unique() == ["cus_1"]


@pytest.mark.parametrize("value", [pandas.NaT, float("nan"), float("-inf"), "\ud800", pandas.NA])
def test_what_json_cannot_hold_is_named_by_its_place(client: Openint, value: Any) -> None:
    with pytest.raises(InputTypeError) as caught:
        client.create_connection(**SEED, metadata={"rows": [{"at": 1}, {"at": value}]})
    assert caught.value.field == "metadata.rows[1].at"


def test_numbers_of_numpy(client: Openint) -> None:
    row = pandas.DataFrame({"n": [12], "x": [1.5]}).iloc[0].to_dict()
    number = pandas.Series([12])[0]
    made = client.create_connection(**SEED, metadata={**row, "int": number})
    assert made.metadata == {"n": 12, "x": 1.5, "int": 12}
    assert len(client.list_connections(limit=number)) == 1
    flag = pandas.Series([True])[0]
    assert client.create_connection(**SEED, metadata={"flag": flag}).metadata == {"flag": True}
    array = pandas.Series([1, 2]).to_numpy()
    with pytest.raises(InputTypeError, match="not `ndarray`") as caught:
        client.create_connection(**SEED, metadata={"rows": [array]})
    assert caught.value.field == "metadata.rows[0]"


class Saved(pydantic.BaseModel):
    connection: Connection
    page: Page[Connection] | None = None
    data: input_types.GithubData | None = None


def test_fields_of_pydantic(connection: Connection) -> None:
    saved = Saved(connection=connection)
    assert saved.connection is connection
    assert json.loads(saved.model_dump_json())["connection"] == connection.to_dict()
    again = Saved.model_validate_json(saved.model_dump_json())
    assert again.connection == connection
    assert type(again.connection) is Connection
    page = Page(items=[connection], total=1, limit=50, offset=0)
    saved = Saved(connection=connection, page=page)
    assert json.loads(saved.model_dump_json())["page"] == page.to_dict()
    with pytest.raises(pydantic.ValidationError, match="id"):
        Saved(connection={"customer_id": "c"})  # type: ignore[arg-type]
    schema = Saved.model_json_schema()["properties"]["connection"]
    assert schema["properties"]["customer_id"]["description"] == "Your own id of the customer."
    with pytest.raises(pydantic.ValidationError):
        Saved.model_validate({"connection": {"id": "c"}, "data": {"connector_name": "x"}})


class Greenhouse(pydantic.BaseModel):
    api_key: pydantic.SecretStr = pydantic.Field(alias="apiKey")


class Data(pydantic.BaseModel):
    connector_name: str
    settings: Greenhouse


def test_models_of_pydantic_as_input(client: Openint) -> None:
    data = Data(connector_name="greenhouse", settings=Greenhouse(apiKey=pydantic.SecretStr("k")))
    made = client.create_connection(
        connector_config_id="ccfg_greenhouse_sandbox", customer_id="c", data=data
    )
    assert made.settings == {"apiKey": "k"}


def test_fastapi(client: Openint, sandbox: Sandbox) -> None:
    app = FastAPI()

    def openint() -> Iterator[Openint]:
        yield client

    @app.get("/connections/{id}")
    def show(id: str, client: Annotated[Openint, Depends(openint)]) -> Connection:
        return client.get_connection(id)

    @app.get("/connections")
    def index(client: Annotated[Openint, Depends(openint)]) -> Page[Connection]:
        return client.list_connections()

    @app.post("/data")
    def check(
        data: input_types.KnownConnector | ConnectorData, metadata: dict[str, Any]
    ) -> input_types.KnownConnector | ConnectorData:
        assert metadata == {"plan": "pro"}
        return data

    @app.post("/connections")
    def save(connection: Connection) -> dict[str, Any]:
        return {"id": connection.id}

    made = client.create_connection(**SEED)
    server = TestClient(app)
    assert server.get(f"/connections/{made.id}").json()["id"] == made.id
    assert server.get("/connections").json() == client.list_connections().to_dict()
    assert server.post("/connections", json={"id": "conn_1", "new": [1]}).json() == {"id": "conn_1"}
    assert server.post("/connections", json={"new": 1}).status_code == 422
    given = {
        "data": {"connector_name": "greenhouse", "settings": {"apiKey": "k"}},
        "metadata": {"plan": "pro"},
    }
    assert server.post("/data", json=given).json() == given["data"]
    described = server.get("/openapi.json").json()
    assert "Connection" in json.dumps(described)


def test_injector_and_validate_call(client: Openint) -> None:
    class Service:
        @injector.inject
        def __init__(self, client: Openint) -> None:
            self.client = client

    found = injector.Injector(lambda binder: binder.bind(Openint, to=client)).get(Service)
    assert found.client is client

    @pydantic.validate_call(config={"arbitrary_types_allowed": True})
    def size(client: Openint, connection: Connection, query: input_types.Names) -> int:
        return len(query)

    assert size(client, Connection("conn_1"), ["a"]) == 1
    with pytest.raises(pydantic.ValidationError):
        size(client, 7, "a")  # type: ignore[arg-type]


def public() -> list[Any]:
    found: list[Any] = []
    for module in (openint_sdk, input_types):
        for name, value in vars(module).items():
            if name.startswith("_") or not (isinstance(value, type) or inspect.isroutine(value)):
                continue
            found.append(value)
            if isinstance(value, type):
                members = [getattr(value, name) for name in dir(value) if not name.startswith("_")]
                found += [member for member in members if callable(member)]
    return found


def test_every_annotation_resolves() -> None:
    found = public()
    assert len(found) > 600
    for item in found:
        typing.get_type_hints(item)
    assert typing.get_type_hints(input_types.CallOptions)["max_retries"] == int | None


def test_rich_prints_no_secret(connection: Connection) -> None:
    out = StringIO()
    with redirect_stdout(out):
        rich.print(connection, [connection], OAuth2Credentials(CANARY), Settings(apiKey=CANARY))
    assert connection.id in out.getvalue()
    assert CANARY not in out.getvalue()


def test_changed_copies() -> None:
    credentials = OAuth2Credentials(
        CANARY, scope="a", expires_at=datetime(2026, 1, 1, tzinfo=timezone.utc)
    )
    other = credentials.replace(scope="b", refresh_token="r")
    assert (other.access_token, other.scope, other.refresh_token) == (CANARY, "b", "r")
    assert other["expires_at"] == "2026-01-01T00:00:00Z"
    assert credentials.scope == "a"
    if sys.version_info >= (3, 13):
        assert copy.replace(credentials, scope="b") == credentials.replace(scope="b")
    assert dataclasses.replace(credentials, scope="c").scope == "c"  # type: ignore[type-var]


def test_a_client_that_was_not_made_prints() -> None:
    class Mine(Openint):
        def __init__(self, key: str) -> None:
            self.tenant = "acme"
            super().__init__(api_key=key)

    for make in (Openint, AsyncOpenint):
        assert repr(make.__new__(make)) == f"{make.__name__}()"
        with pytest.raises(RuntimeError, match="super"):
            make.__new__(make).with_options(timeout=1)
    with pytest.raises(InvalidInputError):
        Mine("\n")
    mine = Mine("key")
    other = mine.with_options(timeout=1)
    assert (type(other), other.tenant) == (Mine, "acme")


# --- Secrets in what an error tracker collects of frames ----------------------------------------


def fail_blocking(base_url: str, key: str) -> None:
    Openint(api_key=key, base_url=base_url).with_options(
        extra_headers={"x-secret": CANARY}
    ).create_connection(**arguments(), extra_headers={"x-other": CANARY})


def fail_awaited(base_url: str, key: str) -> None:
    import asyncio

    async def main() -> None:
        async with AsyncOpenint(api_key=key, base_url=base_url) as client:
            await client.with_options(extra_headers={"x-secret": CANARY}).create_connection(
                **arguments(), extra_headers={"x-other": CANARY}
            )

    asyncio.run(main())


def fail_iterating(base_url: str, key: str) -> None:
    import asyncio

    async def main() -> None:
        async with AsyncOpenint(api_key=key, base_url=base_url) as client:
            async for _ in client.iter_connections(page_size=-1, extra_headers={"x": CANARY}):
                pass

    asyncio.run(main())


def fail_input(base_url: str, key: str) -> None:
    Openint(api_key=key).create_connection(**arguments({"a": {CANARY, 1}}))


def fail_options(base_url: str, key: str) -> None:
    AsyncOpenint(api_key=key, base_url=base_url, default_headers={"x": f"{CANARY}\n"})


def arguments(settings: Any = None) -> dict[str, Any]:
    oauth = {"credentials": {"access_token": CANARY}}
    return {
        "connector_config_id": "ccfg_none",
        "customer_id": "c",
        "data": {"connector_name": "dummy-oauth2", "settings": settings or {"oauth": oauth}},
    }


FAILING = [fail_blocking, fail_awaited, fail_iterating, fail_input, fail_options]


def raised(fail: Any, sandbox: Sandbox) -> OpenintError:
    with pytest.raises(OpenintError) as caught:
        fail(sandbox.base_url, sandbox.api_key if fail is not fail_options else CANARY)
    return caught.value


def ours(file: str) -> bool:
    return "/openint_sdk/" in file


@pytest.mark.parametrize("fail", FAILING)
def test_sentry_finds_no_secret_in_our_frames(fail: Any, sandbox: Sandbox) -> None:
    events: list[Any] = []

    class Collect(sentry_sdk.Transport):
        def capture_envelope(self, envelope: Any) -> None:
            events.append(envelope.get_event())

    with sentry_sdk.isolation_scope() as scope:
        scope.set_client(
            sentry_sdk.Client(
                dsn="http://key@127.0.0.1:9/1", transport=Collect, default_integrations=False
            )
        )
        sentry_sdk.capture_exception(raised(fail, sandbox))
    (event,) = events
    frames = [
        frame
        for exception in event["exception"]["values"]
        for frame in exception["stacktrace"]["frames"]
    ]
    assert frames
    texts = [json.dumps(frame) for frame in frames if ours(frame["abs_path"])]
    assert bool(texts) == (fail in (fail_awaited, fail_iterating))
    for text in texts:
        assert CANARY not in text
        assert sandbox.api_key not in text
    assert CANARY not in json.dumps(event["exception"]["values"][-1]["value"])


@pytest.mark.parametrize("fail", FAILING)
def test_rich_finds_no_secret_in_our_frames(fail: Any, sandbox: Sandbox) -> None:
    error = raised(fail, sandbox)
    trace = rich.traceback.Traceback.extract(
        type(error), error, error.__traceback__, show_locals=True, locals_max_length=100,
        locals_max_string=1000,
    )  # fmt: skip
    shown = [
        f"{name}={node.value_repr} {node}"
        for stack in trace.stacks
        for frame in stack.frames
        if ours(frame.filename)
        for name, node in (frame.locals or {}).items()
    ]
    for text in shown:
        assert CANARY not in text
        assert sandbox.api_key not in text


# --- gevent and eventlet ------------------------------------------------------------------------


def run(code: str, sandbox: Sandbox) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)],
        env=sandbox.environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


PATCHES = {
    "gevent": "import gevent.monkey; gevent.monkey.patch_all()",
    "eventlet": "import eventlet; eventlet.monkey_patch()",
}


@pytest.mark.parametrize("which", PATCHES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_green_threads(sandbox: Sandbox, which: str, when: str) -> None:
    imports = "from openint_sdk import AsyncOpenint, Openint"
    first, second = (imports, PATCHES[which]) if when == "after" else (PATCHES[which], imports)
    code = f"""
{first}
{second}
import asyncio
client = Openint()
async def main():
    async with AsyncOpenint(max_concurrency=2) as client:
        found = await asyncio.gather(*(client.viewer() for _ in range(6)))
        print(len(found), [row.id async for row in client.iter_connections()])
asyncio.run(main())
print(client.viewer().role)
"""
    assert run(code, sandbox) == "6 []\norg\n"


def test_fastapi_writes_a_model_in_a_value_of_any_type(client: Openint) -> None:
    app = FastAPI()
    created = client.create_connection(**SEED)
    shown = client.get_connection(created.id, include_secrets=True)

    @app.get("/any")
    def any_type() -> dict[str, Any]:
        return {"connection": shown, "page": client.list_connections(limit=1)}

    answer = TestClient(app).get("/any")
    assert answer.status_code == 200
    assert answer.json()["connection"] == shown.to_dict()
    assert answer.json()["page"]["items"][0]["id"]
    assert pydantic.TypeAdapter(Any).dump_python(shown) == shown.to_dict()
    assert json.loads(pydantic.TypeAdapter(Any).dump_json([shown.settings])) == [
        shown.to_dict()["settings"]
    ]


def test_methods_can_be_replaced_in_tests(client: Openint) -> None:
    with mock.patch.object(client, "create_connection", return_value="made") as create:
        assert client.create_connection(**SEED) == "made"
        assert client.with_options(timeout=5).create_connection(**SEED) == "made"
    assert create.call_count == 2
    assert client.create_connection(**SEED).customer_id == "customer_id"
    with mock.patch.object(Openint, "health") as health:
        client.health(timeout=5)
    health.assert_called_once_with(timeout=5)
    double = mock.create_autospec(Openint, instance=True)
    double.create_connection(**SEED)
    with pytest.raises(AttributeError):
        double.create_conection(**SEED)
    other = mock.create_autospec(AsyncOpenint, instance=True)
    other.health.return_value = 7
    assert asyncio.run(other.health()) == 7


def test_clients_can_be_held_weakly(sandbox: Sandbox) -> None:
    client = Openint(api_key=sandbox.api_key, base_url=sandbox.base_url)
    held = weakref.ref(client)
    assert held() is client
    assert client.health().ok
    del client
    assert held() is None


def test_a_page_is_as_true_as_its_rows(client: Openint) -> None:
    assert not client.list_connections(customer_id="nobody")
    client.create_connection(**SEED)
    page = client.list_connections(customer_id="customer_id")
    assert page
    assert len(page) == 1
    # A model is no container: it is true.
    assert page.items[0].metadata == {} or page.items[0]
