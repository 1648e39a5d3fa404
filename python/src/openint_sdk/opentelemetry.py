"""Traces by OpenTelemetry: ``pip install "openint-sdk[opentelemetry]"``.

>>> from openint_sdk import Openint
>>> from openint_sdk.opentelemetry import instrument
>>> instrument()
>>> client = Openint()  # each attempt of its calls is a span

Spans are those of OpenTelemetry's conventions for HTTP clients: one for each attempt, below the
span that is current where the call is made. The headers of the global propagator, such as
``traceparent``, go with the request. To trace one client alone, give it a `TracingObserver`.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, StatusCode, TracerProvider

from . import _observer
from ._native import __version__
from ._observer import Attempt, AttemptEnd, Observer

__all__ = ["TracingObserver", "instrument", "uninstrument"]


class TracingObserver(Observer):
    """Makes a span of each attempt.

    Args:
        tracer_provider: Where spans go. Without it, the global one.
    """

    def __init__(self, tracer_provider: TracerProvider | None = None) -> None:
        self._tracer = trace.get_tracer("openint_sdk", __version__, tracer_provider)
        # The attempts of a thread end in the order in which they are nested.
        self._spans = threading.local()

    def before_attempt(self, attempt: Attempt) -> Mapping[str, str]:
        """Starts the span, and gives the headers that carry it on."""
        span = self._tracer.start_span(
            f"{attempt.method} {attempt.path_template}",
            kind=SpanKind.CLIENT,
            attributes={
                "http.request.method": attempt.method,
                "http.request.body.size": attempt.request_bytes,
                "url.template": attempt.path_template,
                "server.address": attempt.server_address,
                "server.port": attempt.server_port,
                "openint.operation": attempt.operation,
            },
        )
        if attempt.number > 1:
            span.set_attribute("http.request.resend_count", attempt.number - 1)
        self._open().append(span)
        headers: dict[str, str] = {}
        propagate.inject(headers, trace.set_span_in_context(span))
        return headers

    def after_attempt(self, attempt: Attempt, end: AttemptEnd) -> None:  # noqa: ARG002
        """Ends the span."""
        span = self._open().pop()
        seen: dict[str, Any] = {
            "http.response.status_code": end.status_code,
            "http.response.body.size": end.response_bytes,
            "openint.request_id": end.request_id,
        }
        span.set_attributes({name: value for name, value in seen.items() if value is not None})
        if end.error_kind is not None:
            span.set_attribute("error.type", str(end.status_code or end.error_kind))
            span.set_status(StatusCode.ERROR)
        span.end()

    def _open(self) -> list[Span]:
        if not hasattr(self._spans, "open"):
            self._spans.open = []
        return self._spans.open


def instrument(tracer_provider: TracerProvider | None = None) -> None:
    """Traces every client that is made from now on. A second call changes nothing.

    Args:
        tracer_provider: Where spans go. Without it, the global one.
    """
    if not any(isinstance(observer, TracingObserver) for observer in _observer.installed):
        _observer.installed.append(TracingObserver(tracer_provider))


def uninstrument() -> None:
    """Traces no client that is made from now on."""
    _observer.installed[:] = [
        observer for observer in _observer.installed if not isinstance(observer, TracingObserver)
    ]
