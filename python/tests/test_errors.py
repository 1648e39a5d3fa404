from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

import openint_sdk
from conftest import SEED
from openint_sdk import (
    APICancelledError,
    APIConnectionError,
    APIError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    CancelToken,
    ImportStoppedError,
    InputTypeError,
    InvalidInputError,
    Issue,
    Openint,
    OpenintError,
)
from sandbox import Sandbox

BY_STATUS = {
    307: "APIStatusError",
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    418: "APIStatusError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
    503: "InternalServerError",
    599: "InternalServerError",
}


@pytest.mark.parametrize(("status", "name"), BY_STATUS.items())
def test_each_status_has_its_class(
    client: Openint, sandbox: Sandbox, status: int, name: str
) -> None:
    sandbox.script({"status": status, "body": {"code": "X", "message": "no", "more": [1]}})
    with pytest.raises(APIStatusError) as caught:
        client.create_connection(**SEED, max_retries=0)
    error = caught.value
    assert type(error) is getattr(openint_sdk, name)
    assert (error.kind, error.status_code, error.code) == ("api", status, "X")
    assert error.body == {"code": "X", "message": "no", "more": [1]}
    assert error.may_have_been_applied == (status >= 500)
    assert str(error).startswith(f"POST /connection: {status} X: no")


def test_what_the_server_says_is_there(client: Openint, sandbox: Sandbox) -> None:
    issue = {"path": ["data", "settings"], "message": "Required"}
    sandbox.script(
        {
            "status": 429,
            "headers": {"retry-after": "121", "x-request-id": "req_1"},
            "body": {"code": "TOO_MANY_REQUESTS", "message": "later", "issues": [issue]},
        }
    )
    with pytest.raises(openint_sdk.RateLimitError) as caught:
        client.create_connection(**SEED)
    error = caught.value
    assert error.retry_after == 121
    assert error.request_id == "req_1"
    assert error.server_message == "later"
    assert error.issues == (Issue("data.settings", "Required"),)
    assert error.attempts == 1
    assert error.retryable


def test_a_body_that_is_no_json_is_text(client: Openint, sandbox: Sandbox) -> None:
    sandbox.script({"status": 400, "text": "<html>"})
    with pytest.raises(APIStatusError) as caught:
        client.create_connection(**SEED)
    assert caught.value.body == "<html>"


def test_no_connection(sandbox: Sandbox) -> None:
    client = Openint(api_key="key", base_url="http://127.0.0.1:1/v1", max_retries=0)
    with pytest.raises(APIConnectionError) as caught:
        client.create_connection(**SEED)
    assert type(caught.value) is APIConnectionError
    assert caught.value.kind == "connect"
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)
    assert not caught.value.may_have_been_applied


def test_a_timeout(client: Openint, sandbox: Sandbox) -> None:
    sandbox.script({"process": True, "delay_ms": 2000})
    with pytest.raises(APITimeoutError) as caught:
        client.create_connection(**SEED, timeout=0.2)
    assert isinstance(caught.value, APIConnectionError)
    assert caught.value.phase == "waiting"
    assert caught.value.may_have_been_applied


def test_a_provider_of_keys_that_fails(sandbox: Sandbox) -> None:
    class Stop(BaseException):
        pass

    for raised in (LookupError("the vault is sealed"), Stop()):

        def provide(raised: BaseException = raised) -> str:
            raise raised

        client = Openint(api_key=provide, base_url=sandbox.base_url)
        with pytest.raises((openint_sdk.APIKeyError, Stop)) as caught:
            client.viewer()
        assert raised in (caught.value, caught.value.__cause__)
    with pytest.raises(openint_sdk.APIKeyError, match="`int`"):
        Openint(api_key=lambda: 7, base_url=sandbox.base_url).viewer()  # type: ignore[arg-type,return-value]


def test_a_cancelled_call(client: Openint) -> None:
    token = CancelToken()
    assert repr(token) == "CancelToken(cancelled=False)"
    token.cancel()
    assert token.cancelled
    with pytest.raises(APICancelledError):
        client.with_options(cancel=token).create_connection(**SEED)


@pytest.mark.parametrize(
    "body", ["[", '{"id":' + "[" * 100_000 + "]" * 100_000 + "}"], ids=["cut", "deep"]
)
def test_an_answer_that_cannot_be_read(client: Openint, sandbox: Sandbox, body: str) -> None:
    sandbox.script({"status": 200, "text": body})
    with pytest.raises(APIResponseValidationError) as caught:
        client.create_connection(**SEED)
    assert caught.value.may_have_been_applied
    sandbox.script({"status": 200, "text": body})
    with pytest.raises(APIResponseValidationError) as caught:
        client.request("GET", "/viewer")
    assert not caught.value.may_have_been_applied


def test_an_answer_with_half_a_surrogate_pair_is_read(client: Openint, sandbox: Sandbox) -> None:
    sandbox.script({"status": 200, "text": '{"id":"conn_1","metadata":{"a":"\\ud800"}}'})
    assert client.get_connection("conn_1").metadata["a"] == "\ud800"


def test_an_answer_without_content_is_none(client: Openint, sandbox: Sandbox) -> None:
    sandbox.script({"status": 204})
    assert client.request("DELETE", "/viewer") is None


def test_an_answer_that_is_too_large(sandbox: Sandbox) -> None:
    client = Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, max_response_bytes=10)
    with pytest.raises(APIResponseValidationError, match="max_response_bytes") as caught:
        client.request("GET", "/viewer")
    assert caught.value.kind == "response_too_large"


def test_the_tree() -> None:
    names = [name for name in openint_sdk.__all__ if name.endswith("Error")]
    classes: list[Any] = [getattr(openint_sdk, name) for name in names]
    assert len(classes) == 21
    for cls in classes:
        assert issubclass(cls, OpenintError)
        assert cls.__doc__
        bad_input = issubclass(cls, InvalidInputError)
        assert issubclass(cls, ValueError) == bad_input
        assert issubclass(cls, TypeError) == (cls is InputTypeError)
        other = bad_input or cls is OpenintError or issubclass(cls, ImportStoppedError)
        assert issubclass(cls, APIError) != other


def test_errors_are_copied_and_pickled(client: Openint, sandbox: Sandbox) -> None:
    sandbox.script({"status": 404, "body": {"code": "NOT_FOUND", "message": "canary"}})
    with pytest.raises(openint_sdk.NotFoundError) as caught:
        client.request("GET", "/viewer")
    again = pickle.loads(pickle.dumps(caught.value))
    assert type(again) is openint_sdk.NotFoundError
    assert str(again) == str(caught.value)
    assert again.status_code == 404
    assert again.body is None
    assert str(copy.copy(caught.value)) == str(caught.value)
