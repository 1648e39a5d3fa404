"""Raw access: an answer with what it came in."""

from __future__ import annotations

from ._types import Generic, T

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import NoReturn

    from ._native import Answer
else:
    from _collections_abc import Mapping


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

    >>> response = client.with_raw_response.health()
    >>> response.status_code, response.headers["Content-Type"], response.content
    (200, 'application/json', b'{"ok":true}')
    >>> response.parse()
    Health(ok=True)
    """

    __slots__ = ("_answer", "_read")

    _answer: Answer
    _read: Callable[[Answer], T]

    def __init__(self, answer: Answer, read: Callable[[Answer], T]) -> None:
        object.__setattr__(self, "_answer", answer)
        object.__setattr__(self, "_read", read)

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        return self._answer.status

    @property
    def headers(self) -> Headers:
        """The headers that are text, with names in any case."""
        return Headers(self._answer.headers)

    @property
    def content(self) -> bytes:
        """The body as it came. It can hold secrets."""
        return self._answer.content

    @property
    def text(self) -> str:
        """The body as text. It can hold secrets."""
        return self.content.decode()

    @property
    def attempts(self) -> int:
        """How often the request was sent, or tried to be sent.

        0 when an idempotency key showed that what it asks for is there already.
        """
        return self._answer.attempts

    def parse(self) -> T:
        """What the method would have returned."""
        return self._read(self._answer)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("a response is frozen")

    def __repr__(self) -> str:
        return f"Response(status_code={self.status_code}, attempts={self.attempts})"
