"""Observers and OpenTelemetry, over real sockets."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from conftest import SEED
from openint_sdk import (
    AsyncOpenint,
    Attempt,
    AttemptEnd,
    InputTypeError,
    NotFoundError,
    Observer,
    Openint,
)
from openint_sdk.opentelemetry import TracingObserver, instrument, uninstrument
from sandbox import Sandbox


def headers(sandbox: Sandbox, name: str) -> list[str]:
    """The values of a header, in the order of the requests."""
    requests = sandbox.requests()
    return [value for request in requests for found, value in request.headers if found == name]


TWICE = [{"status": 500, "headers": {"x-request-id": "req_7"}}, {"status": 503}]


class Recorder(Observer):
    def __init__(self) -> None:
        self.seen: list[tuple[object, ...]] = []

    def before_attempt(self, attempt: Attempt) -> dict[str, str]:
        self.seen.append(("before", attempt))
        return {"x-attempt": str(attempt.number)}

    def after_attempt(self, attempt: Attempt, end: AttemptEnd) -> None:
        self.seen.append(("after", attempt.number, end))

    def before_wait(self, attempt: Attempt, seconds: float) -> None:
        self.seen.append(("wait", attempt.number, seconds))


def test_each_attempt_is_seen_and_carries_the_header(sandbox: Sandbox) -> None:
    sandbox.script(*TWICE)
    recorder = Recorder()
    with (
        Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, observer=recorder) as client,
        pytest.raises(NotFoundError),
    ):
        client.get_connection("conn_dummy-oauth2_01JDXW8Q3V8H2Z5K4M6N7P8R9S")

    retried = ("before", "after", "wait")
    assert [event[0] for event in recorder.seen] == [*retried, *retried, "before", "after"]
    _, first = recorder.seen[0]
    assert isinstance(first, Attempt)
    assert first.operation == "get_connection"
    assert first.method == "GET"
    assert first.path_template == "/connection/{id}"
    assert first.server_address == "127.0.0.1"
    assert first.number == 1
    _, _, end = recorder.seen[1]
    assert isinstance(end, AttemptEnd)
    assert (end.status_code, end.request_id, end.error_kind) == (500, "req_7", "api")
    assert 0 < end.duration < 10
    _, number, seconds = recorder.seen[2]
    assert number == 1
    assert isinstance(seconds, float)
    assert seconds > 0
    assert headers(sandbox, "x-attempt") == ["1", "2", "3"]
    assert "conn_" not in repr(recorder.seen)


class Fails(Observer):
    def before_attempt(self, attempt: Attempt) -> dict[str, str]:
        raise ValueError("before")

    def after_attempt(self, attempt: Attempt, end: AttemptEnd) -> None:
        raise ValueError("after")


class Answers(Observer):
    """Answers with what is no mapping of headers."""

    def before_attempt(self, attempt: Attempt) -> dict[str, str]:
        return 7  # type: ignore[return-value]


@pytest.mark.parametrize("observer", [Fails(), Answers()])
def test_an_observer_that_fails_breaks_no_call(
    sandbox: Sandbox, observer: Observer, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.WARNING, "openint_sdk"),
        Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, observer=observer) as client,
    ):
        assert client.health().ok
    assert "an observer failed" in caplog.text


@pytest.mark.usefixtures("ctrl_c")
def test_ctrl_c_in_an_observer_ends_the_call(sandbox: Sandbox) -> None:
    class Interrupts(Observer):
        def before_attempt(self, attempt: Attempt) -> None:
            signal.raise_signal(signal.SIGINT)

    with (
        Openint(
            api_key=sandbox.api_key, base_url=sandbox.base_url, observer=Interrupts()
        ) as client,
        pytest.raises(KeyboardInterrupt),
    ):
        client.health()


def test_what_is_no_observer_is_refused() -> None:
    with pytest.raises(InputTypeError, match="observer"):
        Openint(api_key="key_test", observer=print)  # type: ignore[arg-type]


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    uninstrument()
    instrument(provider)
    instrument(provider)
    yield exporter
    uninstrument()
    provider.shutdown()


def test_each_attempt_is_a_span_below_the_current_one(
    sandbox: Sandbox, spans: InMemorySpanExporter
) -> None:
    sandbox.script(*TWICE)
    tracer = TracerProvider().get_tracer("test")
    with (
        Openint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client,
        tracer.start_as_current_span("import") as parent,
    ):
        assert client.health().ok

    found = spans.get_finished_spans()
    assert [span.name for span in found] == ["GET /health"] * 3
    ours = parent.get_span_context()
    for number, span in enumerate(found):
        assert span.kind is SpanKind.CLIENT
        assert span.parent is not None
        assert span.parent.span_id == ours.span_id
        assert span.attributes is not None
        assert span.attributes["openint.operation"] == "health"
        assert span.attributes.get("http.request.resend_count", 0) == number
    codes = [dict(span.attributes or {})["http.response.status_code"] for span in found]
    assert codes == [500, 503, 200]
    assert found[0].status.status_code is StatusCode.ERROR
    assert dict(found[1].attributes or {})["error.type"] == "503"
    assert found[2].status.status_code is StatusCode.UNSET
    expected = [
        f"00-{trace.format_trace_id(ours.trace_id)}-{trace.format_span_id(span.context.span_id)}"
        for span in found
        if span.context is not None
    ]
    sent = [value.rpartition("-")[0] for value in headers(sandbox, "traceparent")]
    assert sent == expected


def test_an_asynchronous_call_is_traced_below_its_task(
    sandbox: Sandbox, spans: InMemorySpanExporter
) -> None:
    tracer = TracerProvider().get_tracer("test")

    async def create(client: AsyncOpenint, name: str) -> int:
        with tracer.start_as_current_span(name) as parent:
            await client.create_connection(**SEED)
        return parent.get_span_context().span_id

    async def main() -> list[int]:
        async with AsyncOpenint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
            return await asyncio.gather(*(create(client, f"task {at}") for at in range(5)))

    parents = asyncio.run(main())
    found = spans.get_finished_spans()
    assert {span.parent.span_id for span in found if span.parent} == set(parents)
    assert {span.name for span in found} == {"POST /connection"}


def test_uninstrument_leaves_new_clients_alone(
    sandbox: Sandbox, spans: InMemorySpanExporter
) -> None:
    uninstrument()
    with Openint(api_key=sandbox.api_key, base_url=sandbox.base_url) as client:
        assert client.health().ok
    assert spans.get_finished_spans() == ()


def test_one_client_alone_is_traced(sandbox: Sandbox) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    observer = TracingObserver(provider)
    with Openint(api_key=sandbox.api_key, base_url=sandbox.base_url, observer=observer) as client:
        client.create_connection(**SEED)
    (span,) = exporter.get_finished_spans()
    assert not re.search(r"key_|conn_|ccfg_", span.to_json() or "")
