"""Options of clients and calls, checked and in the form that the native client takes."""

from __future__ import annotations

import os

from ._types import invalid, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any, TypeAlias

    from ._inputs import Query, Seconds
    from ._native import CancelToken

    Pairs: TypeAlias = list[tuple[str, str]]
    #: `timeout`, `connect_timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`
    #: and `cancel`.
    Options: TypeAlias = tuple[
        float | None, float | None, int | None, Pairs, Pairs, Pairs, CancelToken | None
    ]
else:
    from _collections_abc import Iterable, Mapping

#: No option. Its lists are never changed.
NONE: Options = (None, None, None, [], [], [], None)

_MOST_RETRIES = 2**32 - 1


def options(
    timeout: Seconds | None = None,
    connect_timeout: Seconds | None = None,
    max_retries: int | None = None,
    extra_headers: Mapping[str, str] | None = None,
    extra_query: Query | None = None,
    extra_body: Mapping[str, Any] | None = None,
    cancel: CancelToken | None = None,
) -> Options:
    """Checks the options of a call."""
    return (
        seconds("timeout", timeout),
        seconds("connect_timeout", connect_timeout),
        retries(max_retries),
        headers("extra_headers", extra_headers),
        query("extra_query", extra_query),
        _body(extra_body),
        cancel,
    )


def over(given: Options, base: Options) -> Options:
    """The options `given`, and under them those of `base`."""
    if base is NONE:
        return given
    return (
        base[0] if given[0] is None else given[0],
        base[1] if given[1] is None else given[1],
        base[2] if given[2] is None else given[2],
        base[3] + given[3],
        base[4] + given[4],
        base[5] + given[5],
        base[6] if given[6] is None else given[6],
    )


def seconds(field: str, value: Seconds | None) -> float | None:
    """A time in seconds; what is out of bounds is for the native client to refuse."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return float("inf")
    total = getattr(value, "total_seconds", None)
    if total is None:
        raise wrong_type(field, "seconds as a number, or a timedelta")
    return float(total())


def retries(value: int | None) -> int | None:
    """How often a call is repeated at the most."""
    return None if value is None else min(whole("max_retries", value), _MOST_RETRIES)


def whole(field: str, value: object) -> int:
    """A whole number from zero."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise wrong_type(field, "a whole number")
    if value < 0:
        raise invalid(field, "a whole number from 0")
    return value


def text(field: str, value: object) -> str:
    """A text that can be sent. The error does not repeat it: it may be a key."""
    if not isinstance(value, str):
        raise wrong_type(field, f"a text, not `{type(value).__name__}`")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise invalid(field, "a text without half surrogate pairs") from None
    return value


def flag(field: str, value: object) -> bool:
    """A truth value, and nothing that merely has one."""
    if not isinstance(value, bool):
        raise wrong_type(field, f"`True` or `False`, not `{type(value).__name__}`")
    return value


def headers(field: str, value: object) -> Pairs:
    """Names and values; the native client checks that they can be headers."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise wrong_type(field, "a mapping of names to texts")
    pairs: Mapping[object, object] = value
    return [(text(field, name), text(field, item)) for name, item in pairs.items()]


def path_params(value: object) -> Pairs:
    """What fills the placeholders of a path: texts and whole numbers."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise wrong_type("path_params", "a mapping of names to values")
    pairs: Mapping[object, object] = value
    filled: Pairs = []
    for name, item in pairs.items():
        name = text("path_params", name)
        whole_number = isinstance(item, int) and not isinstance(item, bool)
        filled.append((name, str(item) if whole_number else text(name, item)))
    return filled


def query(field: str, value: Any) -> Pairs:
    """Query parameters, in order. `None` leaves one out; a list repeats its name."""
    if value is None:
        return []
    items: Any = value
    if isinstance(value, Mapping):
        items = value.items()
    elif isinstance(value, str) or not isinstance(value, Iterable):
        raise wrong_type(field, "a mapping, or pairs of a name and a value")
    pairs: Pairs = []
    for pair in items:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise wrong_type(field, "pairs of a name and a value")
        name, item = pair
        name = text(field, name)
        many: Any = item if isinstance(item, (list, tuple)) else [item]
        pairs.extend((name, _query_text(field, one)) for one in many if one is not None)
    return pairs


def _query_text(field: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        from ._json import dumps

        return dumps(value, field)
    return text(field, value)


def _body(value: object) -> Pairs:
    if value is None:
        return []
    if not isinstance(value, Mapping):
        raise wrong_type("extra_body", "a mapping of names to JSON")
    from ._json import dumps

    fields: Mapping[object, object] = value
    return [
        (text("extra_body", name), dumps(item, f"extra_body.{name}"))
        for name, item in fields.items()
    ]


def path(field: str, value: Any) -> str:
    """A path in the file system."""
    try:
        return text(field, os.fspath(value))
    except TypeError:
        raise wrong_type(field, "a path") from None
