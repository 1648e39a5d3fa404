# What methods take, for type checkers alone; there is nothing of it at run time:
#
#     if TYPE_CHECKING:
#         from openint_sdk._inputs import RefreshPolicy
#
# The values of the API grow, so each of its lists of words takes any other text as well.

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, TypeAlias

from typing_extensions import TypedDict

from ._object import Object

Seconds: TypeAlias = float | timedelta
"""Seconds, or a `timedelta`."""

Query: TypeAlias = Mapping[str, object] | Iterable[tuple[str, object]]
"""Query parameters: texts, numbers, truth values, `None` to leave one out, or a list of these,
which is sent as the name repeated."""

JsonObject: TypeAlias = Mapping[str, Any] | Object
"""A JSON object."""

Instant: TypeAlias = datetime | str
"""A `datetime` with a time zone, or a text such as `2026-11-24T00:00:00Z`."""

Names: TypeAlias = str | Sequence[str]
"""One name or several."""

RefreshPolicy: TypeAlias = Literal["none", "force", "auto"] | str
ConnectionStatus: TypeAlias = Literal["healthy", "disconnected", "error", "manual", "unknown"] | str
ConnectorStage: TypeAlias = Literal["alpha", "beta", "ga", "hidden"] | str
AuthType: TypeAlias = Literal["BASIC", "OAUTH1", "OAUTH2", "OAUTH2CC", "API_KEY", "CUSTOM"] | str
Role: TypeAlias = Literal["anon", "customer", "user", "org", "system"] | str
TemplateLanguage: TypeAlias = Literal["javascript"] | str

ConnectionExpand: TypeAlias = Literal["connector"] | Names
ConnectorExpand: TypeAlias = Literal["schemas"] | Names
ConnectorConfigExpand: TypeAlias = (
    Literal["connector", "connector.schemas", "connection_count"] | Names
)

class ConnectOptions(TypedDict, total=False):
    """What the page offers on which a customer connects services."""

    return_url: str
    """Where the customer comes back to."""
    connector_names: Sequence[str]
    """Offers only these connectors."""
    view: Literal["add", "manage"] | str
    """What the page begins with: new connections, or those that are there."""
    debug: bool
    """Whether the page shows what it does."""
    is_embedded: bool
    """Whether the page stands inside one of yours."""
    hide_navigation: bool
    """Whether the page leaves its navigation out."""

class CallOptions(TypedDict, total=False):
    """Options that every method takes. `None` is one that was left out."""

    timeout: Seconds | None
    """As for the client, for this call."""
    connect_timeout: Seconds | None
    """As for the client, for this call."""
    max_retries: int | None
    """As for the client, for this call."""
    extra_headers: Mapping[str, str] | None
    """Headers to send besides, or in place of the client's."""
    extra_query: Query | None
    """Query parameters to send besides."""
    extra_body: Mapping[str, Any] | None
    """Top-level fields of the body to send besides, or in place of the method's."""
