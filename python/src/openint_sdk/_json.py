"""JSON that loses nothing: integers of any size, and every digit of a decimal number.

The native module reads and writes it. What is rare comes back here.
"""

import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import Any

from ._native import Model
from ._types import NOT_GIVEN


class JsonFloat(float):
    """A number whose digits in JSON are not those that Python would print.

    `1.10` is one, and so is a number with more digits than a `float` holds. It is an ordinary
    `float` in all else; `text` has the digits, for `decimal.Decimal` for instance.

    >>> connection = Connection.from_json('{"id": "conn_1", "metadata": {"price": 1.10}}')
    >>> connection.metadata["price"]
    1.1
    >>> connection.metadata["price"].text
    '1.10'
    """

    __slots__ = ("text",)

    #: The number as it was sent.
    text: str

    def __new__(cls, text: str) -> "JsonFloat":
        """Reads the number in `text`."""
        number = super().__new__(cls, text)
        object.__setattr__(number, "text", text)
        return number

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a number cannot be changed")

    def __reduce__(self) -> tuple[type["JsonFloat"], tuple[str]]:
        return JsonFloat, (self.text,)


def loads_any(text: str) -> Any:
    """Parses JSON with half a surrogate pair, which is a string to Python alone."""
    import json

    return json.loads(text, parse_float=_exact, parse_int=large_number)


def _exact(text: str) -> float:
    number = float(text)
    return number if repr(number) == text else JsonFloat(text)


def large_number(text: str) -> Any:
    """Reads an integer of any size."""
    try:
        return int(text)
    except ValueError:  # beyond sys.get_int_max_str_digits()
        from decimal import Decimal

        return Decimal(text)


def datetime_of(
    year: int,
    month: int,
    day: int,
    hour: int,
    minute: int,
    second: int,
    micros: int,
    offset: int,
) -> datetime | None:
    """Makes the `datetime` of a timestamp."""
    zone = timezone(timedelta(seconds=offset)) if offset else timezone.utc
    try:
        return datetime(year, month, day, hour, minute, second, micros, zone)
    except ValueError:  # a year before the first
        return None


class Refused:
    """Why a value cannot be sent."""

    __slots__ = ("expected", "is_of_wrong_type")

    def __init__(self, expected: str, is_of_wrong_type: bool = True) -> None:
        self.expected = expected
        self.is_of_wrong_type = is_of_wrong_type


def plain(value: Any) -> Any:
    """Gives a value that JSON has a form for, or as `bytes` the digits of a number."""
    if isinstance(value, JsonFloat):
        return value.text.encode()
    if _is_a("decimal", "Decimal", value):
        return str(value).encode() if value.is_finite() else Refused("a finite number")
    if _is_a("enum", "Enum", value):
        return value.value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return _digits(value)
    if isinstance(value, float):
        return float(value) if isfinite(value) else Refused("a finite number")
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    fields = fields_of(value)
    if fields is not None:
        return fields
    # Secrets of pydantic, and numbers of numpy.
    if hasattr(value, "get_secret_value"):
        return value.get_secret_value()
    if _is_a("numpy", "bool_", value):
        return bool(value)
    if hasattr(value, "__index__"):
        with suppress(TypeError):  # an array has it, and most of them refuse
            return _digits(value.__index__())
    return Refused(f"a value that JSON has a form for, not `{type(value).__name__}`")


def _instant(value: datetime) -> Any:
    if value != value:  # pandas.NaT
        return Refused("a value that JSON has a form for, not `NaT`")
    if value.utcoffset() is None:
        return Refused("a datetime with a time zone", is_of_wrong_type=False)
    return value.isoformat().replace("+00:00", "Z")


def fields_of(value: Any) -> dict[Any, Any] | None:
    """The fields of a mapping, a dataclass, a pydantic model or a model of the package."""
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, type):
        return None
    if isinstance(value, Model):
        return value.to_dict()
    if hasattr(value, "model_dump"):
        return dict(value.model_dump(by_alias=True))
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is None:
        return None
    given = {name: getattr(value, name) for name in names}
    return {name: item for name, item in given.items() if item is not NOT_GIVEN}


def _digits(value: int) -> Any:
    try:
        return int.__repr__(value).encode()
    except ValueError:
        return Refused("a number of fewer digits", is_of_wrong_type=False)


def _is_a(module: str, name: str, value: object) -> bool:
    # There is none before somebody has imported the module.
    found = sys.modules.get(module)
    return found is not None and isinstance(value, getattr(found, name))
