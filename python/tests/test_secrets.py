"""A canary as key, token and setting: it must be seen nowhere but where it was asked for."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from openint_sdk import (
    AsyncOpenint,
    Connection,
    ConnectorData,
    OAuth2Credentials,
    Openint,
    OpenintError,
)
from sandbox import Sandbox

CANARY = "canary-7f3a9c"

DATA: dict[str, Any] = {
    "connector_name": "dummy-oauth2",
    "settings": {
        "oauth": {
            "credentials": {
                "access_token": CANARY,
                "refresh_token": CANARY,
                "client_id": "client",
                "raw": {CANARY: [CANARY]},
            }
        }
    },
}


class Shown:
    """Everything that was printed, and the check that the canary is not in it."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, value: object) -> None:
        self.texts += [repr(value), str(value), f"{value}", ascii(value)]

    def error(self, error: BaseException) -> None:
        self.add(error)
        self.add(error.args)
        self.texts += traceback.format_exception(error)
        self.texts.append(repr(pickle.dumps(error)))
        if error.__cause__ is not None:
            self.error(error.__cause__)

    def check(self, least: int) -> None:
        assert len(self.texts) >= least
        for text in self.texts:
            assert CANARY not in text


def create(client: Openint, **change: Any) -> Any:
    arguments = {"connector_config_id": "ccfg_", "customer_id": "c", "data": DATA, **change}
    return client.create_connection(**arguments)


ANSWERS: list[dict[str, Any]] = [
    {"status": 401, "body": {"message": "no", "data": {"key": CANARY}}},
    {"status": 500, "body": {"message": "no", "input": DATA}},
    {"status": 502, "text": f"<html>{CANARY}</html>"},
    {"status": 200, "text": f'{{"id": ["{CANARY}"]}}'},
    {"status": 200, "text": f'{{"id": "x", "created_at": {{"{CANARY}": 1}}}}'},
    {"status": 200, "text": f'{{"{CANARY}'},
    {"status": 200, "text": f'"{CANARY}"'},
    {"fault": {"kind": "redirect", "to": f"http://127.0.0.1:9/{CANARY}"}},
    {"fault": {"kind": "close", "reset": True}},
    {"fault": {"kind": "wrong_length"}},
    {"fault": {"kind": "stall"}},
]

CHANGES: list[dict[str, Any]] = [
    {"connector_config_id": CANARY},
    {"customer_id": f"{CANARY}\0"},
    {"data": {"connector_name": f"{CANARY}\0", "settings": {}}},
    {"data": {"connector_name": "x", "settings": CANARY}},
    {"data": {"connector_name": "x", "settings": {"a": {CANARY}}}},
    {"data": {"connector_name": "x", "settings": {"a": f"{CANARY}\0"}}},
    {"data": {"connector_name": "x", "settings": {(CANARY,): 1}}},
    {"data": CANARY},
    {"data": [CANARY]},
    {"data": {CANARY: 1}},
    {"metadata": [CANARY]},
    {"metadata": CANARY},
    {"extra_headers": {"x-key": f"{CANARY}\r\n"}},
    {"extra_headers": {"x-key": [CANARY]}},
    {"extra_query": {"key": {CANARY: 1}}},
    {"extra_body": CANARY},
    {"timeout": CANARY},
    {"max_retries": CANARY},
    {"check_connection": CANARY},
]


def test_the_canary_is_nowhere(sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    shown = Shown()
    caplog.set_level(logging.DEBUG)
    client = Openint(
        api_key=sandbox.api_key,
        base_url=sandbox.base_url,
        max_retries=0,
        timeout=0.5,
        default_headers={"x-secret": CANARY},
    ).with_options(extra_headers={"x-other": CANARY}, extra_query={"q": CANARY})

    connection = create(client, metadata={"token": CANARY})
    response = client.with_raw_response.request("GET", "/connection/{id}",
        path_params={"id": connection.id}, query={"include_secrets": True},
        cast_to=Connection)  # fmt: skip
    for value in (
        client,
        client.with_raw_response,
        connection,
        connection.settings,
        connection.settings.oauth,
        connection.settings.oauth.credentials,
        [connection],
        response,
        response.headers,
        response.parse(),
        ConnectorData("x", DATA["settings"]),
        OAuth2Credentials(access_token=CANARY),
    ):
        shown.add(value)
    assert connection.settings.oauth.credentials.access_token == CANARY

    for answer in ANSWERS:
        sandbox.script(answer)
        with pytest.raises(OpenintError) as caught:
            create(client)
        shown.error(caught.value)
    for change in CHANGES:
        with pytest.raises((OpenintError, TypeError)) as refused:
            create(client, **change)
        shown.error(refused.value)
    with pytest.raises(OpenintError) as caught:
        client.request("POST", f"/{CANARY} x")
    shown.error(caught.value)

    assert len(caplog.messages) > 10
    shown.texts += [caplog.text, *map(str, (record.__dict__ for record in caplog.records))]
    shown.check(300)


def options() -> list[dict[str, Any]]:
    return [
        {"api_key": f"{CANARY}\n"},
        {"api_key": [CANARY]},
        {"api_key": CANARY, "base_url": "nonsense"},
        {"api_key": CANARY, "default_headers": {"a": f"{CANARY}\n"}},
        {"api_key": CANARY, "proxy": f"ftp://user:{CANARY}@x"},
        {"api_key": CANARY, "proxy": f"http://user:{CANARY}@[x"},
        {"api_key": CANARY, "user_agent": f"{CANARY}\n"},
    ]


@pytest.mark.parametrize("make", [Openint, AsyncOpenint])
def test_the_key_is_nowhere(
    make: Callable[..., Any], sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    shown = Shown()
    caplog.set_level(logging.DEBUG)
    for given in options():
        with pytest.raises(OpenintError) as caught:
            make(**given)
        shown.error(caught.value)
    client = make(api_key=CANARY, base_url=sandbox.base_url)
    shown.add(client)
    with pytest.raises(TypeError) as refused:
        pickle.dumps(client)
    shown.error(refused.value)
    if make is Openint:
        with pytest.raises(OpenintError) as caught:
            client.request("GET", "/viewer")
        assert caught.value.status_code == 401
        shown.error(caught.value)
    shown.texts.append(caplog.text)
    shown.check(40)


def test_log_lines(client: Openint, sandbox: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        sandbox.script({"status": 503, "headers": {"retry-after": "0"}})
        create(client)
    assert {record.name for record in caplog.records} == {"openint_sdk"}
    assert {record.levelname for record in caplog.records} == {"DEBUG"}
    first, second = (message.split(" in ")[0] for message in caplog.messages)
    assert (first, second) == ("POST /connection: 503", "POST /connection: 200")
    caplog.clear()
    with caplog.at_level(logging.INFO, "openint_sdk"):
        create(client)
    assert caplog.messages == []


def test_a_log_handler_that_raises_ends_the_call(client: Openint) -> None:
    class Stop(BaseException):
        pass

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise Stop

    handler = Handler()
    logger = logging.getLogger("openint_sdk")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        with pytest.raises(Stop):
            create(client)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


@pytest.mark.parametrize(("level", "lines"), [("debug", 1), ("info", 0), ("", 0), ("x", 0)])
def test_openint_log(sandbox: Sandbox, level: str, lines: int) -> None:
    code = "from openint_sdk import Openint; Openint().request('GET', '/viewer')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**sandbox.environment, "OPENINT_LOG": level},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(done.stderr.splitlines()) == lines
    if lines:
        assert " openint_sdk DEBUG GET /viewer: 200 in " in done.stderr
