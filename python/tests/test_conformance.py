"""Replays conformance/cases/*.json: one test a case. The format is in conformance/README.md."""

from __future__ import annotations

import json
import socket
import threading
import time
import traceback
from typing import Any

import pytest

from openint_sdk import CancelToken, ConnectorData, Object, Openint, OpenintError
from openint_sdk import _json as exact
from openint_sdk._response import Response
from sandbox import ROOT, Sandbox

KNOWN = {
    "case": {
        "name", "client", "options", "server", "call", "wire", "result", "error", "attempts",
        "elapsed_ms", "rows",
    },
    "client": {
        "api_key", "base_url", "timeout_ms", "connect_timeout_ms", "max_retries",
        "default_headers", "user_agent", "proxy", "ca_bundle", "max_response_bytes",
        "allow_plain_http",
    },
    "options": {
        "timeout_ms", "connect_timeout_ms", "max_retries", "extra_headers", "extra_query",
        "extra_body", "cancel_after_ms",
    },
    "server": {"answers", "refuse_for_ms"},
    "call": {"method", "params"},
    "create": {"connector_config_id", "customer_id", "data", "metadata", "check_connection"},
    "request": {"method", "path", "path_params", "query", "body", "repeat_safe"},
    "wire": {
        "method", "path", "query", "headers", "absent_headers", "body", "body_contains",
    },
    "result": {"value", "keys", "contains", "status"},
    "error": {
        "kind", "field", "status", "code", "message", "issues", "request_id", "retry_after_ms",
        "path", "phase", "retryable", "may_have_been_applied", "display_contains",
        "display_lacks",
    },
    "elapsed": {"at_least", "at_most"},
}  # fmt: skip


def cases() -> list[Any]:
    files = sorted((ROOT / "conformance/cases").glob("*.json"))
    found = [case for file in files for case in exact.loads(file.read_text("utf-8"))["cases"]]
    assert len({case["name"] for case in found}) == len(found) > 0
    return [pytest.param(case, id=case["name"]) for case in found]


