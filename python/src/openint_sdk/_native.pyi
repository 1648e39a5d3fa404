# Written by scripts/generate.py. Do not edit.
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, ClassVar, Generic, Literal, TypeVar, final, overload
import os

from typing_extensions import Self, Unpack, disjoint_base

from . import types as _t
from ._bulk import ImportOutcome, ImportProgress
from ._headers import Headers
from ._observer import Observer
from ._pool import Threads

__version__: str

_R_co = TypeVar("_R_co", covariant=True)
_T_co = TypeVar("_T_co", covariant=True)
_M = TypeVar("_M", bound=Model)

__all__ = [
    "AsyncClient",
    "CancelToken",
    "Connection",
    "ConnectionCheck",
    "Connector",
    "ConnectorConfig",
    "ConnectorData",
    "ConnectorStatus",
    "ConnectorStatusReport",
    "Customer",
    "CustomerToken",
    "Deleted",
    "Event",
    "Health",
    "ImportOutcomes",
    "MessageTemplate",
    "Model",
    "OAuth2Credentials",
    "OAuth2Settings",
    "Openint",
    "Operations",
    "Page",
    "RawOpenint",
    "Response",
    "Rows",
    "Scope",
    "Settings",
    "Viewer",
    "__version__",
    "dumps",
    "loads",
]

@final
class CancelToken:
    """Ends calls from another thread, within 100 ms. Once fired it stays fired."""

    def __new__(cls) -> CancelToken: ...
    def cancel(self) -> None:
        """Fires the token."""
    @property
    def cancelled(self) -> bool:
        """True once the token has fired."""

