"""Raw access: an answer with what it came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, NoReturn, TypeVar

T = TypeVar("T")


class Headers(Mapping[str, str]):
    """The headers of an answer, under names in any case."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs: dict[str, str] = {}
        for name, value in pairs:
            self._pairs.setdefault(name.lower(), value)

    def __getitem__(self, name: str) -> str:
        return self._pairs[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._pairs)})"


class Response(Generic[T]):
    """A success as it came, and through :meth:`parse` as the method would have returned it.

    >>> response = client.with_raw_response.request("GET", "/health")
    >>> response.status_code, response.headers["Content-Type"], response.content
    (200, 'application/json', b'{"ok":true}')
    >>> response.parse()
    Object(ok=…)
    """

    __slots__ = ("_read", "attempts", "content", "headers", "status_code")

    #: The HTTP status.
    status_code: int
    #: The headers that are text, with names in any case.
    headers: Headers
    #: The body as it came. It can hold secrets.
    content: bytes
    #: How often the request was sent, or tried to be sent.
    attempts: int
    _read: Callable[[bytes, int], T]

    def __init__(
        self,
        status_code: int,
        headers: Iterable[tuple[str, str]],
        content: bytes,
        attempts: int,
        read: Callable[[bytes, int], T],
    ) -> None:
        put: Any = super().__setattr__
        put("status_code", status_code)
        put("headers", Headers(headers))
        put("content", content)
        put("attempts", attempts)
        put("_read", read)

    @property
    def text(self) -> str:
        """The body as text. It can hold secrets."""
        return self.content.decode()

    def parse(self) -> T:
        """What the method would have returned."""
        return self._read(self.content, self.attempts)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a response is frozen")

    def __repr__(self) -> str:
        return f"Response(status_code={self.status_code}, attempts={self.attempts})"