def only(known: str, fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - KNOWN[known]
    assert not unknown, f"fields of {known} that this runner does not know: {unknown}"
    return fields


@pytest.mark.parametrize("case", cases())
def test_case(case: dict[str, Any], sandbox: Sandbox, program: Any) -> None:
    only("case", case)
    assert ("result" in case) != ("error" in case)
    server = only("server", case.get("server", {}))
    own = Sandbox(program) if "refuse_for_ms" in server else None
    try:
        Replay(case, own or sandbox).run()
    finally:
        if own is not None:
            own.stop()


class Replay:
    def __init__(self, case: dict[str, Any], sandbox: Sandbox) -> None:
        self.case = case
        self.sandbox = sandbox

    def run(self) -> None:
        case, server = self.case, self.case.get("server", {})
        if server.get("answers"):
            self.sandbox.script(*server["answers"])
        if "refuse_for_ms" in server:
            self.sandbox.refuse(server["refuse_for_ms"])

        started = time.monotonic()
        response: Response[Any] | None = None
        error: OpenintError | None = None
        try:
            response = self.call(self.client())
            value = response.parse()
        except OpenintError as raised:
            error = raised
        elapsed = (time.monotonic() - started) * 1000

        if "result" in case:
            assert error is None, f"failed: {error}"
            assert response is not None
            self.check_result(only("result", case["result"]), value, response.status_code)
            attempts = response.attempts
        else:
            assert error is not None, "succeeded"
            self.check_error(only("error", case["error"]), error)
            attempts = error.attempts
        if "attempts" in case:
            assert attempts == case["attempts"]
        self.check_wire(attempts)
        if "elapsed_ms" in case:
            bounds = only("elapsed", case["elapsed_ms"])
            # `at_most` is for an idle machine.
            assert bounds.get("at_least", 0) <= elapsed <= bounds["at_most"] + 2000
        if "rows" in case:
            customer = case["call"]["params"]["customer_id"]
            assert self.sandbox.rows(customer) == case["rows"]

    def client(self) -> Openint:
        given = only("client", self.case.get("client", {}))
        base_url = given.get("base_url", "$origin/v1")
        for name, origin in {
            "$origin": self.sandbox.origin,
            "$tls": self.sandbox.origin.replace("http://", "https://"),
            "$closed": closed_origin(),
        }.items():
            base_url = base_url.replace(name, origin)
        return Openint(
            api_key=given.get("api_key", self.sandbox.api_key),
            base_url=base_url,
            timeout=seconds(given.get("timeout_ms")),
            connect_timeout=seconds(given.get("connect_timeout_ms")),
            max_retries=given.get("max_retries"),
            default_headers=given.get("default_headers"),
            user_agent=given.get("user_agent"),
            proxy=given.get("proxy"),
            ca_bundle=given.get("ca_bundle"),
            max_response_bytes=given.get("max_response_bytes"),
            allow_plain_http=given.get("allow_plain_http", False),
        )

    def call(self, client: Openint) -> Response[Any]:
        given = only("options", self.case.get("options", {}))
        token = None
        if "cancel_after_ms" in given:
            token = CancelToken()
            if given["cancel_after_ms"] == 0:
                token.cancel()
            else:
                threading.Timer(given["cancel_after_ms"] / 1000, token.cancel).start()
        client = client.with_options(
            timeout=seconds(given.get("timeout_ms")),
            connect_timeout=seconds(given.get("connect_timeout_ms")),
            max_retries=given.get("max_retries"),
            extra_headers=given.get("extra_headers"),
            extra_query=given.get("extra_query"),
            extra_body=given.get("extra_body"),
            cancel=token,
        )
        call = only("call", self.case["call"])
        params: dict[str, Any] = call["params"]
        if call["method"] == "create_connection":
            only("create", params)
            data = params["data"]
            given_data = ConnectorData(data["connector_name"], data["settings"])
            return client.with_raw_response.create_connection(**{**params, "data": given_data})
        assert call["method"] == "request"
        only("request", params)
        rest = {key: value for key, value in params.items() if key not in {"method", "path"}}
        return client.with_raw_response.request(params["method"], params["path"], **rest)

    def check_wire(self, attempts: int) -> None:
        requests = self.sandbox.requests()
        wire = self.case.get("wire")
        if wire is None:
            reached = self.case.get("error", {}).get("kind") not in {
                "connect", "tls", "cancelled", "timeout",
            }  # fmt: skip
            if reached and "refuse_for_ms" not in self.case.get("server", {}):
                assert len(requests) == attempts
            return
        assert len(requests) == len(wire)
        for request, expected in zip(requests, wire, strict=True):
            only("wire", expected)
            assert request["method"] == expected["method"]
            assert request["path"] == expected["path"]
            assert request["query"] == expected.get("query", "")
            found = dict(reversed([tuple(pair) for pair in request["headers"]]))
            for name, value in expected.get("headers", {}).items():
                assert found.get(name) == value
            for name in expected.get("absent_headers", []):
                assert name not in found
            if "body" in expected:
                assert json.loads(request["body"]) == expected["body"]
            for text in expected.get("body_contains", []):
                assert text in request["body"]

    def check_result(self, expected: dict[str, Any], value: Any, status: int) -> None:
        text = exact.dumps(value)
        plain = json.loads(text)
        if "value" in expected:
            contained(expected["value"], plain, "result")
        if "keys" in expected:
            assert isinstance(value, Object)
            assert sorted(value) == sorted(expected["keys"])
        if "status" in expected:
            assert status == expected["status"]
        for part in expected.get("contains", []):
            assert part in text

    def check_error(self, expected: dict[str, Any], error: OpenintError) -> None:
        assert error.kind == expected["kind"], error
        for name, attribute in {
            "field": "field",
            "path": "path",
            "phase": "phase",
            "status": "status_code",
            "code": "code",
            "message": "server_message",
            "request_id": "request_id",
            "retryable": "retryable",
            "may_have_been_applied": "may_have_been_applied",
        }.items():
            if name in expected:
                assert getattr(error, attribute) == expected[name], name
        if "issues" in expected:
            assert [issue._asdict() for issue in error.issues] == expected["issues"]
        if "retry_after_ms" in expected:
            assert error.retry_after is not None
            assert round(error.retry_after * 1000) == expected["retry_after_ms"]
        assert len(str(error).splitlines()) == 1
        for text in expected.get("display_contains", []):
            assert text in str(error)
        printed = [str(error), repr(error), "".join(traceback.format_exception_only(error))]
        for text in expected.get("display_lacks", []):
            assert not any(text in line for line in printed)


def seconds(ms: int | None) -> float | None:
    return None if ms is None else ms / 1000


def closed_origin() -> str:
    """The origin of a port that was free a moment ago."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"


def contained(expected: Any, found: Any, path: str) -> None:
    if expected == "$any" and found is not None:
        return
    if isinstance(expected, str) and expected.startswith("$prefix:"):
        assert isinstance(found, str), path
        assert found.startswith(expected.removeprefix("$prefix:")), path
    elif isinstance(expected, dict) and isinstance(found, dict):
        for key, value in expected.items():
            assert key in found, f"{path}.{key}: absent"
            contained(value, found[key], f"{path}.{key}")
    else:
        assert type(found) is type(expected) or isinstance(found, float), path
        assert found == expected, path
