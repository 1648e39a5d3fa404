"""Replays conformance/cases/*.json: one test a case. The format is in conformance/README.md."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
import traceback
from typing import Any

import pytest

from openint_sdk import AsyncOpenint, CancelToken, Model, Openint, OpenintError, Response
from openint_sdk._native import dumps, loads
from sandbox import ROOT, Sandbox

KNOWN = {
    "case": {
        "name", "client", "options", "server", "call", "wire", "result", "error", "attempts",
        "items", "elapsed_ms", "questions", "rows",
    },
    "client": {
        "api_key", "api_key_provider", "base_url", "timeout_ms", "connect_timeout_ms",
        "total_timeout_ms", "max_retries",
        "default_headers", "user_agent", "proxy", "ca_bundle", "max_response_bytes",
        "allow_plain_http",
    },
    "options": {
        "timeout_ms", "connect_timeout_ms", "total_timeout_ms", "max_retries", "extra_headers",
        "extra_query", "extra_body", "cancel_after_ms",
    },
    "server": {"seed", "fill", "churn", "answers", "refuse_for_ms"},
    "call": {"method", "params", "all"},
    "request": {"method", "path", "path_params", "query", "body", "repeat_safe"},
    "wire": {
        "method", "path", "query", "headers", "absent_headers", "body", "body_contains",
    },
    "result": {"value", "keys", "contains", "status", "display_lacks"},
    "error": {
        "kind", "field", "status", "code", "message", "issues", "request_id", "retry_after_ms",
        "path", "phase", "retryable", "may_have_been_applied", "display_contains",
        "display_lacks",
    },
    "elapsed": {"at_least", "at_most"},
}  # fmt: skip


def cases() -> list[Any]:
    files = sorted((ROOT / "conformance/cases").glob("*.json"))
    found = [case for file in files for case in loads(file.read_text("utf-8"))["cases"]]
    assert len({case["name"] for case in found}) == len(found) > 0
    return [
        pytest.param(case, kind, id=f"{kind.__name__}: {case['name']}")
        for kind in (Blocking, Awaited)
        for case in found
        # A task is cancelled by asyncio: test_async.py has it.
        if kind is Blocking or "cancel_after_ms" not in case.get("options", {})
    ]


def only(known: str, fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - KNOWN[known]
    assert not unknown, f"fields of {known} that this runner does not know: {unknown}"
    return fields


class Outcome:
    """End of a call: rows that came out, and its answer or its error."""

    def __init__(self) -> None:
        self.rows: list[Any] | None = None
        self.response: Response[Any] | None = None
        self.value: Any = None
        self.error: OpenintError | None = None


class Blocking:
    """Makes the calls of a case with `Openint`."""

    def __init__(self, case: dict[str, Any], client: dict[str, Any], outcome: Outcome) -> None:
        self.options = only("options", case.get("options", {}))
        self.method, self.params, self.all = parsed(case["call"])
        self.client = client
        self.outcome = outcome

    def make(self) -> None:
        client = Openint(**self.client).with_options(**self.call_options(), cancel=self.token())
        if self.all:
            self.outcome.rows = []
            for row in getattr(client, self.method)(**self.params):
                self.outcome.rows.append(row)
        else:
            self.outcome.response = getattr(client.with_raw_response, self.method)(**self.params)

    def call_options(self) -> dict[str, Any]:
        given = self.options
        return {
            "timeout": seconds(given.get("timeout_ms")),
            "connect_timeout": seconds(given.get("connect_timeout_ms")),
            "total_timeout": seconds(given.get("total_timeout_ms")),
            "max_retries": given.get("max_retries"),
            "extra_headers": given.get("extra_headers"),
            "extra_query": given.get("extra_query"),
            "extra_body": given.get("extra_body"),
        }

    def token(self) -> CancelToken | None:
        if "cancel_after_ms" not in self.options:
            return None
        token = CancelToken()
        if self.options["cancel_after_ms"] == 0:
            token.cancel()
        else:
            threading.Timer(self.options["cancel_after_ms"] / 1000, token.cancel).start()
        return token


class Awaited(Blocking):
    """Makes them with `AsyncOpenint`."""

    def make(self) -> None:
        asyncio.run(self.make_awaited())

    async def make_awaited(self) -> None:
        async with AsyncOpenint(**self.client) as whole:
            client = whole.with_options(**self.call_options())
            if self.all:
                self.outcome.rows = []
                async for row in getattr(client, self.method)(**self.params):
                    self.outcome.rows.append(row)
            else:
                raw = client.with_raw_response
                self.outcome.response = await getattr(raw, self.method)(**self.params)


class Provider:
    """Gives each of some keys in turn, and the last one again."""

    def __init__(self, answers: list[Any], key: str) -> None:
        self.answers = answers
        self.key = key
        self.questions = 0

    def __call__(self) -> str:
        answer = self.answers[min(self.questions, len(self.answers) - 1)]
        self.questions += 1
        if isinstance(answer, dict):
            raise RuntimeError(answer["failure"])
        return str(answer).replace("$key", self.key)


def parsed(call: dict[str, Any]) -> tuple[str, dict[str, Any], bool]:
    """The method of the package, its arguments, and whether it reads a list to its end."""
    only("call", call)
    method, params = call["method"], call["params"]
    if method == "request":
        only("request", params)
    if not call.get("all", False):
        return method, params, False
    renamed = {"page_size" if name == "limit" else name: it for name, it in params.items()}
    return method.replace("list_", "iter_"), renamed, True


@pytest.mark.parametrize(("case", "kind"), cases())
def test_case(case: dict[str, Any], kind: type[Blocking], sandbox: Sandbox) -> None:
    only("case", case)
    assert ("result" in case) != ("error" in case)
    server = only("server", case.get("server", {}))
    own = Sandbox() if "refuse_for_ms" in server else None
    try:
        Replay(case, kind, own or sandbox).run()
    finally:
        if own is not None:
            own.stop()


class Replay:
    def __init__(self, case: dict[str, Any], kind: type[Blocking], sandbox: Sandbox) -> None:
        self.case = case
        self.kind = kind
        self.sandbox = sandbox
        answers = case.get("client", {}).get("api_key_provider")
        self.provider = answers and Provider(answers, sandbox.api_key)

    def run(self) -> None:
        case = self.case
        self.prepare(case.get("server", {}))
        started = time.monotonic()
        outcome = self.call()
        elapsed = (time.monotonic() - started) * 1000

        if "result" in case:
            assert outcome.error is None, f"failed: {outcome.error}"
            self.check_result(only("result", case["result"]), outcome)
        else:
            assert outcome.error is not None, "succeeded"
            self.check_error(only("error", case["error"]), outcome.error)
        if "items" in case:
            assert len(outcome.rows or []) == case["items"]
        ended = outcome.error or outcome.response
        attempts = 0 if ended is None else ended.attempts
        if "attempts" in case:
            assert attempts == case["attempts"]
        self.check_wire(attempts)
        if "elapsed_ms" in case:
            bounds = only("elapsed", case["elapsed_ms"])
            # `at_most` is for an idle machine.
            assert bounds.get("at_least", 0) <= elapsed <= bounds["at_most"] + 2000
        if "questions" in case:
            assert self.provider.questions == case["questions"]
        if "rows" in case:
            assert self.rows() == case["rows"]

    def prepare(self, server: dict[str, Any]) -> None:
        if "seed" in server:
            self.sandbox.seed(server["seed"])
        if "fill" in server:
            self.sandbox.fill(**server["fill"])
        if "churn" in server:
            self.sandbox.churn(**server["churn"])
        if server.get("answers"):
            self.sandbox.script(*server["answers"])
        if "refuse_for_ms" in server:
            self.sandbox.refuse(server["refuse_for_ms"])

    def call(self) -> Outcome:
        outcome = Outcome()
        try:
            self.kind(self.case, self.client(), outcome).make()
            read = outcome.response
            outcome.value = outcome.rows or [] if read is None else read.parse()
        except OpenintError as raised:
            outcome.error = raised
        return outcome

    def client(self) -> dict[str, Any]:
        given = only("client", self.case.get("client", {}))
        base_url = given.get("base_url", "$origin/v1")
        for name, origin in {
            "$origin": self.sandbox.origin,
            "$tls": self.sandbox.origin.replace("http://", "https://"),
            "$closed": closed_origin(),
        }.items():
            base_url = base_url.replace(name, origin)
        return {
            "api_key": self.provider or given.get("api_key", self.sandbox.api_key),
            "base_url": base_url,
            "timeout": seconds(given.get("timeout_ms")),
            "connect_timeout": seconds(given.get("connect_timeout_ms")),
            "total_timeout": seconds(given.get("total_timeout_ms")),
            "max_retries": given.get("max_retries"),
            "default_headers": given.get("default_headers"),
            "user_agent": given.get("user_agent"),
            "proxy": given.get("proxy"),
            "ca_bundle": given.get("ca_bundle"),
            "max_response_bytes": given.get("max_response_bytes"),
            "allow_plain_http": given.get("allow_plain_http", False),
        }

    def rows(self) -> int:
        customer = self.case["call"]["params"].get("customer_id")
        return self.sandbox.rows(customer_id=customer).connections

    def check_wire(self, attempts: int) -> None:
        requests = self.sandbox.requests()
        wire = self.case.get("wire")
        if wire is None:
            reached = self.case.get("error", {}).get("kind") not in {
                "connect", "tls", "cancelled", "timeout",
            }  # fmt: skip
            uncounted = self.case["call"].get("all") or "refuse_for_ms" in self.case.get(
                "server", {}
            )
            if reached and not uncounted:
                assert len(requests) == attempts
            return
        assert len(requests) == len(wire)
        for request, expected in zip(requests, wire, strict=True):
            only("wire", expected)
            assert request.method == expected["method"]
            contained(expected["path"], request.path, "path")
            assert request.query == expected.get("query", "")
            found = dict(reversed(request.headers))
            for name, value in expected.get("headers", {}).items():
                assert found.get(name) == value
            for name in expected.get("absent_headers", []):
                assert name not in found
            if "body" in expected:
                assert json.loads(request.body) == expected["body"]
            for text in expected.get("body_contains", []):
                assert text in request.body

    def check_result(self, expected: dict[str, Any], outcome: Outcome) -> None:
        value, response = outcome.value, outcome.response
        text = dumps(value)
        if "value" in expected:
            contained(expected["value"], json.loads(text), "result")
        if "keys" in expected:
            fields = value.to_dict() if isinstance(value, Model) else value
            assert sorted(fields) == sorted(expected["keys"])
        if "status" in expected:
            assert response is not None
            assert response.status_code == expected["status"]
        for part in expected.get("contains", []):
            assert part in text
        for part in expected.get("display_lacks", []):
            assert not any(part in shown for shown in (repr(value), str(value), repr(response)))

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
    elif isinstance(expected, list) and isinstance(found, list):
        assert len(found) == len(expected), path
        for index, value in enumerate(expected):
            contained(value, found[index], f"{path}[{index}]")
    else:
        assert type(found) is type(expected) or isinstance(found, float), path
        assert found == expected, path
