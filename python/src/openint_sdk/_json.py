"""JSON that loses nothing: whole numbers of any size, and every digit of a decimal one.

The native module reads and writes it. What is rare comes back here.
"""

from __future__ import annotations

import sys
from math import isfinite

from . import _native
from ._types import NOT_GIVEN, invalid, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ._errors import InputTypeError, InvalidInputError
else:
    from _collections_abc import Mapping  # what `collections.abc` has, without `collections`


class JsonFloat(float):
    """A number whose digits in JSON are not those that Python would print.

    ``1.10`` is one, and so is a number with more digits than a ``float`` holds. It is an ordinary
    ``float`` in all else; :attr:`text` has the digits, for ``decimal.Decimal`` for instance.

    >>> price = loads('{"price": 1.10}')["price"]
    >>> price
    1.1
    >>> price.text
    '1.10'
    """

    __slots__ = ("text",)

    #: The number as it was sent.
    text: str

    def __new__(cls, text: str) -> JsonFloat:
        """Reads the number in ``text``."""
        number = super().__new__(cls, text)
        object.__setattr__(number, "text", text)
        return number

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a number cannot be changed")

    def __reduce__(self) -> tuple[type[JsonFloat], tuple[str]]:
        return JsonFloat, (self.text,)


def loads(text: str) -> Any:
    """Parses JSON without losing a digit."""
    try:
        return _native.loads(text)
    except ValueError:
        # Half a surrogate pair is no text to Rust, and is one to Python.
        import json

        return json.loads(text, parse_float=_exact, parse_int=large_number)


def dumps(value: object, field: str = "body") -> str:
    """Writes JSON without a space; ``field`` is what errors call the value.

    >>> dumps({"plan": "pro", "seats": [1, 2.5, None]})
    '{"plan":"pro","seats":[1,2.5,null]}'
    """
    return _native.dumps(value, field)


def _exact(text: str) -> float:
    number = float(text)
    return number if repr(number) == text else JsonFloat(text)


def large_number(text: str) -> Any:
    """A whole number of any size."""
    try:
        return int(text)
    except ValueError:  # beyond sys.get_int_max_str_digits()
        from decimal import Decimal

        return Decimal(text)


def plain(value: Any, path: str) -> Any:
    """A value that JSON has a form for, or as ``bytes`` the digits of a number."""
    raw = getattr(type(value), "__json__", None)
    if raw is not None:
        return raw(value)
    if isinstance(value, JsonFloat):
        return value.text.encode()
    if _is_a("decimal", "Decimal", value):
        if not value.is_finite():
            raise invalid(path, "a finite number")
        return str(value).encode()
    if _is_a("enum", "Enum", value):
        return value.value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _digits(value, path)
    if isinstance(value, float):
        if not isfinite(value):
            raise invalid(path, "a finite number")
        return float(value)
    if _is_a("datetime", "datetime", value):
        if value.utcoffset() is None:
            raise invalid(path, "a datetime with a time zone")
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is None:
        raise wrong_type(path, f"something that JSON has a form for, not {_name(value)}")
    given = {name: getattr(value, name) for name in names}
    return {name: item for name, item in given.items() if item is not NOT_GIVEN}


def wrong_key(key: object, path: str) -> InputTypeError:
    """The error for a key that is no text."""
    return wrong_type(path, f"keys that are texts, not {_name(key)}")


def too_deep(field: str) -> InvalidInputError:
    """The error for a value that may have no end."""
    return invalid(field, "a value that is not nested so deep")


def escaped(text: str) -> str:
    """A text with half a surrogate pair, which only an escape can carry."""
    import json

    return json.dumps(text)


def _digits(value: int, path: str) -> bytes:
    try:
        return int.__repr__(value).encode()
    except ValueError:
        raise invalid(path, "a number of fewer digits") from None


def _is_a(module: str, name: str, value: object) -> bool:
    # There is none before somebody has imported the module, which takes its time.
    found = sys.modules.get(module)
    return found is not None and isinstance(value, getattr(found, name))


def _name(value: object) -> str:
    return f"`{type(value).__name__}`"
