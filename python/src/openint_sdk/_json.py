"""JSON that loses nothing: whole numbers of any size, and every digit of a decimal one."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from json.encoder import encode_basestring, encode_basestring_ascii
from math import isfinite
from typing import Any

from ._errors import APIResponseValidationError, InputTypeError, InvalidInputError
from ._types import NOT_GIVEN


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


def _parse_float(text: str) -> float:
    number = float(text)
    return number if repr(number) == text else JsonFloat(text)


def _parse_int(text: str) -> Any:
    try:
        return int(text)
    except ValueError:  # beyond sys.get_int_max_str_digits()
        from decimal import Decimal

        return Decimal(text)


_decoder = json.JSONDecoder(parse_float=_parse_float)
_patient_decoder = json.JSONDecoder(parse_float=_parse_float, parse_int=_parse_int)


def loads(text: str) -> Any:
    """Parses JSON without losing a digit."""
    try:
        return _decoder.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return _patient_decoder.decode(text)


def answer(body: bytes, *, may_have_been_applied: bool, attempts: int) -> Any:
    """Parses an answer, whose JSON the native client has checked already."""
    try:
        return loads(body.decode())
    except (RecursionError, ValueError) as error:
        deep = isinstance(error, RecursionError)
        reason = "nested too deep" if deep else "not JSON"
        raise APIResponseValidationError(
            f"the answer could not be read: {reason}",
            kind="decode",
            path="",
            attempts=attempts,
            may_have_been_applied=may_have_been_applied,
        ) from None


def dumps(value: object, field: str = "body") -> str:
    """Writes JSON without a space; ``field`` is what errors call the value.

    >>> dumps({"plan": "pro", "seats": [1, 2.5, None]})
    '{"plan":"pro","seats":[1,2.5,null]}'
    """
    parts: list[str] = []
    try:
        _write(value, parts.append, field)
    except RecursionError:
        raise InvalidInputError.of(field, "a value that is not nested so deep") from None
    return "".join(parts)


def _write(value: Any, out: Any, path: str) -> None:
    kind = type(value)
    if kind is str:
        out(_text(value))
    elif value is None:
        out("null")
    elif value is True:
        out("true")
    elif value is False:
        out("false")
    elif kind is int:
        out(_whole(value, path))
    elif kind is float:
        if not isfinite(value):
            raise InvalidInputError.of(path, "a finite number")
        out(repr(value))
    elif kind is dict:
        _write_object(value, out, path)
    elif kind is list or kind is tuple:
        _write_array(value, out, path)
    else:
        _write_other(value, out, path)


def _write_other(value: Any, out: Any, path: str) -> None:
    raw = getattr(type(value), "__json__", None)
    if raw is not None:
        _write(raw(value), out, path)
    elif isinstance(value, JsonFloat):
        out(value.text)
    elif _is_decimal(value):
        if not value.is_finite():
            raise InvalidInputError.of(path, "a finite number")
        out(str(value))
    elif isinstance(value, Enum):
        _write(value.value, out, path)
    elif isinstance(value, str):
        out(_text(str.__str__(value)))
    elif isinstance(value, int):
        out(_whole(int(value), path))
    elif isinstance(value, float):
        _write(float(value), out, path)
    elif isinstance(value, datetime):
        if value.utcoffset() is None:
            raise InvalidInputError.of(path, "a datetime with a time zone")
        out(_text(value.isoformat().replace("+00:00", "Z")))
    elif isinstance(value, Mapping):
        _write_object(value, out, path)
    elif isinstance(value, (list, tuple)):
        _write_array(value, out, path)
    elif hasattr(type(value), "__dataclass_fields__"):
        names = type(value).__dataclass_fields__
        given = {name: getattr(value, name) for name in names}
        _write_object(
            {name: item for name, item in given.items() if item is not NOT_GIVEN}, out, path
        )
    else:
        raise InputTypeError.of(path, f"something that JSON has a form for, not {_name(value)}")


def _write_object(value: Mapping[Any, Any], out: Any, path: str) -> None:
    separator = "{"
    for key, item in value.items():
        if not isinstance(key, str):
            raise InputTypeError.of(path, f"keys that are texts, not {_name(key)}")
        out(separator)
        out(_text(key if type(key) is str else str.__str__(key)))
        out(":")
        _write(item, out, path if _is_leaf(item) else f"{path}.{key}")
        separator = ","
    out("{}" if separator == "{" else "}")


def _write_array(value: Any, out: Any, path: str) -> None:
    separator = "["
    for item in value:
        out(separator)
        _write(item, out, path)
        separator = ","
    out("[]" if separator == "[" else "]")


def _is_leaf(value: object) -> bool:
    """Whether nothing below ``value`` can be named in an error, so that no path is made for it."""
    kind = type(value)
    return kind is str or kind is int or kind is bool or value is None


def _is_decimal(value: object) -> bool:
    # There is no Decimal before somebody has imported the module, which takes its time.
    decimal: Any = sys.modules.get("decimal")
    return decimal is not None and isinstance(value, decimal.Decimal)


def _whole(value: int, path: str) -> str:
    try:
        return int.__repr__(value)
    except ValueError:
        raise InvalidInputError.of(path, "a number of fewer digits") from None


def _text(value: str) -> str:
    if value.isascii():
        return encode_basestring(value)
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        return encode_basestring_ascii(value)
    return encode_basestring(value)


def _name(value: object) -> str:
    return f"`{type(value).__name__}`"
