"""What the API answers, as frozen objects that keep all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, overload

from . import _json
from ._types import NOT_GIVEN, NotGiven

if TYPE_CHECKING:
    from typing_extensions import Self

T = TypeVar("T")
M = TypeVar("M", bound="Object")

_TIMESTAMP = (
    r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?"
    r"(?:([Zz])|([+-])(\d\d)(?::?(\d\d))?)"
)
_timestamp: re.Pattern[str] | None = None


def read_timestamp(text: object) -> datetime | None:
    """The instant in a text of PostgreSQL's or RFC 3339's form, or ``None`` for any other.

    >>> read_timestamp("2026-11-24 02:12:35.896+00").isoformat()
    '2026-11-24T02:12:35.896000+00:00'
    >>> read_timestamp("yesterday") is None
    True
    """
    global _timestamp
    if not isinstance(text, str):
        return None
    if _timestamp is None:
        _timestamp = re.compile(_TIMESTAMP, re.ASCII)
    match = _timestamp.fullmatch(text)
    if match is None:
        return None
    *parts, fraction, utc, sign, hours, minutes = match.groups()
    micros = int((fraction or "").ljust(6, "0")[:6])
    year, month, day, hour, minute, second = map(int, parts)
    try:
        zone = timezone.utc
        if utc is None and (offset := timedelta(hours=int(hours), minutes=int(minutes or 0))):
            zone = timezone(-offset if sign == "-" else offset)
        return datetime(year, month, day, hour, minute, second, micros, zone)
    except ValueError:
        return None


class Array(tuple[Any, ...]):
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
        return Object.of(value)
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
    """A known field of a model: an attribute that reads ``None`` where it is absent or null."""

    def __init__(self, doc: str, read: Callable[[Any], Any] = wrap) -> None:
        self.__doc__ = doc
        self._read = read
        self.name = ""

    def __set_name__(self, owner: type[Object], name: str) -> None:
        self.name = name

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
        text = _json.dumps(given, type(self).__name__)
        object.__setattr__(self, "_data", _json.loads(text))

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """Wraps parsed JSON, which must not be changed afterwards."""
        wrapped = object.__new__(cls)
        object.__setattr__(wrapped, "_data", data)
        return wrapped

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain ``dict``, ``list`` and so on, which you may change."""
        return {key: _copy(value) for key, value in self._data.items()}

    def to_json(self) -> str:
        """All of it as JSON, with every digit as the server wrote it."""
        return _json.dumps(self._data)

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
    {"settings", "status_message", "credentials", "access_token", "refresh_token", "oauth", "raw"}
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
    return cls.of(data)


def _model(cls: Callable[[], type[Object]]) -> Callable[[Any], Any]:
    """Reads an object as a model that is defined further down; anything else stays as it is."""

    def read(value: Any) -> Any:
        return cls().of(value) if type(value) is dict else wrap(value)

    return read


class OAuth2Credentials(Object):
    """OAuth2 tokens, as the connected service issued them.

    >>> OAuth2Credentials(access_token="ya29.a0AfH6", scope="openid email")
    OAuth2Credentials(access_token=[redacted], scope=…)
    """

    __slots__ = ()
    __match_args__ = ("access_token", "refresh_token")
    _required = ("access_token",)

    access_token: Field[str] = Field("The token to call the service with.")
    client_id: Field[str | None] = Field("The OAuth2 client that the tokens were issued to.")
    scope: Field[str | None] = Field("The scopes granted, separated as the service does.")
    refresh_token: Field[str | None] = Field("The token to get new ones with.")
    expires_in: Field[int | float | None] = Field(
        "The life of the access token in seconds, from when it was issued."
    )
    expires_at: Field[datetime | None] = Field(
        "When the access token ends; the API works it out from `expires_in`.", read_timestamp
    )
    token_type: Field[str | None] = Field("Mostly `Bearer`.")
    raw: Field[Any] = Field("The service's own answer.")

    def __init__(
        self,
        *,
        access_token: str,
        client_id: str | NotGiven = NOT_GIVEN,
        scope: str | NotGiven = NOT_GIVEN,
        refresh_token: str | NotGiven = NOT_GIVEN,
        expires_in: float | NotGiven = NOT_GIVEN,
        expires_at: datetime | str | NotGiven = NOT_GIVEN,
        token_type: str | NotGiven = NOT_GIVEN,
        raw: Mapping[str, Any] | NotGiven = NOT_GIVEN,
        **unknown: Any,
    ) -> None:
        super().__init__(
            access_token=access_token,
            client_id=client_id,
            scope=scope,
            refresh_token=refresh_token,
            expires_in=expires_in,
            expires_at=expires_at,
            token_type=token_type,
            raw=raw,
            **unknown,
        )


