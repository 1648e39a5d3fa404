"""Observers of a client's calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Attempt(NamedTuple):
    """An attempt of a call."""

    #: The operation, such as ``create_connection``; ``request`` for a request of your own.
    operation: str
    #: The HTTP method.
    method: str
    #: The path with placeholders in place of ids, such as ``/connection/{id}``.
    path_template: str
    #: The host of the base URL.
    server_address: str
    #: The port of the base URL, or that of its scheme.
    server_port: int
    #: Counts the attempts of the call from 1.
    number: int
    #: The length of the body that is sent, in bytes.
    request_bytes: int


class AttemptEnd(NamedTuple):
    """End of an attempt: with an answer, or with an error."""

    #: Duration in seconds.
    duration: float
    #: The HTTP status of the answer.
    status_code: int | None
    #: The id that the server gave the request, for its support.
    request_id: str | None
    #: The length of the answer's body in bytes, after decompression.
    response_bytes: int | None
    #: The ``kind`` of the error, such as ``timeout``; ``api`` for an answer that is no success.
    error_kind: str | None


class Observer:
    """Watches every attempt of a client's calls. Inherit from it, and override what you need.

    The methods run on the thread of the call, in the context (`contextvars`) of the caller, so they
    should be quick. An exception in one is logged to ``openint_sdk`` and breaks no call. An
    observer never sees a body, a key, a query or an id in a path.

    >>> class Lines(Observer):
    ...     def after_attempt(self, attempt, end):
    ...         print(attempt.operation, attempt.number, end.status_code)
    >>> with Openint(observer=Lines()) as observed:
    ...     ok = observed.health().ok
    health 1 200
    """

    def before_attempt(self, attempt: Attempt) -> Mapping[str, str] | None:
        """Called before an attempt is sent. Returns headers to add, such as ``traceparent``.

        A header that cannot be sent, or that the call has already, is left out.
        """

    def after_attempt(self, attempt: Attempt, end: AttemptEnd) -> None:
        """Called after an attempt, on the thread that `before_attempt` ran on."""

    def before_wait(self, attempt: Attempt, seconds: float) -> None:
        """Called before the wait that follows an attempt which is to be repeated."""


#: Observers of every client that is made from now on.
installed: list[Observer] = []


def before_attempt(observer: Observer, attempt: tuple[Any, ...]) -> list[tuple[str, str]]:
    """Asks `observer` for headers."""

    def headers() -> list[tuple[str, str]]:
        added = observer.before_attempt(Attempt(*attempt)) or {}
        return [(str(name), str(value)) for name, value in added.items()]

    return _guarded(headers) or []


def after_attempt(observer: Observer, attempt: tuple[Any, ...], end: tuple[Any, ...]) -> None:
    """Tells `observer` how an attempt ended."""
    _guarded(observer.after_attempt, Attempt(*attempt), AttemptEnd(*end))


def before_wait(observer: Observer, attempt: tuple[Any, ...], seconds: float) -> None:
    """Tells `observer` of a wait."""
    _guarded(observer.before_wait, Attempt(*attempt), seconds)


def _guarded(method: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return method(*arguments)
    except Exception:
        import logging

        logging.getLogger("openint_sdk").warning("an observer failed", exc_info=True)
        return None