@disjoint_base
class Model:
    """A JSON object with typed fields, frozen.

    Attributes are typed, and read `None` where a field is absent or null; fields that this version
    does not know are attributes too. Items are the JSON as it was sent: `"status" in connection`
    tells a field that is absent from one that is null, and `connection["created_at"]` is the text
    of a timestamp. Objects and lists in it are plain `dict` and `list`, and yours to change.
    """

    def to_dict(self) -> dict[str, Any]:
        """Returns all of it as plain `dict`, `list` and so on, which you may change."""
    def to_json(self) -> str:
        """Returns all of it as JSON: the keys in the order of the answer, with every digit."""
    def keys(self) -> list[str]:
        """Returns the names of the fields, as JSON has them."""
    def replace(self, **changes: Any) -> Self:
        """Returns a copy with other fields, as `copy.replace` does from Python 3.13 on."""
    def __replace__(self, **changes: Any) -> Self: ...
    def __getattr__(self, name: str) -> Any: ...
    def __getitem__(self, name: str, /) -> Any: ...
    def __contains__(self, name: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __bool__(self) -> bool: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __copy__(self) -> Self: ...
    def __deepcopy__(self, _memo: Any) -> Self: ...
    __pydantic_serializer__: ClassVar[Any]
    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any: ...
    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> Any: ...

@final
class Connection(Model):
    """A customer's connection to another service.

    Every field but the id can be absent or null: the API leaves out what was not asked for and
    grows. Nothing of its answer is lost; serialising a connection gives back every key and
    digit.
    """

    __match_args__: ClassVar[tuple[Literal["id"]]]
    def __new__(
        cls,
        id: str,
        *,
        customer_id: str | None = ...,
        connector_config_id: str | None = ...,
        integration_id: str | None = ...,
        created_at: _t.Instant | None = ...,
        updated_at: _t.Instant | None = ...,
        display_name: str | None = ...,
        disabled: bool | None = ...,
        metadata: Any | None = ...,
        connector_name: str | None = ...,
        settings: _t.JsonObject | None = ...,
        status: _t.ConnectionStatus | None = ...,
        status_message: str | None = ...,
        connector: Any | None = ...,
        integration: Any | None = ...,
        duplicates: Sequence[Any] | None = ...,
        **unknown: Any,
    ) -> Connection: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Connection:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Connection:
        """Makes one from its JSON."""
    @property
    def id(self) -> str:
        """`conn_{connector name}_…`."""
    @property
    def customer_id(self) -> str | None:
        """Your own id of the customer."""
    @property
    def connector_config_id(self) -> str | None:
        """The connector config, `ccfg_…`."""
    @property
    def integration_id(self) -> str | None:
        """The integration, for connectors that aggregate several."""
    @property
    def created_at(self) -> datetime | None:
        """The time of its creation."""
    @property
    def updated_at(self) -> datetime | None:
        """The time of its last change; a check is one too."""
    @property
    def display_name(self) -> str | None:
        """A name for people."""
    @property
    def disabled(self) -> bool | None:
        """True if it is switched off."""
    @property
    def metadata(self) -> Any:
        """Your own JSON, as the API gives it back: keys can change their order, and numbers pass through
        JavaScript, so more than 53 bits are rounded.
        """
    @property
    def connector_name(self) -> str | None:
        """The connector, such as `github`."""
    @property
    def settings(self) -> Settings | None:
        """Credentials and all else that the connector needs. Reading a connection shows them
        only on request.
        """
    @property
    def status(self) -> _t.ConnectionStatus | None:
        """The status that the last check found."""
    @property
    def status_message(self) -> str | None:
        """The status in words. It can repeat a client secret or a refresh token, so it is
        redacted like one.
        """
    @property
    def connector(self) -> Connector | None:
        """The connector's own description, when it was asked for."""
    @property
    def integration(self) -> Any:
        """The integration's own description, when the API sends it."""
    @property
    def duplicates(self) -> tuple[str, ...] | None:
        """Ids of further connections with the same idempotency key. Set by `create_connection`
        where it finds any; the API does not send it.
        """

@final
class ConnectionCheck(Model):
    """The result of a check."""

    __match_args__: ClassVar[tuple[Literal["id"]]]
    def __new__(
        cls,
        id: str,
        *,
        status: _t.ConnectionStatus | None = ...,
        status_message: str | None = ...,
        **unknown: Any,
    ) -> ConnectionCheck: ...
    @classmethod
    def from_dict(cls, fields: Any) -> ConnectionCheck:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> ConnectionCheck:
        """Makes one from its JSON."""
    @property
    def id(self) -> str:
        """The connection."""
    @property
    def status(self) -> _t.ConnectionStatus | None:
        """The status that the check found."""
    @property
    def status_message(self) -> str | None:
        """The same in words. It can repeat a client secret or a refresh token, so it is
        redacted like one.
        """

@final
class ConnectorData(Model):
    """A connector and the settings of a connection to it."""

    __match_args__: ClassVar[tuple[Literal["connector_name"], Literal["settings"]]]
    def __new__(
        cls,
        connector_name: str,
        settings: _t.JsonObject,
        **unknown: Any,
    ) -> ConnectorData: ...
    @classmethod
    def from_dict(cls, fields: Any) -> ConnectorData:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> ConnectorData:
        """Makes one from its JSON."""
    @property
    def connector_name(self) -> str:
        """The connector, such as `github`. Any name is taken: the list grows with the API."""
    @property
    def settings(self) -> Settings:
        """A JSON object with what the connector needs."""
    @staticmethod
    def oauth2(
        connector_name: str, credentials: OAuth2Credentials
    ) -> ConnectorData:
        """Makes the settings of an OAuth2 connector."""

@final
class OAuth2Credentials(Model):
    """OAuth2 tokens, as the connected service issued them."""

    __match_args__: ClassVar[tuple[Literal["access_token"]]]
    def __new__(
        cls,
        access_token: str,
        *,
        client_id: str | None = ...,
        scope: str | None = ...,
        refresh_token: str | None = ...,
        expires_in: float | None = ...,
        expires_at: _t.Instant | None = ...,
        token_type: str | None = ...,
        raw: Any | None = ...,
        **unknown: Any,
    ) -> OAuth2Credentials: ...
    @classmethod
    def from_dict(cls, fields: Any) -> OAuth2Credentials:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> OAuth2Credentials:
        """Makes one from its JSON."""
    @property
    def access_token(self) -> str:
        """The token to call the service with."""
    @property
    def client_id(self) -> str | None:
        """The OAuth2 client that the tokens were issued to."""
    @property
    def scope(self) -> str | None:
        """The scopes granted, separated as the service does."""
    @property
    def refresh_token(self) -> str | None:
        """The token to get new ones with."""
    @property
    def expires_in(self) -> int | float | None:
        """The life of the access token in seconds, from when it was issued."""
    @property
    def expires_at(self) -> datetime | None:
        """When the access token ends. The API works it out from `expires_in`."""
    @property
    def token_type(self) -> str | None:
        """Mostly `Bearer`."""
    @property
    def raw(self) -> Any:
        """The service's own answer."""

@final
class OAuth2Settings(Model):
    """The OAuth2 part of a connection's settings."""

    __match_args__: ClassVar[tuple[()]]
    def __new__(
        cls,
        *,
        credentials: Any | None = ...,
        created_at: _t.Instant | None = ...,
        updated_at: _t.Instant | None = ...,
        last_fetched_at: _t.Instant | None = ...,
        metadata: Any | None = ...,
        **unknown: Any,
    ) -> OAuth2Settings: ...
    @classmethod
    def from_dict(cls, fields: Any) -> OAuth2Settings:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> OAuth2Settings:
        """Makes one from its JSON."""
    @property
    def credentials(self) -> OAuth2Credentials | None:
        """The tokens."""
    @property
    def created_at(self) -> datetime | None:
        """When they were first stored."""
    @property
    def updated_at(self) -> datetime | None:
        """When they last changed."""
    @property
    def last_fetched_at(self) -> datetime | None:
        """When they were last fetched from the connected service."""
    @property
    def metadata(self) -> Any:
        """Further data of the connected service."""

@final
class ConnectorConfig(Model):
    """A connector as an organisation uses it."""

    __match_args__: ClassVar[tuple[Literal["id"]]]
    def __new__(
        cls,
        id: str,
        *,
        created_at: _t.Instant | None = ...,
        updated_at: _t.Instant | None = ...,
        org_id: str | None = ...,
        display_name: str | None = ...,
        disabled: bool | None = ...,
        metadata: Any | None = ...,
        connector_name: str | None = ...,
        config: _t.JsonObject | None = ...,
        connector: Any | None = ...,
        connection_count: int | None = ...,
        **unknown: Any,
    ) -> ConnectorConfig: ...
    @classmethod
    def from_dict(cls, fields: Any) -> ConnectorConfig:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> ConnectorConfig:
        """Makes one from its JSON."""
    @property
    def id(self) -> str:
        """`ccfg_{connector name}_…`."""
    @property
    def created_at(self) -> datetime | None:
        """The time of its creation."""
    @property
    def updated_at(self) -> datetime | None:
        """The time of its last change."""
    @property
    def org_id(self) -> str | None:
        """The organisation."""
    @property
    def display_name(self) -> str | None:
        """A name for people."""
    @property
    def disabled(self) -> bool | None:
        """True if it is switched off."""
    @property
    def metadata(self) -> Any:
        """Your own JSON."""
    @property
    def connector_name(self) -> str | None:
        """The connector, such as `github`."""
    @property
    def config(self) -> Settings | None:
        """The organisation's part of the settings. The API always shows it, client secrets
        included, so it is redacted like one.
        """
    @property
    def connector(self) -> Connector | None:
        """The connector's own description, when it was asked for."""
    @property
    def connection_count(self) -> int | None:
        """The number of connections that are made with it, when it was asked for."""

@final
class Connector(Model):
    """A service that connections can be made to."""

    __match_args__: ClassVar[tuple[Literal["name"]]]
    def __new__(
        cls,
        name: str,
        *,
        display_name: str | None = ...,
        logo_url: str | None = ...,
        stage: _t.ConnectorStage | None = ...,
        platforms: Sequence[Any] | None = ...,
        schemas: Any | None = ...,
        auth_type: _t.AuthType | None = ...,
        required_scopes: Sequence[Any] | None = ...,
        openint_default_scopes: Sequence[Any] | None = ...,
        openint_allowed_scopes: Sequence[Any] | None = ...,
        scopes: Sequence[Any] | None = ...,
        has_openint_credentials: bool | None = ...,
        **unknown: Any,
    ) -> Connector: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Connector:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Connector:
        """Makes one from its JSON."""
    @property
    def name(self) -> str:
        """Its name in the API, such as `github`."""
    @property
    def display_name(self) -> str | None:
        """Its name for people."""
    @property
    def logo_url(self) -> str | None:
        """The URL of its logo."""
    @property
    def stage(self) -> _t.ConnectorStage | None:
        """Its stage of development."""
    @property
    def platforms(self) -> tuple[str, ...] | None:
        """The platforms that it runs on: `web`, `mobile`, `desktop`, `local`, `cloud`."""
    @property
    def schemas(self) -> Any:
        """JSON schemas, when they were asked for."""
    @property
    def auth_type(self) -> _t.AuthType | None:
        """The way to sign in."""
    @property
    def required_scopes(self) -> tuple[str, ...] | None:
        """The scopes that it cannot do without."""
    @property
    def openint_default_scopes(self) -> tuple[str, ...] | None:
        """The scopes that OpenInt's own client asks for."""
    @property
    def openint_allowed_scopes(self) -> tuple[str, ...] | None:
        """The scopes that OpenInt's own client may ask for."""
    @property
    def scopes(self) -> tuple[Scope, ...] | None:
        """All scopes."""
    @property
    def has_openint_credentials(self) -> bool | None:
        """True if OpenInt has an OAuth client of its own for it."""

@final
class Scope(Model):
    """A permission that a connected service can grant."""

    __match_args__: ClassVar[tuple[Literal["scope"]]]
    def __new__(
        cls,
        scope: str,
        *,
        display_name: str | None = ...,
        description: str | None = ...,
        **unknown: Any,
    ) -> Scope: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Scope:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Scope:
        """Makes one from its JSON."""
    @property
    def scope(self) -> str:
        """Its name at the service."""
    @property
    def display_name(self) -> str | None:
        """Its name for people."""
    @property
    def description(self) -> str | None:
        """The permission in words."""

@final
class ConnectorStatus(Model):
    """The state of one connector."""

    __match_args__: ClassVar[tuple[Literal["name"]]]
    def __new__(
        cls,
        name: str,
        *,
        has_connection: bool | None = ...,
        is_healthy: bool | None = ...,
        has_default_credentials: bool | None = ...,
        complete: bool | None = ...,
        **unknown: Any,
    ) -> ConnectorStatus: ...
    @classmethod
    def from_dict(cls, fields: Any) -> ConnectorStatus:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> ConnectorStatus:
        """Makes one from its JSON."""
    @property
    def name(self) -> str:
        """The connector."""
    @property
    def has_connection(self) -> bool | None:
        """True if there is a connection to it."""
    @property
    def is_healthy(self) -> bool | None:
        """True if one of them works."""
    @property
    def has_default_credentials(self) -> bool | None:
        """True if OpenInt has an OAuth client of its own for it."""
    @property
    def complete(self) -> bool | None:
        """True if it is complete."""

@final
class ConnectorStatusReport(Model):
    """A report on all connectors."""

    __match_args__: ClassVar[tuple[Literal["list"]]]
    def __new__(
        cls,
        list: Sequence[Any],
        *,
        total: int | None = ...,
        with_connection: int | None = ...,
        healthy: int | None = ...,
        with_default_credentials: int | None = ...,
        complete: int | None = ...,
        **unknown: Any,
    ) -> ConnectorStatusReport: ...
    @classmethod
    def from_dict(cls, fields: Any) -> ConnectorStatusReport:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> ConnectorStatusReport:
        """Makes one from its JSON."""
    @property
    def list(self) -> tuple[ConnectorStatus, ...]:
        """One entry for each connector."""
    @property
    def total(self) -> int | None:
        """The number of connectors."""
    @property
    def with_connection(self) -> int | None:
        """The number of connectors with a connection."""
    @property
    def healthy(self) -> int | None:
        """The number of them that work."""
    @property
    def with_default_credentials(self) -> int | None:
        """The number of connectors for which OpenInt has a client of its own."""
    @property
    def complete(self) -> int | None:
        """The number of connectors that are complete."""

@final
class Customer(Model):
    """A customer of yours."""

    __match_args__: ClassVar[tuple[()]]
    def __new__(
        cls,
        *,
        id: str | None = ...,
        org_id: str | None = ...,
        api_key: str | None = ...,
        metadata: Any | None = ...,
        connection_count: int | None = ...,
        created_at: _t.Instant | None = ...,
        updated_at: _t.Instant | None = ...,
        **unknown: Any,
    ) -> Customer: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Customer:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Customer:
        """Makes one from its JSON."""
    @property
    def id(self) -> str | None:
        """Your own id. The list also counts connections without a customer, under none."""
    @property
    def org_id(self) -> str | None:
        """The organisation."""
    @property
    def api_key(self) -> str | None:
        """A key for what the customer may do."""
    @property
    def metadata(self) -> Any:
        """Your own JSON."""
    @property
    def connection_count(self) -> int | None:
        """The number of the customer's connections; in lists."""
    @property
    def created_at(self) -> datetime | None:
        """The time of its creation."""
    @property
    def updated_at(self) -> datetime | None:
        """The time of its last change."""

@final
class CustomerToken(Model):
    """A token for a customer's browser or app."""

    __match_args__: ClassVar[tuple[Literal["token"]]]
    def __new__(
        cls,
        token: str,
        *,
        magic_link_url: str | None = ...,
        api_key: str | None = ...,
        **unknown: Any,
    ) -> CustomerToken: ...
    @classmethod
    def from_dict(cls, fields: Any) -> CustomerToken:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> CustomerToken:
        """Makes one from its JSON."""
    @property
    def token(self) -> str:
        """A token for what the customer may do, for a limited time."""
    @property
    def magic_link_url(self) -> str | None:
        """A page on which the customer connects services. The token is part of it."""
    @property
    def api_key(self) -> str | None:
        """A key for the same, without a limit in time."""

@final
class Event(Model):
    """An event: something that happened."""

    __match_args__: ClassVar[tuple[Literal["id"]]]
    def __new__(
        cls,
        id: str,
        *,
        name: str | None = ...,
        timestamp: _t.Instant | None = ...,
        data: Any | None = ...,
        user: Any | None = ...,
        v: str | None = ...,
        org_id: str | None = ...,
        user_id: str | None = ...,
        customer_id: str | None = ...,
        prompt: str | None = ...,
        **unknown: Any,
    ) -> Event: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Event:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Event:
        """Makes one from its JSON."""
    @property
    def id(self) -> str:
        """`evt_…`."""
    @property
    def name(self) -> str | None:
        """The kind of event, such as `connect.connection-deleted`."""
    @property
    def timestamp(self) -> datetime | None:
        """The time of the event."""
    @property
    def data(self) -> Any:
        """Details, of another shape for each `name`."""
    @property
    def user(self) -> Any:
        """The user or program that caused it."""
    @property
    def v(self) -> str | None:
        """The version of the program that caused it."""
    @property
    def org_id(self) -> str | None:
        """The organisation."""
    @property
    def user_id(self) -> str | None:
        """The user of the organisation."""
    @property
    def customer_id(self) -> str | None:
        """The customer. Events that the organisation caused carry it too, so a customer's own key
        shows them.
        """
    @property
    def prompt(self) -> str | None:
        """The prompt that led to it, when it was asked for."""

@final
class Health(Model):
    """The state of the API."""

    __match_args__: ClassVar[tuple[Literal["ok"]]]
    def __new__(
        cls,
        ok: bool,
        **unknown: Any,
    ) -> Health: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Health:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Health:
        """Makes one from its JSON."""
    @property
    def ok(self) -> bool:
        """True if it works."""

@final
class MessageTemplate(Model):
    """A text that explains a customer's connections to a language model."""

    __match_args__: ClassVar[tuple[Literal["template"]]]
    def __new__(
        cls,
        template: str,
        *,
        language: _t.TemplateLanguage | None = ...,
        **unknown: Any,
    ) -> MessageTemplate: ...
    @classmethod
    def from_dict(cls, fields: Any) -> MessageTemplate:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> MessageTemplate:
        """Makes one from its JSON."""
    @property
    def template(self) -> str:
        """The text. It holds the customer's API key, so it is redacted like one."""
    @property
    def language(self) -> _t.TemplateLanguage | None:
        """The programming language of its examples."""

@final
class Viewer(Model):
    """Who a key belongs to."""

    __match_args__: ClassVar[tuple[Literal["role"]]]
    def __new__(
        cls,
        role: _t.Role,
        *,
        org_id: str | None = ...,
        customer_id: str | None = ...,
        user_id: str | None = ...,
        **unknown: Any,
    ) -> Viewer: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Viewer:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Viewer:
        """Makes one from its JSON."""
    @property
    def role(self) -> _t.Role:
        """The role that the key has."""
    @property
    def org_id(self) -> str | None:
        """The organisation."""
    @property
    def customer_id(self) -> str | None:
        """The customer, for a customer's key or token."""
    @property
    def user_id(self) -> str | None:
        """The user of the organisation."""

@final
class Deleted(Model):
    """The answer of a deletion."""

    __match_args__: ClassVar[tuple[Literal["id"]]]
    def __new__(
        cls,
        id: str,
        **unknown: Any,
    ) -> Deleted: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Deleted:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Deleted:
        """Makes one from its JSON."""
    @property
    def id(self) -> str:
        """The id of what was deleted."""

@final
class Page(Model, Generic[_R_co]):
    """One page of a list."""

    __match_args__: ClassVar[tuple[Literal["items"]]]
    def __new__(
        cls,
        items: Sequence[Any],
        *,
        total: int | None = ...,
        limit: int | None = ...,
        offset: int | None = ...,
        has_next_page: bool | None = ...,
        **unknown: Any,
    ) -> Page[Any]: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Page[Any]:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Page[Any]:
        """Makes one from its JSON."""
    @property
    def items(self) -> tuple[_R_co, ...]:
        """The rows."""
    @property
    def total(self) -> int | None:
        """The number of rows in all, as the API counts: 0 when `offset` is beyond the last, and
        for connectors the number of rows on this page.
        """
    @property
    def limit(self) -> int | None:
        """The most rows that a page holds."""
    @property
    def offset(self) -> int | None:
        """The number of rows before this page."""
    @property
    def has_next_page(self) -> bool | None:
        """The API says true on the last page and false before it."""
    def __iter__(self) -> Iterator[_R_co]: ...

@final
class Settings(Model):
    """The settings of a connection, or of a connector config.

    They have what connectors have in common, and every other field as an attribute and as an item.
    They hold credentials, so `repr` shows names only.
    """

    def __new__(cls, **fields: Any) -> Settings: ...
    @classmethod
    def from_dict(cls, fields: Any) -> Settings:
        """Makes one from its fields, as JSON has them."""
    @classmethod
    def from_json(cls, text: str) -> Settings:
        """Makes one from its JSON."""
    @property
    def oauth(self) -> OAuth2Settings | None:
        """The OAuth2 part; `None` for a connector without one, or with one of another shape."""
    @property
    def access_token(self) -> str | None:
        """The token to call the connected service with.

        It is the one that the API puts on top of OAuth2 settings, or else the one in their
        credentials.
        """
    @property
    def api_key(self) -> str | None:
        """The API key, under either of the names that most connectors give it."""

@final
class Response(Generic[_T_co]):
    """A success as it came, and through `parse` as the method would have returned it."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
    @property
    def attempts(self) -> int:
        """The number of times that the request was sent, or tried to be sent.

        0 when an idempotency key showed that what it asks for is there already.
        """
    @property
    def headers(self) -> Headers:
        """The headers that are text, with names in any case."""
    @property
    def content(self) -> bytes:
        """The body as it came. It can hold secrets."""
    @property
    def text(self) -> str:
        """The body as a string. It can hold secrets."""
    def parse(self) -> _T_co:
        """Returns what the method would have returned."""

@final
class ImportOutcomes:
    """The outcomes of an import, in the order in which rows end.

    Rows are read as outcomes are taken, on the thread that takes them. Leaving the loop early stops
    the import when this object goes; `close`, or the end of a `with` block, does so at once: calls
    under way end and are written down, and no other begins.
    """

    def __iter__(self) -> Self: ...
    def __next__(self) -> ImportOutcome: ...
    @property
    def progress(self) -> ImportProgress:
        """Snapshot of the import."""
    def close(self) -> None:
        """Stops the import: calls under way end and are written down, and no other begins."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
        /,
    ) -> None: ...
    @property
    def _has_room(self) -> bool: ...
    def _give(self, row: Any) -> None: ...
    def _no_more(self) -> None: ...
    def _take(self) -> ImportOutcome | None: ...
    def _tell(self, is_end: bool) -> None: ...

