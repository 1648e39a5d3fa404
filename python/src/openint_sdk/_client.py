"""The blocking client."""

from __future__ import annotations

from ._base import BaseClient, Rows, on_this_thread, operation, reader, request
from ._options import options
from ._types import NOT_GIVEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType
    from typing import Any, TypeVar, overload

    from typing_extensions import Unpack

    from ._base import Request
    from ._connectors import ConnectorInput
    from ._inputs import (
        CallOptions,
        ConnectionExpand,
        ConnectOptions,
        ConnectorConfigExpand,
        ConnectorExpand,
        Instant,
        JsonObject,
        Names,
        Query,
        RefreshPolicy,
        Seconds,
        TemplateLanguage,
    )
    from ._models import (
        Connection,
        ConnectionCheck,
        Connector,
        ConnectorConfig,
        ConnectorStatusReport,
        Customer,
        CustomerToken,
        Deleted,
        Event,
        Health,
        MessageTemplate,
        Viewer,
    )
    from ._native import Answer, CancelToken
    from ._object import Object
    from ._page import Page
    from ._raw import RawOpenint

    M = TypeVar("M", bound=Object)


class Openint(BaseClient):
    """A client of the OpenInt API. Its calls block, and any number of threads can share it.

    Args (each may be left out):
        api_key: the organisation's key, or a customer's key or token. Without it,
            ``OPENINT_API_KEY``.
        base_url: where the API is. Without it, ``OPENINT_BASE_URL``, and without that
            ``https://api.openint.dev/v1``.
        timeout: seconds that one attempt may take, from connecting to the last byte: 60.
        connect_timeout: the part of it that name resolution, connecting and TLS may take: 10.
        max_retries: how often a call is repeated at the most where that is safe: 2. A write is
            repeated only when the server cannot have carried it out.
        default_headers: headers that every call sends.
        user_agent: in place of ``openint-python/VERSION``.
        proxy: an HTTP proxy. Without it those of the environment count, but never on loopback.
        ca_bundle: a PEM file with the authorities to trust in place of the system's.
        max_response_bytes: the largest answer that is read: 64 MiB.
        allow_plain_http: permits ``http`` beyond loopback, which shows the key to the network.

    Every method also takes the options of a call:
        timeout, connect_timeout, max_retries: as for the client, for this call.
        extra_headers: headers to send besides, or in place of the client's.
        extra_query: query parameters to send besides.
        extra_body: top-level fields of the body to send besides, or in place of the method's.

    >>> with Openint() as client:
    ...     connection = client.create_connection(
    ...         connector_config_id="ccfg_",
    ...         customer_id="customer_id",
    ...         data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ...     )
    >>> connection.customer_id
    'customer_id'
    """

    def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: ConnectorInput,
        metadata: JsonObject | None = None,
        check_connection: bool | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[CallOptions],
    ) -> Connection:
        """Creates a connection of a customer from credentials that you have.

        The API does not recognise a repetition: calling it twice makes two connections, unless an
        ``idempotency_key`` says that they are one. Without a key it is tried again only when the
        server cannot have created the first; where nobody can know, the error's
        ``may_have_been_applied`` is true.

        Args:
            connector_config_id: the connector config, ``ccfg_…``.
            customer_id: your own id of your customer; one that OpenInt has not seen is created.
            data: the connector and its settings: a dict, a dataclass or ``ConnectorData``.
            metadata: a JSON object of yours that is kept with the connection.
            check_connection: whether the server tries the credentials at once. A failed check does
                not fail the call: look at ``status``.
            idempotency_key: makes repeating the call harmless: a text of yours, 1 to 255 visible
                ASCII characters, that no other connection of the customer to this connector config
                is created with.
            options: see :class:`Openint`.

        The key is kept in the connection's metadata, in the field ``openint_idempotency_key``, and
        looked up there by customer and connector config: before the first attempt, which costs a
        request of its own, and again after each attempt of unknown effect (a timeout, a lost
        connection, a 5xx). A connection that is there is returned as it is, whatever the other
        arguments say; if there are several, the oldest stays and the others are deleted. It is
        also sent as ``Idempotency-Key``, for servers that will honour it. What remains: a request
        that the server carries out only after the last look, and calls with one key at the same
        moment, can leave a second connection until the next call with this key.

        >>> from openint_sdk import ConnectorData, OAuth2Credentials
        >>> connection = client.create_connection(
        ...     connector_config_id="ccfg_github_sandbox",
        ...     customer_id="customer_42",
        ...     data=ConnectorData.oauth2(
        ...         "github", OAuth2Credentials(access_token="gho_16C7e42F", expires_in=28_800)
        ...     ),
        ...     metadata={"plan": "pro"},
        ... )
        >>> connection.metadata.plan
        'pro'
        >>> connection.settings.oauth.credentials.expires_at > connection.created_at
        True
        """
        params = {
            "connector_config_id": connector_config_id,
            "customer_id": customer_id,
            "data": data,
            "metadata": metadata,
            "check_connection": check_connection,
            "idempotency_key": idempotency_key,
        }
        return self._call("create_connection", params, options)

    def get_connection(
        self,
        id: str,
        *,
        include_secrets: bool = False,
        refresh_policy: RefreshPolicy | None = None,
        expand: ConnectionExpand | None = None,
        **options: Unpack[CallOptions],
    ) -> Connection:
        """Gets a connection.

        Args:
            id: the connection, ``conn_…``.
            include_secrets: whether ``settings`` are shown.
            refresh_policy: when credentials are renewed first: ``none``, ``force``, or ``auto``,
                which is the API's default: when they have run out.
            expand: what else comes along: ``connector``, its connector's own description.
            options: see :class:`Openint`.

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
        """
        params = {
            "id": id,
            "include_secrets": include_secrets,
            "refresh_policy": refresh_policy,
            "expand": expand,
        }
        return self._call("get_connection", params, options)

    def list_connections(
        self,
        *,
        customer_id: str | None = None,
        connector_config_id: str | None = None,
        connector_names: Names | None = None,
        search_query: str | None = None,
        include_secrets: bool = False,
        refresh_policy: RefreshPolicy | None = None,
        expand: ConnectionExpand | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Connection]:
        """Lists connections, those that changed last first. :meth:`iter_connections` reads all.

        Args:
            customer_id: only those of this customer.
            connector_config_id: only those of this connector config, ``ccfg_…``.
            connector_names: only those to this connector, or to one of several.
            search_query: only those that this text finds.
            include_secrets: whether ``settings`` are shown.
            refresh_policy: when credentials are renewed first: ``force``, ``auto``, or ``none``,
                which is the API's default here.
            expand: what else comes along: ``connector``, its connector's own description.
            limit: the most rows of a page, at most 3,000; 50 where the API decides.
            offset: the rows to leave out at the beginning.
            options: see :class:`Openint`.

        >>> page = client.list_connections(customer_id="customer_41", connector_names=["github"])
        >>> page.items
        ()
        """
        params = {
            "customer_id": customer_id,
            "connector_config_id": connector_config_id,
            "connector_names": connector_names,
            "search_query": search_query,
            "include_secrets": include_secrets,
            "refresh_policy": refresh_policy,
            "expand": expand,
            "limit": limit,
            "offset": offset,
        }
        return self._call("list_connections", params, options)

    def iter_connections(
        self,
        *,
        customer_id: str | None = None,
        connector_config_id: str | None = None,
        connector_names: Names | None = None,
        search_query: str | None = None,
        include_secrets: bool = False,
        refresh_policy: RefreshPolicy | None = None,
        expand: ConnectionExpand | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Connection]:
        """All connections, asked for page by page as they are needed.

        Memory holds one page. An error is the last thing that comes out; what came before it stays
        good.

        The API sorts by the time of the last change, so rows that change during the reading move
        to the front and push others onto the next page: a row that comes again is left out, as far
        as ten thousand rows back. A row that is deleted during the reading pulls others to the page
        before: to delete what a list gives, collect it first.

        Args:
            page_size: how many rows are asked for at once, at most 3,000: 500.
            offset: the rows to leave out at the beginning.

        The others are those of :meth:`list_connections`.

        >>> for connection in client.iter_connections(customer_id="customer_41"):
        ...     print(connection.id)
        """
        params = {
            "customer_id": customer_id,
            "connector_config_id": connector_config_id,
            "connector_names": connector_names,
            "search_query": search_query,
            "include_secrets": include_secrets,
            "refresh_policy": refresh_policy,
            "expand": expand,
            "page_size": page_size,
            "offset": offset,
        }
        return self._iterate("list_connections", params, options)

    def delete_connection(self, id: str, **options: Unpack[CallOptions]) -> Deleted:
        """Deletes a connection, ``conn_…``. A second time it is a :class:`NotFoundError`.

        After a repetition that error can mean that the first attempt deleted it.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> client.delete_connection(created.id).id == created.id
        True
        """
        return self._call("delete_connection", {"id": id}, options)

    def check_connection(self, id: str, **options: Unpack[CallOptions]) -> ConnectionCheck:
        """Tries the credentials of a connection, ``conn_…``, at the connected service.

        A failed check is a success of this call: look at the ``status``.

        >>> created = client.create_connection(
        ...     connector_config_id="ccfg_",
        ...     customer_id="customer_id",
        ...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
        ... )
        >>> if client.check_connection(created.id).status != "healthy":
        ...     print("ask the customer to connect again")
        ask the customer to connect again
        """
        return self._call("check_connection", {"id": id}, options)

    def create_connector_config(
        self,
        connector_name: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        metadata: JsonObject | None = None,
        config: JsonObject | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """Creates a connector config: a connector as your organisation uses it.

        Calling it twice makes two, so it is tried again only when the server cannot have created
        the first.

        Args:
            connector_name: the connector, such as ``github``.
            display_name: a name for people.
            disabled: whether it is switched off.
            metadata: a JSON object of yours that is kept with it.
            config: what the connector needs of your organisation, such as
                ``{"oauth": {"client_id": …, "client_secret": …}}``.
            options: see :class:`Openint`.

        >>> config = client.create_connector_config(
        ...     "github",
        ...     display_name="GitHub",
        ...     config={"oauth": {"client_id": "a", "client_secret": "b"}},
        ... )
        >>> config.id.startswith("ccfg_github_")
        True
        """
        params = {
            "connector_name": connector_name,
            "display_name": display_name,
            "disabled": disabled,
            "metadata": metadata,
            "config": config,
        }
        return self._call("create_connector_config", params, options)

    def get_connector_config(
        self,
        id: str,
        *,
        expand: ConnectorConfigExpand | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """Gets a connector config. The API always shows its ``config``, client secrets included.

        Args:
            id: the connector config, ``ccfg_…``.
            expand: what else comes along: ``connector``, ``connector.schemas``,
                ``connection_count``.
            options: see :class:`Openint`.

        >>> config = client.get_connector_config("ccfg_discord_sandbox", expand="connector")
        >>> config.connector.name
        'discord'
        """
        return self._call("get_connector_config", {"id": id, "expand": expand}, options)

    def list_connector_configs(
        self,
        *,
        connector_names: Names | None = None,
        search_query: str | None = None,
        expand: ConnectorConfigExpand | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[ConnectorConfig]:
        """Lists connector configs. :meth:`iter_connector_configs` reads all.

        Args:
            connector_names: only those of this connector, or of one of several.
            search_query: only those that this text finds.
            expand: what else comes along: ``connector``, ``connector.schemas``,
                ``connection_count``.
            limit: the most rows of a page, at most 3,000; 50 where the API decides.
            offset: the rows to leave out at the beginning.
            options: see :class:`Openint`.

        >>> page = client.list_connector_configs(
        ...     connector_names="discord", expand="connection_count"
        ... )
        >>> page.items[0].connection_count
        0
        """
        params = {
            "connector_names": connector_names,
            "search_query": search_query,
            "expand": expand,
            "limit": limit,
            "offset": offset,
        }
        return self._call("list_connector_configs", params, options)

    def iter_connector_configs(
        self,
        *,
        connector_names: Names | None = None,
        search_query: str | None = None,
        expand: ConnectorConfigExpand | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[ConnectorConfig]:
        """All connector configs, asked for page by page: see :meth:`iter_connections`.

        The arguments are those of :meth:`list_connector_configs`.

        >>> sorted(config.connector_name for config in client.iter_connector_configs())[:2]
        ['acme-apikey', 'acme-oauth2']
        """
        params = {
            "connector_names": connector_names,
            "search_query": search_query,
            "expand": expand,
            "page_size": page_size,
            "offset": offset,
        }
        return self._iterate("list_connector_configs", params, options)

    def update_connector_config(
        self,
        id: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        config: JsonObject | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """Changes a connector config. What is not given stays.

        Args:
            id: the connector config, ``ccfg_…``.
            display_name: a name for people.
            disabled: whether it is switched off.
            config: replaces what the connector needs of your organisation, as a whole.
            options: see :class:`Openint`.

        >>> client.update_connector_config("ccfg_github_sandbox", disabled=True).disabled
        True
        """
        params = {"id": id, "display_name": display_name, "disabled": disabled, "config": config}
        return self._call("update_connector_config", params, options)

    def delete_connector_config(self, id: str, **options: Unpack[CallOptions]) -> Deleted:
        """Deletes a connector config, ``ccfg_…``.

        >>> config = client.create_connector_config("github")
        >>> client.delete_connector_config(config.id).id == config.id
        True
        """
        return self._call("delete_connector_config", {"id": id}, options)

    def list_connectors(
        self,
        *,
        expand: ConnectorExpand | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Connector]:
        """Lists the connectors that the API knows. :meth:`iter_connectors` reads all.

        Args:
            expand: what else comes along: ``schemas``, the JSON schemas of settings and config.
            limit: the most rows of a page, at most 3,000; 50 where the API decides.
            offset: the rows to leave out at the beginning.
            options: see :class:`Openint`.

        >>> len(client.list_connectors(limit=10))
        10
        """
        params = {"expand": expand, "limit": limit, "offset": offset}
        return self._call("list_connectors", params, options)

    def iter_connectors(
        self,
        *,
        expand: ConnectorExpand | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Connector]:
        """All connectors, asked for page by page: see :meth:`iter_connections`.

        The arguments are those of :meth:`list_connectors`.

        >>> "github" in {connector.name for connector in client.iter_connectors(page_size=100)}
        True
        """
        params = {"expand": expand, "page_size": page_size, "offset": offset}
        return self._iterate("list_connectors", params, options)

    def connector_status(self, **options: Unpack[CallOptions]) -> ConnectorStatusReport:
        """Says of every connector whether the organisation uses it and whether it works.

        >>> report = client.connector_status()
        >>> len(report.list) == report.total
        True
        """
        return self._call("connector_status", {}, options)

    def upsert_customer(
        self, id: str, *, metadata: JsonObject | None = None, **options: Unpack[CallOptions]
    ) -> Customer:
        """Creates a customer, or changes the one of that id.

        **It replaces the customer's metadata**: without any in the call, what was there is gone.

        Args:
            id: your own id of the customer.
            metadata: a JSON object of yours that is kept with the customer.
            options: see :class:`Openint`.

        >>> client.upsert_customer("customer_42", metadata={"plan": "pro"}).metadata.plan
        'pro'
        """
        return self._call("upsert_customer", {"id": id, "metadata": metadata}, options)

    def list_customers(
        self,
        *,
        search_query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Customer]:
        """Lists customers. :meth:`iter_customers` reads all.

        Args:
            search_query: only those that this text finds.
            limit: the most rows of a page, at most 3,000; 50 where the API decides.
            offset: the rows to leave out at the beginning.
            options: see :class:`Openint`.

        >>> client.list_customers(search_query="nobody").items
        ()
        """
        params = {"search_query": search_query, "limit": limit, "offset": offset}
        return self._call("list_customers", params, options)

    def iter_customers(
        self,
        *,
        search_query: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Customer]:
        """All customers, asked for page by page: see :meth:`iter_connections`.

        The arguments are those of :meth:`list_customers`.

        >>> for customer in client.iter_customers(search_query="nobody"):
        ...     print(customer.id, customer.connection_count)
        """
        params = {"search_query": search_query, "page_size": page_size, "offset": offset}
        return self._iterate("list_customers", params, options)

    def create_customer_token(
        self,
        customer_id: str,
        *,
        validity_in_seconds: int | None = None,
        connect_options: ConnectOptions | None = None,
        **options: Unpack[CallOptions],
    ) -> CustomerToken:
        """Makes a token for a customer, for use in a browser or an app.

        With it comes a link to a page on which the customer connects services. A customer that
        OpenInt has not seen is created.

        **It wipes the customer's metadata.** Ids with characters other than letters, digits and
        ``-._~`` are escaped in the path, and the API keeps them as they were sent, so such a
        customer is another one here than in :meth:`create_connection`.

        A client for what the customer may do is made from the token, or from the API key that
        comes with it.

        Args:
            customer_id: your own id of the customer.
            validity_in_seconds: how long the token is good for.
            connect_options: what the page behind the link offers: ``return_url``,
                ``connector_names``, ``view`` (``add`` or ``manage``), ``debug``, ``is_embedded``,
                ``hide_navigation``.
            options: see :class:`Openint`.

        >>> token = client.create_customer_token(
        ...     "customer_42",
        ...     validity_in_seconds=600,
        ...     connect_options={"connector_names": ["github"], "view": "add"},
        ... )
        >>> Openint(api_key=token.token).viewer().role
        'customer'
        """
        params = {
            "customer_id": customer_id,
            "validity_in_seconds": validity_in_seconds,
            "connect_options": connect_options,
        }
        return self._call("create_customer_token", params, options)

    def list_events(
        self,
        *,
        search_query: str | None = None,
        since: Instant | None = None,
        include_prompt: bool = False,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Event]:
        """Lists what happened in the organisation, the newest first. :meth:`iter_events` reads all.

        Args:
            search_query: only those that this text finds.
            since: only those after this time.
            include_prompt: whether the prompts that led to an event are shown.
            limit: the most rows of a page, at most 3,000; 50 where the API decides.
            offset: the rows to leave out at the beginning.
            options: see :class:`Openint`.

        >>> for event in client.list_events(since="2100-01-01T00:00:00Z", limit=10):
        ...     print(event.timestamp, event.name)
        """
        params = {
            "search_query": search_query,
            "since": since,
            "include_prompt": include_prompt,
            "limit": limit,
            "offset": offset,
        }
        return self._call("list_events", params, options)

    def iter_events(
        self,
        *,
        search_query: str | None = None,
        since: Instant | None = None,
        include_prompt: bool = False,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Iterator[Event]:
        """All events, asked for page by page: see :meth:`iter_connections`.

        The arguments are those of :meth:`list_events`.

        >>> next(client.iter_events(since="2100-01-01T00:00:00Z"), None) is None
        True
        """
        params = {
            "search_query": search_query,
            "since": since,
            "include_prompt": include_prompt,
            "page_size": page_size,
            "offset": offset,
        }
        return self._iterate("list_events", params, options)

    def viewer(self, **options: Unpack[CallOptions]) -> Viewer:
        """Says who the key belongs to.

        >>> viewer = client.viewer()
        >>> viewer.role, viewer.org_id
        ('org', 'org_sandbox')
        """
        return self._call("viewer", {}, options)

    def health(self, **options: Unpack[CallOptions]) -> Health:
        """Says whether the API is there.

        >>> client.health().ok
        True
        """
        return self._call("health", {}, options)

    def health_echo(self, body: JsonObject, **options: Unpack[CallOptions]) -> Any:
        """Sends any JSON object there and back, so that a connection is open when it is needed.

        >>> client.health_echo({"warm": 1}).input.warm
        1
        """
        return self._call("health_echo", {"body": body}, options)

    def message_template(
        self,
        customer_id: str,
        *,
        language: TemplateLanguage | None = None,
        use_environment_variables: bool = False,
        **options: Unpack[CallOptions],
    ) -> MessageTemplate:
        """Gets a text that explains a customer's connections to a language model.

        It holds an API key of the customer, and the API **forgets the customer's metadata** when it
        is asked for it.

        Args:
            customer_id: your own id of the customer.
            language: the programming language of its examples: ``javascript``.
            use_environment_variables: whether its examples take keys from the environment.
            options: see :class:`Openint`.

        >>> client.message_template("customer_42", language="javascript").language
        'javascript'
        """
        params = {
            "customer_id": customer_id,
            "language": language,
            "use_environment_variables": use_environment_variables,
        }
        return self._call("message_template", params, options)

    if TYPE_CHECKING:

        @overload
        def request(
            self,
            method: str,
            path: str,
            *,
            path_params: Mapping[str, str | int] | None = None,
            query: Query | None = None,
            body: Any = NOT_GIVEN,
            repeat_safe: bool | None = None,
            cast_to: None = None,
            **options: Unpack[CallOptions],
        ) -> Any: ...

        @overload
        def request(
            self,
            method: str,
            path: str,
            *,
            path_params: Mapping[str, str | int] | None = None,
            query: Query | None = None,
            body: Any = NOT_GIVEN,
            repeat_safe: bool | None = None,
            cast_to: type[M],
            **options: Unpack[CallOptions],
        ) -> M: ...

    def request(
        self,
        method: str,
        path: str,
        *,
        path_params: Mapping[str, str | int] | None = None,
        query: Query | None = None,
        body: Any = NOT_GIVEN,
        repeat_safe: bool | None = None,
        cast_to: type[Any] | None = None,
        **options: Unpack[CallOptions],
    ) -> Any:
        """Sends a request to a route that has no method yet.

        Args:
            method: GET, POST, PUT, PATCH or DELETE.
            path: a template such as ``/connection/{id}``.
            path_params: what fills the placeholders, escaped, so that an id can never change the
                route.
            query: query parameters: texts, numbers, truth values, or lists of these.
            body: what is sent as JSON.
            repeat_safe: whether carrying it out twice is as good as once; preset: yes for GET, PUT
                and DELETE.
            cast_to: the model that the answer is read as; else it becomes frozen objects.
            options: see :class:`Openint`.

        >>> client.request("GET", "/health").ok
        True
        """
        return self._request(
            (method, path, path_params, query, body, repeat_safe), cast_to, options
        )

    def with_options(
        self,
        *,
        timeout: Seconds | None = None,
        connect_timeout: Seconds | None = None,
        max_retries: int | None = None,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
        cancel: CancelToken | None = None,
    ) -> Openint:
        """A client with other options in front of the same pool. It costs next to nothing.

        ``cancel`` is a :class:`CancelToken` with which another thread ends the client's calls.

        >>> client.with_options(timeout=5, max_retries=0).health().ok
        True
        """
        return self._with(
            options(
                timeout,
                connect_timeout,
                max_retries,
                extra_headers,
                extra_query,
                extra_body,
                cancel,
            )
        )

    @property
    def with_raw_response(self) -> RawOpenint:
        """The same methods, each of which gives a :class:`Response`."""
        from ._raw import RawOpenint

        return RawOpenint(self)

    def close(self) -> None:
        """Closes the connections of the pool. The client, and those that share it, end here."""
        self._shared.close()

    def __enter__(self) -> Openint:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _call(self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
        answer: Answer = on_this_thread(self._shared, operation(name, params, self._under(given)))
        return reader(name)(answer)

    def _request(
        self, arguments: Request, cast_to: type[Any] | None, given: Mapping[str, Any]
    ) -> Any:
        from ._answers import reader_as

        method, call = request(arguments, self._under(given))
        read = reader_as(cast_to, method)
        return read(on_this_thread(self._shared, call))

    def _iterate(
        self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]
    ) -> Iterator[Any]:
        return _each(self, Rows(self._shared, name, params, self._under(given)))


def _each(client: Openint, rows: Rows) -> Iterator[Any]:
    while (page := on_this_thread(client._shared, rows.next_page)) is not None:
        yield from map(rows.row, page)
