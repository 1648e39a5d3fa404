"""JSON objects as frozen Python objects that keep all of it."""

from __future__ import annotations

from . import _native
from ._types import NOT_GIVEN, Generic, T, Tuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from typing import Any, NoReturn, overload

    from typing_extensions import Self


def read_timestamp(text: object) -> datetime | None:
    """The instant in a text of PostgreSQL's or RFC 3339's form, or ``None`` for any other.

    >>> read_timestamp("2026-11-24 02:12:35.896+00").isoformat()
    '2026-11-24T02:12:35.896000+00:00'
    >>> read_timestamp("yesterday") is None
    True
    """
    parts = _native.read_timestamp(text) if isinstance(text, str) else None
    if parts is None:
        return None
    from datetime import datetime, timedelta, timezone

    year, month, day, hour, minute, second, micros, offset = parts
    zone = timezone(timedelta(seconds=offset)) if offset else timezone.utc
    try:
        return datetime(year, month, day, hour, minute, second, micros, zone)
    except ValueError:  # a year before the first
        return None


class Array(Tuple):
    """A list in an answer: a tuple that is equal to a list of the same items."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, list):
            other = tuple(other)
        return tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return tuple.__hash__(self)


def wrap(value: Any) -> Any:
    """What a JSON value looks like to the outside: objects and arrays frozen."""
    if type(value) is dict:
        return Object._of(value)
    if type(value) is list:
        return Array(map(wrap, value))
    return value


def _copy(value: Any) -> Any:
    if type(value) is dict:
        return {key: _copy(item) for key, item in value.items()}
    if type(value) is list:
        return [_copy(item) for item in value]
    return value


def _hash(value: Any) -> int:
    if type(value) is dict:
        return hash(frozenset((key, _hash(item)) for key, item in value.items()))
    if type(value) is list:
        return hash(tuple(map(_hash, value)))
    return hash(value)


class Field(Generic[T]):
    """A known field of a model: an attribute that reads ``None`` where it is absent or null.

    ``name`` is its name in JSON, where that is another.
    """

    def __init__(self, doc: str, read: Callable[[Any], Any] = wrap, name: str = "") -> None:
        self.__doc__ = doc
        self._read = read
        self.name = name

    def __set_name__(self, owner: type[Object], name: str) -> None:
        self.name = self.name or name

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type[Object]) -> Field[T]: ...

        @overload
        def __get__(self, instance: Object, owner: type[Object]) -> T: ...

    def __get__(self, instance: Object | None, owner: type[Object]) -> Any:
        if instance is None:
            return self
        value = instance._data.get(self.name)
        return None if value is None else self._read(value)

    def __set__(self, instance: Object, value: NoReturn) -> None:
        raise AttributeError(f"{type(instance).__name__} is frozen")

    def item(self, value: Any) -> Any:
        """What reading the field by its name in brackets gives: a timestamp's text, for one."""
        return wrap(value) if self._read is read_timestamp else self._read(value)


class Object:
    """A JSON object, frozen, with its fields as attributes and as items.

    It is equal to an object or a ``dict`` of the same content. ``name in object`` tells a field
    that is absent from one that is null. Its ``repr`` shows no values: they can be secrets.

    >>> plan = Object(name="pro", limits={"regions": ["eu", "us"]})
    >>> plan.limits.regions
    ('eu', 'us')
    >>> plan["limits"] == {"regions": ["eu", "us"]}
    True
    >>> "ends" in plan
    False
    >>> plan
    Object(name=…, limits=…)
    """

    __slots__ = ("_data",)
    __match_args__: tuple[str, ...] = ()

    _data: dict[str, Any]
    #: Fields whose values `repr` shows.
    _shown: frozenset[str] = frozenset()
    #: Fields that cannot be absent or null in an answer.
    _required: tuple[str, ...] = ()

    def __init__(self, **fields: Any) -> None:
        given = {name: value for name, value in fields.items() if value is not NOT_GIVEN}
        from ._json import dumps, loads

        object.__setattr__(self, "_data", loads(dumps(given, type(self).__name__)))

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> Self:
        """Wraps parsed JSON, which must not be changed afterwards."""
        wrapped = object.__new__(cls)
        object.__setattr__(wrapped, "_data", data)
        return wrapped

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain ``dict``, ``list`` and so on, which you may change."""
        return {key: _copy(value) for key, value in self._data.items()}

    def to_json(self) -> str:
        """All of it as JSON, with every digit as the server wrote it."""
        return _native.dumps(self._data, "")

    def __json__(self) -> dict[str, Any]:
        return self._data

    def __getattr__(self, name: str) -> Any:
        if name != "_data" and name in self._data:
            return wrap(self._data[name])
        raise AttributeError(f"{type(self).__name__!r} object has no field {name!r}")

    def __getitem__(self, name: str) -> Any:
        value = self._data[name]
        field = getattr(type(self), name, None)
        if value is not None and isinstance(field, Field):
            return field.item(value)
        return wrap(value)

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __bool__(self) -> bool:
        return True

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._data]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Object):
            return self._data == other._data
        if isinstance(other, dict):
            return self._data == {key: _plain(value) for key, value in other.items()}
        return NotImplemented

    def __hash__(self) -> int:
        return _hash(self._data)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._data)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={self._show(name)}" for name in self._data)
        return f"{type(self).__name__}({fields})"

    def _show(self, name: str) -> str:
        value = self._data[name]
        if name not in self._shown:
            return "[redacted]" if name in _SECRET and value is not None else "…"
        return repr(value) if value is None or isinstance(value, (str, bool, int)) else "…"


#: Fields that hold secrets wherever they are.
_SECRET = frozenset(
    {
        "access_token",
        "apiKey",
        "api_key",
        "config",
        "credentials",
        "magic_link_url",
        "oauth",
        "raw",
        "refresh_token",
        "settings",
        "status_message",
        "template",
        "token",
    }
)


def _plain(value: Any) -> Any:
    if isinstance(value, Object):
        return value._data
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _restore(cls: type[Object], data: dict[str, Any]) -> Object:
    return cls._of(data)


def model(cls: type[Object]) -> Callable[[Any], Any]:
    """Reads an object as that model; anything else stays as it is."""

    def read(value: Any) -> Any:
        return cls._of(value) if type(value) is dict else wrap(value)

    return read


def models(cls: type[Object]) -> Callable[[Any], Any]:
    """Reads a list of them."""
    one = model(cls)

    def read(value: Any) -> Any:
        return Array(map(one, value)) if type(value) is list else wrap(value)

    return read