@final
class Rows(Generic[_T_co]):
    """All rows of a list, asked for page by page as they are needed."""

    def __iter__(self) -> Iterator[_T_co]: ...
    def __next__(self) -> _T_co: ...
    def next_page(self, cancel: CancelToken | None = None) -> tuple[_T_co, ...] | None:
        """Asks for the next page: its rows that did not come before, or `None` at the end."""

@disjoint_base
class Operations:
    """The operations."""

    def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: _t.ConnectorInput,
        metadata: _t.JsonObject | None = None,
        check_connection: bool | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Connection:
        """Creates a connection of a customer from credentials that you have.

        The API does not recognise a repetition: calling it twice makes two connections, unless an
        `idempotency_key` says that they are one. Without a key it is tried again only when the
        server cannot have created the first; where nobody can know, the error's
        `may_have_been_applied` is true.

        >>> from openint_sdk import ConnectorData, OAuth2Credentials
        >>> connection = client.create_connection(
        ...     connector_config_id="ccfg_github_sandbox",
        ...     customer_id="customer_42",
        ...     data=ConnectorData.oauth2(
        ...         "github", OAuth2Credentials(access_token="gho_16C7e42F", expires_in=28_800)
        ...     ),
        ...     metadata={"plan": "pro"},
        ... )
        >>> connection.metadata["plan"]
        'pro'
        >>> connection.settings.oauth.credentials.expires_at > connection.created_at
        True

        Args:
            connector_config_id: The connector config, `ccfg_…`.
            customer_id: Your own id of your customer; a customer that OpenInt has not seen is created.
            data: The connector and its settings.
            metadata: A JSON object of yours that is kept with the connection. The API reads it as
                JavaScript does, so numbers keep 53 bits.
            check_connection: True to have the server try the credentials at once. A check that finds them bad
                does not fail the call: look at `status`. The server's default is false.
            idempotency_key: A key that makes repeating the call harmless: 1 to 255 visible ASCII characters of
                yours, that no other connection of the customer to this connector config has.

                The API does not recognise repetitions. So the key is kept in the connection's
                metadata, in the field `openint_idempotency_key`, and looked up there by customer and
                connector config: before the first attempt, which costs a request of its own, and
                again after each attempt of unknown effect (a timeout, a lost connection, a 5xx). A
                connection that is there is returned as it is, whatever the other parameters say; if
                there are several, it is the oldest, and `duplicates` of the answer names the others. A
                call deletes no row but one that it made itself, when it finds an older one of another
                program after that. It is also sent as `Idempotency-Key`, for servers that will honour
                it.
        """
    def get_connection(
        self,
        id: str,
        *,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Connection:
        """Gets a connection.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_greenhouse_sandbox",
        ...     customer_id="customer_42",
        ...     data={"connector_name": "greenhouse", "settings": {"apiKey": "gh_live_42"}},
        ... )
        >>> client.get_connection(created.id).settings is None
        True
        >>> shown = client.get_connection(created.id, include_secrets=True, refresh_policy="none")
        >>> shown.settings.api_key
        'gh_live_42'

        Args:
            id: The connection, `conn_…`.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `auto`. Without
                `include_secrets` it has no effect.
            expand: Further details to include.
        """
    def list_connections(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        customer_id: str | None = None,
        connector_config_id: str | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Page[Connection]:
        """Lists connections, those that changed last first. `iter_connections` reads all.

        >>> page = client.list_connections(customer_id="customer_41", connector_names=["github"])
        >>> page.items
        ()

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            customer_id: Only connections of this customer.
            connector_config_id: Only connections of this connector config, `ccfg_…`.
            connector_names: Only connections to these connectors.
            search_query: Only connections that this text finds. The API trims it, and `%` and `_` are
                wildcards.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `none`.
            expand: Further details to include.
        """
    def delete_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> Deleted:
        """Deletes a connection, `conn_…`. A second time it is a `NotFoundError`.

        After a repetition that error can mean that the first attempt deleted it.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> client.delete_connection(created.id).id == created.id
        True

        Args:
            id: The connection, `conn_…`.
        """
    def check_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> ConnectionCheck:
        """Tries the credentials of a connection, `conn_…`, at the connected service.

        A failed check is a success of this call: look at the `status`.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> if client.check_connection(created.id).status != "healthy":
        ...     print("ask the customer to connect again")
        ask the customer to connect again

        Args:
            id: The connection, `conn_…`.
        """
    def create_connector_config(
        self,
        connector_name: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        metadata: _t.JsonObject | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> ConnectorConfig:
        """Creates a connector config: a connector as your organisation uses it.

        Calling it twice makes two, so it is tried again only when the server cannot have created
        the first.

        >>> config = client.create_connector_config(
        ...     "github",
        ...     display_name="GitHub",
        ...     config={"oauth": {"client_id": "a", "client_secret": "b"}},
        ... )
        >>> config.id.startswith("ccfg_github_")
        True

        Args:
            connector_name: The connector, such as `github`.
            display_name: A name for people.
            disabled: True to create it switched off.
            metadata: A JSON object of yours that is kept with it.
            config: A JSON object with what the connector needs of your organisation, such as
                `{"oauth": {"client_id": …, "client_secret": …}}`.
        """
    def get_connector_config(
        self,
        id: str,
        *,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> ConnectorConfig:
        """Gets a connector config. The API always shows its `config`, client secrets included.

        >>> config = client.get_connector_config("ccfg_discord_sandbox", expand="connector")
        >>> config.connector.name
        'discord'

        Args:
            id: The connector config, `ccfg_…`.
            expand: Further details to include.
        """
    def list_connector_configs(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Page[ConnectorConfig]:
        """Lists connector configs. `iter_connector_configs` reads all.

        >>> page = client.list_connector_configs(
        ...     connector_names="discord", expand="connection_count"
        ... )
        >>> page.items[0].connection_count
        0

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            connector_names: Only configs of these connectors.
            search_query: Only configs that this text finds. The API trims it, and `%` and `_` are wildcards.
            expand: Further details to include.
        """
    def update_connector_config(
        self,
        id: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> ConnectorConfig:
        """Changes a connector config. What is not given stays.

        >>> client.update_connector_config("ccfg_github_sandbox", disabled=True).disabled
        True

        Args:
            id: The connector config, `ccfg_…`.
            display_name: A name for people.
            disabled: True to switch it off, false to switch it on.
            config: A JSON object with what the connector needs of your organisation, in place of the one
                before.
        """
    def delete_connector_config(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> Deleted:
        """Deletes a connector config, `ccfg_…`.

        >>> config = client.create_connector_config("github")
        >>> client.delete_connector_config(config.id).id == config.id
        True

        Args:
            id: The connector config, `ccfg_…`.
        """
    def list_connectors(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        expand: _t.ConnectorExpand | Sequence[_t.ConnectorExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Page[Connector]:
        """Lists the connectors that the API knows. `iter_connectors` reads all.

        >>> len(client.list_connectors(limit=10))
        10

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            expand: Further details to include.
        """
    def connector_status(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> ConnectorStatusReport:
        """Says of every connector whether the organisation uses it and whether it works.

        >>> report = client.connector_status()
        >>> len(report.list) == report.total
        True
        """
    def upsert_customer(
        self,
        id: str,
        *,
        metadata: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Customer:
        """Creates a customer, or changes the one of that id.

        **It replaces the customer's metadata**: without any in the call, what was there is gone.

        >>> client.upsert_customer("customer_42", metadata={"plan": "pro"}).metadata
        {'plan': 'pro'}

        Args:
            id: Your own id of the customer.
            metadata: A JSON object of yours that is kept with the customer, in place of the one before.
        """
    def list_customers(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Page[Customer]:
        """Lists customers. `iter_customers` reads all.

        >>> client.list_customers(search_query="nobody").items
        ()

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only customers with a connection whose ids or connector name hold this text. The API
                trims it, and `%` and `_` are wildcards.
        """
    def create_customer_token(
        self,
        customer_id: str,
        *,
        validity_in_seconds: int | None = None,
        connect_options: _t.ConnectOptions | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> CustomerToken:
        """Makes a token for a customer, for use in a browser or an app.

        With it comes a link to a page on which the customer connects services. A customer that
        OpenInt has not seen is created.

        **It wipes the customer's metadata.** The API does not decode the id in the path. Letters,
        digits and `-._~@:+$=&,;()!*` go as they are; with any other character, such as a blank or
        `é`, the token is that of another customer than the one in `create_connection`.

        A client for what the customer may do is made from the token, or from the API key that
        comes with it.

        >>> token = client.create_customer_token(
        ...     "customer_42",
        ...     validity_in_seconds=600,
        ...     connect_options={"connector_names": ["github"], "view": "add"},
        ... )
        >>> Openint(api_key=token.token).viewer().role
        'customer'

        Args:
            customer_id: Your own id of the customer.
            validity_in_seconds: The life of the token in seconds, 1 or more; the API's default is 2,592,000 (30 days).
            connect_options: Options of the page behind the link.
        """
    def list_events(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        since: _t.Instant | None = None,
        include_prompt: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Page[Event]:
        """Lists what happened in the organisation, the newest first. `iter_events` reads all.

        >>> for event in client.list_events(since="2100-01-01T00:00:00Z", limit=10):
        ...     print(event.timestamp, event.name)

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            since: Only events from this time on, itself included.
            include_prompt: True to ask for the prompts that led to an event. The API was not seen to send any.
        """
    def viewer(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> Viewer:
        """Says who the key belongs to.

        >>> viewer = client.viewer()
        >>> viewer.role, viewer.org_id
        ('org', 'org_sandbox')
        """
    def health(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> Health:
        """Says whether the API is there.

        >>> client.health().ok
        True
        """
    def health_echo(
        self,
        body: _t.JsonObject,
        **options: Unpack[_t.CallOptions]
    ) -> Any:
        """Sends any JSON object there and back, so that a connection is open when it is needed.

        >>> client.health_echo({"warm": 1})
        {'input': {'warm': 1}}

        Args:
            body: A JSON object.
        """
    def message_template(
        self,
        customer_id: str,
        *,
        language: _t.TemplateLanguage | None = None,
        use_environment_variables: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> MessageTemplate:
        """Gets a text that explains a customer's connections to a language model.

        It holds an API key of the customer. A customer that is only named in `create_connection` has
        no record of its own, so this is a `NotFoundError` for it.

        >>> client.message_template("customer_42", language="javascript").language
        'javascript'

        Args:
            customer_id: Your own id of the customer.
            language: The programming language of its examples.
            use_environment_variables: True to have its examples take keys from the environment.
        """
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: _t.Query | None = None,
        body: Any = ...,
        repeat_safe: bool | None = None,
        cast_to: None = None,
        **options: Unpack[_t.CallOptions],
    ) -> Any:
        """Sends a request to a route that has no method yet."""
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: _t.Query | None = None,
        body: Any = ...,
        repeat_safe: bool | None = None,
        cast_to: type[_M],
        **options: Unpack[_t.CallOptions],
    ) -> _M:
        """Sends a request to a route that has no method yet."""

class Openint(Operations):
    """A client of the OpenInt API. Its calls block, and any number of threads can share it.

    Each argument may be left out.

    Args:
        api_key: The organisation's key, or a customer's key or token. Without it,
            `OPENINT_API_KEY`. For keys that run out, a function that gives the key: it is asked when
            the client has none yet, and once more when the API refuses a call with 401, which is then
            sent again. It runs on the thread of the call.
        base_url: Where the API is. Without it, `OPENINT_BASE_URL`, and without that
            `https://api.openint.dev/v1`.
        timeout: Seconds that one attempt may take, from connecting to the last byte: 60.
        connect_timeout: The part of it that name resolution, connecting and TLS may take: 10.
        total_timeout: Seconds that a whole call may take, with its repetitions and the waits between
            them: 300. Where a list is read to its end, the time of each page.
        max_retries: The most repetitions of a call, where repeating it is safe: 2. A write is
            repeated only when the server cannot have carried it out.
        default_headers: Headers that every call sends.
        user_agent: In place of `openint-python/VERSION`.
        proxy: An HTTP proxy. Without it those of the environment count, but never on loopback.
        ca_bundle: A PEM file with the authorities to trust in place of the system's.
        max_response_bytes: The largest answer that is read: 64 MiB.
        allow_plain_http: True permits `http` beyond loopback, which shows the key to the network.
        observer: An `Observer`, which watches every attempt of the client's calls.

    Every method also takes the options of a call.

    Other Parameters:
        timeout: As for the client, for this call, and so are `connect_timeout`, `total_timeout` and
            `max_retries`.
        extra_headers: Headers to send besides, or in place of the client's.
        extra_query: Query parameters to send besides.
        extra_body: Top-level fields of the body to send besides, or in place of the method's.

    >>> with Openint() as client:
    ...     connection = client.create_connection(
    ...         connector_config_id="ccfg_",
    ...         customer_id="customer_id",
    ...         data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ...     )
    >>> connection.customer_id
    'customer_id'
    """

    def __init__(
        self,
        *,
        api_key: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: _t.Seconds | None = None,
        connect_timeout: _t.Seconds | None = None,
        total_timeout: _t.Seconds | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        proxy: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        max_response_bytes: int | None = None,
        allow_plain_http: bool | None = None,
        observer: Observer | None = None,
    ) -> None: ...
    def iter_connections(
        self,
        *,
        page_size: int | None = None,
        offset: int | None = None,
        customer_id: str | None = None,
        connector_config_id: str | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Iterator[Connection]:
        """All connections, asked for page by page as they are needed.

        Every row that exists during the whole reading comes exactly once, also when rows are created,
        changed and deleted meanwhile; otherwise the last thing that comes out is an
        `IncompleteListError`. Any error is the last thing, and rows before it stay good. Memory holds
        one page, and 16 bytes of each row that came. To delete what a list gives, collect it first.

        >>> for connection in client.iter_connections(customer_id="customer_41"):
        ...     print(connection.id)

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            customer_id: Only connections of this customer.
            connector_config_id: Only connections of this connector config, `ccfg_…`.
            connector_names: Only connections to these connectors.
            search_query: Only connections that this text finds. The API trims it, and `%` and `_` are
                wildcards.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `none`.
            expand: Further details to include.
        """
    def iter_connector_configs(
        self,
        *,
        page_size: int | None = None,
        offset: int | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Iterator[ConnectorConfig]:
        """All connector configs, asked for page by page: see `iter_connections`.

        >>> sorted(config.connector_name for config in client.iter_connector_configs())[:2]
        ['acme-apikey', 'acme-oauth2']

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            connector_names: Only configs of these connectors.
            search_query: Only configs that this text finds. The API trims it, and `%` and `_` are wildcards.
            expand: Further details to include.
        """
    def iter_connectors(
        self,
        *,
        page_size: int | None = None,
        offset: int | None = None,
        expand: _t.ConnectorExpand | Sequence[_t.ConnectorExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Iterator[Connector]:
        """All connectors, asked for page by page: see `iter_connections`.

        >>> "github" in {connector.name for connector in client.iter_connectors(page_size=100)}
        True

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            expand: Further details to include.
        """
    def iter_customers(
        self,
        *,
        page_size: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Iterator[Customer]:
        """All customers, asked for page by page: see `iter_connections`.

        >>> for customer in client.iter_customers(search_query="nobody"):
        ...     print(customer.id, customer.connection_count)

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only customers with a connection whose ids or connector name hold this text. The API
                trims it, and `%` and `_` are wildcards.
        """
    def iter_events(
        self,
        *,
        page_size: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        since: _t.Instant | None = None,
        include_prompt: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Iterator[Event]:
        """All events, asked for page by page: see `iter_connections`.

        >>> next(client.iter_events(since="2100-01-01T00:00:00Z"), None) is None
        True

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            since: Only events from this time on, itself included.
            include_prompt: True to ask for the prompts that led to an event. The API was not seen to send any.
        """
    def create_connections(
        self,
        rows: Iterable[Any],
        *,
        name: str = "import",
        journal: str | os.PathLike[str] | None = None,
        concurrency: int = 16,
        max_rate: float | None = None,
        first_run: bool = False,
        on_progress: Callable[[ImportProgress], object] | None = None,
        **options: Unpack[_t.CallOptions],
    ) -> ImportOutcomes:
        """Creates the connections of many rows, by many calls at once.

        Each row has an `id` of yours, unlike that of any other row and the same in each run, and
        what `create_connection` takes. An idempotency key is made of `name` and `id`, so a second run
        doubles no row. With a `journal` it also sends nothing for rows that have a connection: an
        import that was killed at any moment goes on where it ended. Without one each row is looked up
        first. A row that cannot be sent is an outcome too, and ends nothing; a key that is refused, a
        journal that cannot be used or a server that is gone for 5 minutes ends the import with an
        error.

        The number of calls under way adapts to the server, and `Retry-After` stops all of them
        together. Rows are read as they are needed, on the thread that takes the outcomes.

        Args:
            rows: Dicts, dataclasses, pydantic models, named tuples, or a pandas DataFrame; any
                iterable of them. `connector_name` and `settings` may stand in place of `data`.
                Fields that are `None` or missing to pandas are left out.
            name: The import's name, which is part of each key: the same in each run.
            journal: The file in which the import keeps what it did; made if it is not there.
            concurrency: The most calls at once, 1 to 1,024.
            max_rate: The most calls a second, 0.001 to 1,000,000.
            first_run: True says that no earlier run sent any of the rows, so that without a journal
                they are sent without being looked up. If it is wrong, rows are doubled.
            on_progress: A function that is called with an `ImportProgress` ten times a second and at
                the end, on the thread that takes the outcomes.
            options: Options of each call, see `Openint`. The import repeats calls itself.

        >>> rows = [
        ...     {
        ...         "id": number,
        ...         "connector_config_id": "ccfg_github_sandbox",
        ...         "customer_id": f"customer_{number}",
        ...         "connector_name": "github",
        ...         "settings": {"oauth": {"credentials": {"access_token": f"gho_{number}"}}},
        ...     }
        ...     for number in range(3)
        ... ]
        >>> for outcome in client.create_connections(rows, name="spring-move"):
        ...     if outcome.error is not None:
        ...         print(outcome.row_id, outcome.error)
        """
    def with_options(self, **options: Unpack[_t.ClientCallOptions]) -> Self:
        """Makes a client with other options in front of the same pool. It costs next to nothing.

        `cancel` is a `CancelToken` with which another thread ends the client's calls.
        """
    @property
    def with_raw_response(self) -> RawOpenint:
        """The same methods, each of which gives a `Response`."""
    def close(self) -> None:
        """Closes the connections of the pool. The client, and those that share it, end here."""
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        traceback: TracebackType | None = None,
        /,
    ) -> None: ...

@final
class RawOpenint:
    """The operations of a client, each of which gives a `Response`."""

    def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: _t.ConnectorInput,
        metadata: _t.JsonObject | None = None,
        check_connection: bool | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Connection]:
        """Creates a connection of a customer from credentials that you have.

        The API does not recognise a repetition: calling it twice makes two connections, unless an
        `idempotency_key` says that they are one. Without a key it is tried again only when the
        server cannot have created the first; where nobody can know, the error's
        `may_have_been_applied` is true.

        >>> from openint_sdk import ConnectorData, OAuth2Credentials
        >>> connection = client.create_connection(
        ...     connector_config_id="ccfg_github_sandbox",
        ...     customer_id="customer_42",
        ...     data=ConnectorData.oauth2(
        ...         "github", OAuth2Credentials(access_token="gho_16C7e42F", expires_in=28_800)
        ...     ),
        ...     metadata={"plan": "pro"},
        ... )
        >>> connection.metadata["plan"]
        'pro'
        >>> connection.settings.oauth.credentials.expires_at > connection.created_at
        True

        Args:
            connector_config_id: The connector config, `ccfg_…`.
            customer_id: Your own id of your customer; a customer that OpenInt has not seen is created.
            data: The connector and its settings.
            metadata: A JSON object of yours that is kept with the connection. The API reads it as
                JavaScript does, so numbers keep 53 bits.
            check_connection: True to have the server try the credentials at once. A check that finds them bad
                does not fail the call: look at `status`. The server's default is false.
            idempotency_key: A key that makes repeating the call harmless: 1 to 255 visible ASCII characters of
                yours, that no other connection of the customer to this connector config has.

                The API does not recognise repetitions. So the key is kept in the connection's
                metadata, in the field `openint_idempotency_key`, and looked up there by customer and
                connector config: before the first attempt, which costs a request of its own, and
                again after each attempt of unknown effect (a timeout, a lost connection, a 5xx). A
                connection that is there is returned as it is, whatever the other parameters say; if
                there are several, it is the oldest, and `duplicates` of the answer names the others. A
                call deletes no row but one that it made itself, when it finds an older one of another
                program after that. It is also sent as `Idempotency-Key`, for servers that will honour
                it.
        """
    def get_connection(
        self,
        id: str,
        *,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Connection]:
        """Gets a connection.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_greenhouse_sandbox",
        ...     customer_id="customer_42",
        ...     data={"connector_name": "greenhouse", "settings": {"apiKey": "gh_live_42"}},
        ... )
        >>> client.get_connection(created.id).settings is None
        True
        >>> shown = client.get_connection(created.id, include_secrets=True, refresh_policy="none")
        >>> shown.settings.api_key
        'gh_live_42'

        Args:
            id: The connection, `conn_…`.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `auto`. Without
                `include_secrets` it has no effect.
            expand: Further details to include.
        """
    def list_connections(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        customer_id: str | None = None,
        connector_config_id: str | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Page[Connection]]:
        """Lists connections, those that changed last first. `iter_connections` reads all.

        >>> page = client.list_connections(customer_id="customer_41", connector_names=["github"])
        >>> page.items
        ()

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            customer_id: Only connections of this customer.
            connector_config_id: Only connections of this connector config, `ccfg_…`.
            connector_names: Only connections to these connectors.
            search_query: Only connections that this text finds. The API trims it, and `%` and `_` are
                wildcards.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `none`.
            expand: Further details to include.
        """
    def delete_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Deleted]:
        """Deletes a connection, `conn_…`. A second time it is a `NotFoundError`.

        After a repetition that error can mean that the first attempt deleted it.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> client.delete_connection(created.id).id == created.id
        True

        Args:
            id: The connection, `conn_…`.
        """
    def check_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> Response[ConnectionCheck]:
        """Tries the credentials of a connection, `conn_…`, at the connected service.

        A failed check is a success of this call: look at the `status`.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> if client.check_connection(created.id).status != "healthy":
        ...     print("ask the customer to connect again")
        ask the customer to connect again

        Args:
            id: The connection, `conn_…`.
        """
    def create_connector_config(
        self,
        connector_name: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        metadata: _t.JsonObject | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[ConnectorConfig]:
        """Creates a connector config: a connector as your organisation uses it.

        Calling it twice makes two, so it is tried again only when the server cannot have created
        the first.

        >>> config = client.create_connector_config(
        ...     "github",
        ...     display_name="GitHub",
        ...     config={"oauth": {"client_id": "a", "client_secret": "b"}},
        ... )
        >>> config.id.startswith("ccfg_github_")
        True

        Args:
            connector_name: The connector, such as `github`.
            display_name: A name for people.
            disabled: True to create it switched off.
            metadata: A JSON object of yours that is kept with it.
            config: A JSON object with what the connector needs of your organisation, such as
                `{"oauth": {"client_id": …, "client_secret": …}}`.
        """
    def get_connector_config(
        self,
        id: str,
        *,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[ConnectorConfig]:
        """Gets a connector config. The API always shows its `config`, client secrets included.

        >>> config = client.get_connector_config("ccfg_discord_sandbox", expand="connector")
        >>> config.connector.name
        'discord'

        Args:
            id: The connector config, `ccfg_…`.
            expand: Further details to include.
        """
    def list_connector_configs(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Page[ConnectorConfig]]:
        """Lists connector configs. `iter_connector_configs` reads all.

        >>> page = client.list_connector_configs(
        ...     connector_names="discord", expand="connection_count"
        ... )
        >>> page.items[0].connection_count
        0

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            connector_names: Only configs of these connectors.
            search_query: Only configs that this text finds. The API trims it, and `%` and `_` are wildcards.
            expand: Further details to include.
        """
    def update_connector_config(
        self,
        id: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[ConnectorConfig]:
        """Changes a connector config. What is not given stays.

        >>> client.update_connector_config("ccfg_github_sandbox", disabled=True).disabled
        True

        Args:
            id: The connector config, `ccfg_…`.
            display_name: A name for people.
            disabled: True to switch it off, false to switch it on.
            config: A JSON object with what the connector needs of your organisation, in place of the one
                before.
        """
    def delete_connector_config(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Deleted]:
        """Deletes a connector config, `ccfg_…`.

        >>> config = client.create_connector_config("github")
        >>> client.delete_connector_config(config.id).id == config.id
        True

        Args:
            id: The connector config, `ccfg_…`.
        """
    def list_connectors(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        expand: _t.ConnectorExpand | Sequence[_t.ConnectorExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Page[Connector]]:
        """Lists the connectors that the API knows. `iter_connectors` reads all.

        >>> len(client.list_connectors(limit=10))
        10

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            expand: Further details to include.
        """
    def connector_status(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> Response[ConnectorStatusReport]:
        """Says of every connector whether the organisation uses it and whether it works.

        >>> report = client.connector_status()
        >>> len(report.list) == report.total
        True
        """
    def upsert_customer(
        self,
        id: str,
        *,
        metadata: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Customer]:
        """Creates a customer, or changes the one of that id.

        **It replaces the customer's metadata**: without any in the call, what was there is gone.

        >>> client.upsert_customer("customer_42", metadata={"plan": "pro"}).metadata
        {'plan': 'pro'}

        Args:
            id: Your own id of the customer.
            metadata: A JSON object of yours that is kept with the customer, in place of the one before.
        """
    def list_customers(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Page[Customer]]:
        """Lists customers. `iter_customers` reads all.

        >>> client.list_customers(search_query="nobody").items
        ()

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only customers with a connection whose ids or connector name hold this text. The API
                trims it, and `%` and `_` are wildcards.
        """
    def create_customer_token(
        self,
        customer_id: str,
        *,
        validity_in_seconds: int | None = None,
        connect_options: _t.ConnectOptions | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[CustomerToken]:
        """Makes a token for a customer, for use in a browser or an app.

        With it comes a link to a page on which the customer connects services. A customer that
        OpenInt has not seen is created.

        **It wipes the customer's metadata.** The API does not decode the id in the path. Letters,
        digits and `-._~@:+$=&,;()!*` go as they are; with any other character, such as a blank or
        `é`, the token is that of another customer than the one in `create_connection`.

        A client for what the customer may do is made from the token, or from the API key that
        comes with it.

        >>> token = client.create_customer_token(
        ...     "customer_42",
        ...     validity_in_seconds=600,
        ...     connect_options={"connector_names": ["github"], "view": "add"},
        ... )
        >>> Openint(api_key=token.token).viewer().role
        'customer'

        Args:
            customer_id: Your own id of the customer.
            validity_in_seconds: The life of the token in seconds, 1 or more; the API's default is 2,592,000 (30 days).
            connect_options: Options of the page behind the link.
        """
    def list_events(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        since: _t.Instant | None = None,
        include_prompt: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Page[Event]]:
        """Lists what happened in the organisation, the newest first. `iter_events` reads all.

        >>> for event in client.list_events(since="2100-01-01T00:00:00Z", limit=10):
        ...     print(event.timestamp, event.name)

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            since: Only events from this time on, itself included.
            include_prompt: True to ask for the prompts that led to an event. The API was not seen to send any.
        """
    def viewer(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Viewer]:
        """Says who the key belongs to.

        >>> viewer = client.viewer()
        >>> viewer.role, viewer.org_id
        ('org', 'org_sandbox')
        """
    def health(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Health]:
        """Says whether the API is there.

        >>> client.health().ok
        True
        """
    def health_echo(
        self,
        body: _t.JsonObject,
        **options: Unpack[_t.CallOptions]
    ) -> Response[Any]:
        """Sends any JSON object there and back, so that a connection is open when it is needed.

        >>> client.health_echo({"warm": 1})
        {'input': {'warm': 1}}

        Args:
            body: A JSON object.
        """
    def message_template(
        self,
        customer_id: str,
        *,
        language: _t.TemplateLanguage | None = None,
        use_environment_variables: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> Response[MessageTemplate]:
        """Gets a text that explains a customer's connections to a language model.

        It holds an API key of the customer. A customer that is only named in `create_connection` has
        no record of its own, so this is a `NotFoundError` for it.

        >>> client.message_template("customer_42", language="javascript").language
        'javascript'

        Args:
            customer_id: Your own id of the customer.
            language: The programming language of its examples.
            use_environment_variables: True to have its examples take keys from the environment.
        """
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: _t.Query | None = None,
        body: Any = ...,
        repeat_safe: bool | None = None,
        cast_to: None = None,
        **options: Unpack[_t.CallOptions],
    ) -> Response[Any]:
        """Sends a request to a route that has no method yet."""
    @overload
    def request(
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: _t.Query | None = None,
        body: Any = ...,
        repeat_safe: bool | None = None,
        cast_to: type[_M],
        **options: Unpack[_t.CallOptions],
    ) -> Response[_M]:
        """Sends a request to a route that has no method yet."""

@disjoint_base
class AsyncClient:
    def __init__(
        self,
        *,
        api_key: str | Callable[[], str] | None = None,
        base_url: str | None = None,
        timeout: _t.Seconds | None = None,
        connect_timeout: _t.Seconds | None = None,
        total_timeout: _t.Seconds | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        proxy: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        max_response_bytes: int | None = None,
        allow_plain_http: bool | None = None,
        observer: Observer | None = None,
        max_concurrency: int | None = None,
    ) -> None: ...
    @property
    def _client(self) -> Openint: ...
    @property
    def _threads(self) -> Threads: ...
    def with_options(self, **options: Unpack[_t.CallOptions]) -> Self:
        """Makes a client with other options in front of the same pool and threads."""

def dumps(value: Any, path: str = 'value') -> str:
    """Writes JSON without a space; `path` is what errors call the value."""

def loads(text: str) -> Any:
    """Parses JSON into `dict`, `list` and so on."""
