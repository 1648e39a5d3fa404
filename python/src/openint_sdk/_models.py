"""What the API answers."""

from __future__ import annotations

from ._object import Field, Object, model, models, read_timestamp
from ._types import NOT_GIVEN, NotGiven

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import Any

    from ._inputs import AuthType, ConnectionStatus, ConnectorStage, Role, TemplateLanguage


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

    credentials: Field[OAuth2Credentials | None] = Field("The tokens.", model(OAuth2Credentials))
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
        "The OAuth2 part; `None` for a connector without one.", model(OAuth2Settings)
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
    settings: Field[Settings] = Field("What the connector needs.", model(Settings))

    def __init__(self, connector_name: str, settings: object) -> None:
        super().__init__(connector_name=connector_name, settings=settings)

    @classmethod
    def oauth2(cls, connector_name: str, credentials: OAuth2Credentials) -> ConnectorData:
        """Settings of an OAuth2 connector."""
        return cls(connector_name, {"oauth": {"credentials": credentials}})


class Scope(Object):
    """A permission that a connected service can grant."""

    __slots__ = ()
    __match_args__ = ("scope",)
    _required = ("scope",)
    _shown = frozenset({"scope", "display_name", "description"})

    scope: Field[str] = Field("Its name at the service.")
    display_name: Field[str | None] = Field("Its name for people.")
    description: Field[str | None] = Field("What it permits.")


class Connector(Object):
    """A service that connections can be made to."""

    __slots__ = ()
    __match_args__ = ("name",)
    _required = ("name",)
    _shown = frozenset(
        {"name", "display_name", "logo_url", "stage", "auth_type", "has_openint_credentials"}
    )

    name: Field[str] = Field("Its name in the API, such as `github`.")
    display_name: Field[str | None] = Field("Its name for people.")
    logo_url: Field[str | None] = Field("Where its logo is.")
    stage: Field[ConnectorStage | None] = Field(
        "How far it is developed: `alpha`, `beta`, `ga`, `hidden`, or one that is newer."
    )
    platforms: Field[tuple[str, ...] | None] = Field(
        "Where it runs: `web`, `mobile`, `desktop`, `local`, `cloud`."
    )
    schemas: Field[Any] = Field("JSON schemas, when they were asked for.")
    auth_type: Field[AuthType | None] = Field(
        "How one signs in: `BASIC`, `OAUTH1`, `OAUTH2`, `OAUTH2CC`, `API_KEY`, `CUSTOM`, or a way "
        "that is newer."
    )
    required_scopes: Field[tuple[str, ...] | None] = Field("The scopes that it cannot do without.")
    openint_default_scopes: Field[tuple[str, ...] | None] = Field(
        "The scopes that OpenInt's own client asks for."
    )
    openint_allowed_scopes: Field[tuple[str, ...] | None] = Field(
        "The scopes that OpenInt's own client may ask for."
    )
    scopes: Field[tuple[Scope, ...] | None] = Field("All scopes.", models(Scope))
    has_openint_credentials: Field[bool | None] = Field(
        "Whether OpenInt has a client of its own for it."
    )


class ConnectorStatus(Object):
    """Whether an organisation uses a connector, and whether it works."""

    __slots__ = ()
    __match_args__ = ("name",)
    _required = ("name",)
    _shown = frozenset(
        {"name", "hasConnectionForOrg", "isHealthyForOrg", "hasDefaultCredentials", "complete"}
    )

    name: Field[str] = Field("The connector.")
    has_connection: Field[bool | None] = Field(
        "Whether the organisation has a connection to it.", name="hasConnectionForOrg"
    )
    is_healthy: Field[bool | None] = Field("Whether one of them works.", name="isHealthyForOrg")
    has_default_credentials: Field[bool | None] = Field(
        "Whether OpenInt has a client of its own for it.", name="hasDefaultCredentials"
    )
    complete: Field[bool | None] = Field("Whether it is complete.")


class ConnectorStatusReport(Object):
    """Which connectors an organisation uses, and which of them work."""

    __slots__ = ()
    __match_args__ = ("list",)
    _required = ("list",)
    _shown = frozenset(
        {
            "numTotalConnectors",
            "numWithConnectionForOrg",
            "numHealthyForOrg",
            "numWithDefaultCredentials",
            "numComplete",
        }
    )

    list: Field[tuple[ConnectorStatus, ...]] = Field(
        "One entry for each connector.", models(ConnectorStatus)
    )
    total: Field[int | None] = Field("How many connectors there are.", name="numTotalConnectors")
    with_connection: Field[int | None] = Field(
        "How many the organisation has connections to.", name="numWithConnectionForOrg"
    )
    healthy: Field[int | None] = Field("How many of them work.", name="numHealthyForOrg")
    with_default_credentials: Field[int | None] = Field(
        "How many have a client of OpenInt's own.", name="numWithDefaultCredentials"
    )
    complete: Field[int | None] = Field("How many are complete.", name="numComplete")


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
        "What the connector needs. It holds secrets; lists leave it out.", model(Settings)
    )
    status: Field[ConnectionStatus | None] = Field(
        "`healthy`, `disconnected`, `error`, `manual`, `unknown`, or one that is newer."
    )
    status_message: Field[str | None] = Field(
        "What the last check said. It can repeat a secret: keep it out of logs."
    )
    connector: Field[Connector | None] = Field(
        "The connector's own description, when it was asked for.", model(Connector)
    )
    integration: Field[Any] = Field("The integration's own description, when the API sends it.")


