"""What is told to the server, and what it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypedDict


class _Kind(TypedDict):
    kind: Literal[
        "close",
        "stall",
        "drip",
        "wrong_length",
        "truncated_chunk",
        "redirect",
        "gzip_bomb",
        "invalid_json",
        "invalid_utf8",
        "html",
        "empty",
        "deep_json",
        "many_headers",
    ]


class Fault(_Kind, total=False):
    """A way for an answer to go wrong. Which of the others it takes goes by its ``kind``."""

    #: Of close, stall and drip: the part of the answer that is sent before.
    at: Literal["before_response", "headers", "body"]
    #: Of close: ends the connection with RST in place of FIN.
    reset: bool
    #: Of drip, the bytes in a piece; of gzip_bomb, the unpacked size.
    bytes: int
    #: Of drip: the milliseconds between two pieces.
    every_ms: int
    #: Of redirect: the ``location``.
    to: str
    #: Of redirect: the status.
    status: int
    #: Of deep_json: the levels of nesting.
    depth: int
    #: Of many_headers: the number of headers.
    count: int


class Answer(TypedDict, total=False):
    """An answer in place of the one that the server would give."""

    #: Only requests of this method, in upper case, are answered so.
    method: str
    #: Only requests to this path are answered so, such as ``/v1/connection``. Without a query.
    path: str
    #: The number of requests that are answered so; 1 if it is not given.
    times: int
    #: The milliseconds before the answer.
    delay_ms: int
    #: True to carry the request out first, and to give the real answer where none is given here.
    process: bool
    #: The status.
    status: int
    #: Headers of the answer.
    headers: dict[str, str]
    #: The body, as JSON.
    body: Any
    #: The body, as text.
    text: str
    #: The body, any bytes as base64.
    base64: str
    #: The way in which the answer goes wrong.
    fault: Fault


@dataclass(frozen=True)
class RecordedRequest:
    """A request as the server received it."""

    #: The method, in upper case.
    method: str
    #: The path and query as they were sent.
    target: str
    #: The path alone, not decoded.
    path: str
    #: The query without its question mark, not decoded; empty if there was none.
    query: str
    #: Names in lower case and values, in the order they came in.
    headers: tuple[tuple[str, str], ...]
    #: The body as text; what is not UTF-8 is replaced.
    body: str
    #: The TCP connection that it came on, counted from 1.
    connection: int
    #: The milliseconds since the server was started.
    at_ms: int

    @classmethod
    def of(cls, found: dict[str, Any]) -> RecordedRequest:
        """Reads one from its JSON. Fields that this version does not know are left out."""
        known = {name: found[name] for name in cls.__dataclass_fields__}
        known["headers"] = tuple((name, value) for name, value in found["headers"])
        return cls(**known)

    def header(self, name: str) -> str | None:
        """The first value of a header; the name's case does not matter."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)


class Rows(NamedTuple):
    """The numbers of rows that the server holds."""

    connections: int
    customers: int
    connector_configs: int
    events: int
