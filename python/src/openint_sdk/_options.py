"""Options of clients and calls, checked and in the form that the native client takes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from . import _json
from ._errors import InputTypeError, InvalidInputError
from ._types import NOT_GIVEN, NotGiven

if TYPE_CHECKING:
    from ._native import CancelToken

#: Seconds, or a `timedelta`.
Seconds: TypeAlias = float | timedelta
#: Query parameters: texts, numbers, truth values, `None` to leave one out, or a list of these,
#: which is sent as the name repeated.
Query: TypeAlias = Mapping[str, object] | Iterable[tuple[str, object]]

Pairs: TypeAlias = list[tuple[str, str]]

#: What is left out; it is never changed.
_NO_PAIRS: Pairs = []

_MOST_RETRIES = 2**32 - 1


class Options(NamedTuple):
    """The options of one call."""

    timeout: float | None = None
    connect_timeout: float | None = None
    max_retries: int | None = None
    extra_headers: Pairs = _NO_PAIRS
    extra_query: Pairs = _NO_PAIRS
    extra_body: Pairs = _NO_PAIRS
    cancel: CancelToken | None = None

    def over(self, base: Options) -> Options:
        """These options, and under them those of `base`."""
        if base == _NONE:
            return self
        return Options(
            base.timeout if self.timeout is None else self.timeout,
            base.connect_timeout if self.connect_timeout is None else self.connect_timeout,
            base.max_retries if self.max_retries is None else self.max_retries,
            base.extra_headers + self.extra_headers,
            base.extra_query + self.extra_query,
            base.extra_body + self.extra_body,
            base.cancel if self.cancel is None else self.cancel,
        )


_NONE = Options()


def options(
    timeout: Seconds | NotGiven | None = NOT_GIVEN,
    connect_timeout: Seconds | NotGiven | None = NOT_GIVEN,
    max_retries: int | NotGiven | None = NOT_GIVEN,
    extra_headers: Mapping[str, str] | None = None,
    extra_query: Query | None = None,
    extra_body: Mapping[str, Any] | None = None,
    cancel: CancelToken | None = None,
) -> Options:
    """Checks the options of a call."""
    return Options(
        seconds("timeout", timeout),
        seconds("connect_timeout", connect_timeout),
        retries(max_retries),
        headers("extra_headers", extra_headers),
        [] if extra_query is None else query("extra_query", extra_query),
        [] if extra_body is None else _body(extra_body),
        cancel,
    )


def seconds(field: str, value: Seconds | NotGiven | None) -> float | None:
    """A time in seconds; what is out of bounds is for the native client to refuse."""
    if value is None or value is NOT_GIVEN:
        return None
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise InputTypeError.of(field, "seconds as a number, or a timedelta")
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def retries(value: int | NotGiven | None) -> int | None:
    """How often a call is repeated at the most."""
    if value is None or value is NOT_GIVEN:
        return None
    return min(whole("max_retries", value), _MOST_RETRIES)


def whole(field: str, value: object) -> int:
    """A whole number from zero."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputTypeError.of(field, "a whole number")
    if value < 0:
        raise InvalidInputError.of(field, "a whole number from 0")
    return value


def text(field: str, value: object) -> str:
    """A text that can be sent. The error does not repeat it: it may be a key."""
    if not isinstance(value, str):
        raise InputTypeError.of(field, f"a text, not `{type(value).__name__}`")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidInputError.of(field, "a text without half surrogate pairs") from None
    return value


def flag(field: str, value: object) -> bool:
    """A truth value, and nothing that merely has one."""
    if not isinstance(value, bool):
        raise InputTypeError.of(field, f"`True` or `False`, not `{type(value).__name__}`")
    return value


def headers(field: str, value: object) -> Pairs:
    """Names and values; the native client checks that they can be headers."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise InputTypeError.of(field, "a mapping of names to texts")
    pairs: Mapping[object, object] = value
    return [(text(field, name), text(field, item)) for name, item in pairs.items()]


def path_params(value: object) -> Pairs:
    """What fills the placeholders of a path: texts and whole numbers."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise InputTypeError.of("path_params", "a mapping of names to values")
    pairs: Mapping[object, object] = value
    filled: Pairs = []
    for name, item in pairs.items():
        name = text("path_params", name)
        whole_number = isinstance(item, int) and not isinstance(item, bool)
        filled.append((name, str(item) if whole_number else text(name, item)))
    return filled


def query(field: str, value: Any) -> Pairs:
    """Query parameters, in order. `None` leaves one out; a list repeats its name."""
    items: Any = value
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, str) or not isinstance(value, Iterable):
        raise InputTypeError.of(field, "a mapping, or pairs of a name and a value")
    pairs: Pairs = []
    for pair in items:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise InputTypeError.of(field, "pairs of a name and a value")
        name, item = pair
        name = text(field, name)
        many: Any = item if isinstance(item, (list, tuple)) else [item]
        pairs.extend((name, _query_text(field, one)) for one in many if one is not None)
    return pairs


def _query_text(field: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return _json.dumps(value, field)
    return text(field, value)


def _body(value: object) -> Pairs:
    if not isinstance(value, Mapping):
        raise InputTypeError.of("extra_body", "a mapping of names to JSON")
    fields: Mapping[object, object] = value
    return [
        (text("extra_body", name), _json.dumps(item, f"extra_body.{name}"))
        for name, item in fields.items()
    ]


def path(field: str, value: object) -> str:
    """A path in the file system."""
    try:
        return text(field, os.fspath(value))  # type: ignore[call-overload]
    except TypeError:
        raise InputTypeError.of(field, "a path") from None