class ConnectionCheck(Object):
    """What a check of a connection found."""

    __slots__ = ()
    __match_args__ = ("id", "status")
    _required = ("id",)
    _shown = frozenset({"id", "status"})

    id: Field[str] = Field("The connection.")
    status: Field[ConnectionStatus | None] = Field(
        "`healthy`, `disconnected`, `error`, `manual`, `unknown`, or one that is newer."
    )
    status_message: Field[str | None] = Field(
        "The same in words. It can repeat a secret: keep it out of logs."
    )


class ConnectorConfig(Object):
    """A connector as an organisation uses it."""

    __slots__ = ()
    __match_args__ = ("id", "connector_name")
    _required = ("id",)
    _shown = frozenset(
        {
            "id",
            "created_at",
            "updated_at",
            "org_id",
            "display_name",
            "disabled",
            "connector_name",
            "connection_count",
        }
    )

    id: Field[str] = Field("`ccfg_{connector name}_…`.")
    created_at: Field[datetime | None] = Field("When it was created.", read_timestamp)
    updated_at: Field[datetime | None] = Field("When it last changed.", read_timestamp)
    org_id: Field[str | None] = Field("The organisation.")
    display_name: Field[str | None] = Field("A name for people.")
    disabled: Field[bool | None] = Field("Whether it is switched off.")
    metadata: Field[Any] = Field("Your own JSON.")
    connector_name: Field[str | None] = Field("The connector, such as `github`.")
    config: Field[Settings | None] = Field(
        "What the connector needs of the organisation. The API always shows it, client secrets "
        "included.",
        model(Settings),
    )
    connector: Field[Connector | None] = Field(
        "The connector's own description, when it was asked for.", model(Connector)
    )
    connection_count: Field[int | None] = Field(
        "How many connections are made with it, when that was asked for."
    )


class Customer(Object):
    """A customer of yours."""

    __slots__ = ()
    __match_args__ = ("id",)
    _shown = frozenset({"id", "org_id", "connection_count", "created_at", "updated_at"})

    id: Field[str | None] = Field(
        "Your own id. The list also counts connections without a customer, under none."
    )
    org_id: Field[str | None] = Field("The organisation.")
    api_key: Field[str | None] = Field("A key for what the customer may do.")
    metadata: Field[Any] = Field("Your own JSON.")
    connection_count: Field[int | None] = Field("How many connections the customer has; in lists.")
    created_at: Field[datetime | None] = Field("When the customer was created.", read_timestamp)
    updated_at: Field[datetime | None] = Field("When the customer last changed.", read_timestamp)


class CustomerToken(Object):
    """What a customer's browser or app may hold."""

    __slots__ = ()
    __match_args__ = ("token",)
    _required = ("token",)

    token: Field[str] = Field("A token for what the customer may do, for a limited time.")
    magic_link_url: Field[str | None] = Field(
        "A page on which the customer connects services. The token is part of it."
    )
    api_key: Field[str | None] = Field("A key for the same, without a limit in time.")


class Event(Object):
    """Something that happened."""

    __slots__ = ()
    __match_args__ = ("name", "data")
    _required = ("id",)
    _shown = frozenset({"id", "name", "timestamp", "v", "org_id", "user_id", "customer_id"})

    id: Field[str] = Field("`evt_…`.")
    name: Field[str | None] = Field("What happened, such as `connect.connection-deleted`.")
    timestamp: Field[datetime | None] = Field("When it happened.", read_timestamp)
    data: Field[Any] = Field("What it was about; of another shape for each name.")
    user: Field[Any] = Field("Who did it.")
    v: Field[str | None] = Field("The version of the program that did it.")
    org_id: Field[str | None] = Field("The organisation.")
    user_id: Field[str | None] = Field("The user of the organisation.")
    customer_id: Field[str | None] = Field("The customer.")
    prompt: Field[str | None] = Field("The prompt that led to it, when it was asked for.")


class Health(Object):
    """Whether the API is there."""

    __slots__ = ()
    __match_args__ = ("ok",)
    _required = ("ok",)
    _shown = frozenset({"ok"})

    ok: Field[bool] = Field("Whether it works.")


class Viewer(Object):
    """Who a key belongs to."""

    __slots__ = ()
    __match_args__ = ("role",)
    _required = ("role",)
    _shown = frozenset({"role", "orgId", "customerId", "userId"})

    role: Field[Role] = Field(
        "What it may act as: `anon`, `customer`, `user`, `org`, `system`, or a newer role."
    )
    org_id: Field[str | None] = Field("The organisation.", name="orgId")
    customer_id: Field[str | None] = Field(
        "The customer, for a customer's key or token.", name="customerId"
    )
    user_id: Field[str | None] = Field("The user of the organisation.", name="userId")


class MessageTemplate(Object):
    """A text that explains a customer's connections to a language model."""

    __slots__ = ()
    __match_args__ = ("template",)
    _required = ("template",)
    _shown = frozenset({"language"})

    template: Field[str] = Field("The text. It holds the customer's API key.")
    language: Field[TemplateLanguage | None] = Field("The programming language of its examples.")


class Deleted(Object):
    """What was deleted."""

    __slots__ = ()
    __match_args__ = ("id",)
    _required = ("id",)
    _shown = frozenset({"id"})

    id: Field[str] = Field("The id that is gone.")