class OAuth2Settings(Object):
    """The OAuth2 part of a connection's settings."""

    __slots__ = ()
    __match_args__ = ("credentials",)

    credentials: Field[OAuth2Credentials | None] = Field(
        "The tokens.", _model(lambda: OAuth2Credentials)
    )
    created_at: Field[datetime | None] = Field("When they were first stored.", read_timestamp)
    updated_at: Field[datetime | None] = Field("When they last changed.", read_timestamp)
    last_fetched_at: Field[datetime | None] = Field(
        "When they were last fetched from the connected service.", read_timestamp
    )
    metadata: Field[Any] = Field("What the connected service sent along.")


class Settings(Object):
    """The settings of a connection: what connectors have in common, and every other field."""

    __slots__ = ()

    oauth: Field[OAuth2Settings | None] = Field(
        "The OAuth2 part; `None` for a connector without one.", _model(lambda: OAuth2Settings)
    )

    @property
    def access_token(self) -> str | None:
        """The token to call the service with.

        It is the one that the API puts on top, or else the one in the OAuth2 credentials.
        """
        token = self._data.get("access_token")
        if isinstance(token, str):
            return token
        credentials = self.oauth.credentials if isinstance(self.oauth, OAuth2Settings) else None
        if not isinstance(credentials, OAuth2Credentials):
            return None
        return credentials.access_token

    @property
    def api_key(self) -> str | None:
        """The API key, under either of the names that most connectors give it."""
        for name in ("api_key", "apiKey"):
            if isinstance(self._data.get(name), str):
                return str(self._data[name])
        return None

    def _show(self, name: str) -> str:  # noqa: ARG002
        return "[redacted]"


class ConnectorData(Object):
    """A connector and the settings of a connection to it, for ``data``.

    Plain dicts do as well. This is the way for a connector that the type stubs do not know, or for
    settings that are put together at run time.

    >>> ConnectorData("greenhouse", {"apiKey": "gh_live_42"})
    ConnectorData(connector_name='greenhouse', settings=[redacted])
    """

    __slots__ = ()
    __match_args__ = ("connector_name", "settings")
    _required = ("connector_name", "settings")
    _shown = frozenset({"connector_name"})

    connector_name: Field[str] = Field("The connector, such as `github`.")
    settings: Field[Settings] = Field("What the connector needs.", _model(lambda: Settings))

    def __init__(self, connector_name: str, settings: object) -> None:
        super().__init__(connector_name=connector_name, settings=settings)

    @classmethod
    def oauth2(cls, connector_name: str, credentials: OAuth2Credentials) -> ConnectorData:
        """Settings of an OAuth2 connector."""
        return cls(connector_name, {"oauth": {"credentials": credentials}})


class Connection(Object):
    """A customer's connection to a service.

    >>> connection = client.create_connection(
    ...     connector_config_id="ccfg_",
    ...     customer_id="customer_id",
    ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ... )
    >>> connection.id.startswith("conn_dummy-oauth2_")
    True
    >>> connection.created_at.tzinfo
    datetime.timezone.utc
    >>> match connection:
    ...     case Connection(connector_name="dummy-oauth2", status=status):
    ...         print(status)
    unknown
    """

    __slots__ = ()
    __match_args__ = ("id", "connector_name", "settings")
    _required = ("id",)
    _shown = frozenset(
        {
            "id",
            "customer_id",
            "connector_config_id",
            "integration_id",
            "connector_name",
            "status",
            "created_at",
            "updated_at",
            "disabled",
        }
    )

    id: Field[str] = Field("The connection's id, `conn_…`.")
    connector_config_id: Field[str | None] = Field("The connector config, `ccfg_…`.")
    connector_name: Field[str | None] = Field("The connector, such as `github`.")
    customer_id: Field[str | None] = Field("Your own id of your customer.")
    integration_id: Field[str | None] = Field("The integration, for connectors that have several.")
    created_at: Field[datetime | None] = Field(
        "When it was created; `None` for a text of no known form, which is `self['created_at']`.",
        read_timestamp,
    )
    updated_at: Field[datetime | None] = Field(
        "When it last changed; `None` for a text of no known form, which is `self['updated_at']`.",
        read_timestamp,
    )
    display_name: Field[str | None] = Field("A name to show.")
    disabled: Field[bool | None] = Field("Whether it is switched off.")
    metadata: Field[Any] = Field("The JSON object of yours that is kept with it.")
    settings: Field[Settings | None] = Field(
        "What the connector needs. It holds secrets; lists leave it out.", _model(lambda: Settings)
    )
    status: Field[str | None] = Field(
        "`healthy`, `disconnected`, `error`, `manual`, `unknown`, or one that is newer."
    )
    status_message: Field[str | None] = Field(
        "What the last check said. It can repeat a secret: keep it out of logs."
    )
