# Written by scripts/generate.py. Do not edit.
import os
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar, overload

from typing_extensions import Unpack

from . import _native as _n
from . import types as _t
from ._bulk import ImportOutcome, ImportProgress

__all__ = ["AsyncOpenintProtocol", "OpenintProtocol"]

_M = TypeVar("_M", bound=_n.Model)

class OpenintProtocol(Protocol):
    """The operations of `Openint`.

    A class that is derived from it has all of them; those that it does not replace raise
    `NotImplementedError`.
    """

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
    ) -> _n.Connection:
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
    ) -> _n.Connection:
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
    ) -> _n.Page[_n.Connection]:
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
    ) -> _n.Deleted:
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
    ) -> _n.ConnectionCheck:
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
    ) -> _n.ConnectorConfig:
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
    ) -> _n.ConnectorConfig:
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
    ) -> _n.Page[_n.ConnectorConfig]:
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
    ) -> _n.ConnectorConfig:
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
    ) -> _n.Deleted:
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
    ) -> _n.Page[_n.Connector]:
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
    ) -> _n.ConnectorStatusReport:
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
    ) -> _n.Customer:
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
    ) -> _n.Page[_n.Customer]:
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
    ) -> _n.CustomerToken:
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
    ) -> _n.Page[_n.Event]:
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
    ) -> _n.Viewer:
        """Says who the key belongs to.

        >>> viewer = client.viewer()
        >>> viewer.role, viewer.org_id
        ('org', 'org_sandbox')
        """
    def health(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Health:
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
    ) -> _n.MessageTemplate:
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
    ) -> Iterator[_n.Connection]:
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
    ) -> Iterator[_n.ConnectorConfig]:
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
    ) -> Iterator[_n.Connector]:
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
    ) -> Iterator[_n.Customer]:
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
    ) -> Iterator[_n.Event]:
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
    ) -> Iterator[ImportOutcome]:
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
    def close(self) -> None:
        """Ends the client."""

class AsyncOpenintProtocol(Protocol):
    """The operations of `AsyncOpenint`.

    A class that is derived from it has all of them; those that it does not replace raise
    `NotImplementedError`.
    """

    async def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: _t.ConnectorInput,
        metadata: _t.JsonObject | None = None,
        check_connection: bool | None = None,
        idempotency_key: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Connection:
        """Creates a connection of a customer from credentials that you have.

        The API does not recognise a repetition: calling it twice makes two connections, unless an
        `idempotency_key` says that they are one. Without a key it is tried again only when the
        server cannot have created the first; where nobody can know, the error's
        `may_have_been_applied` is true.

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
    async def get_connection(
        self,
        id: str,
        *,
        include_secrets: bool | None = None,
        refresh_policy: _t.RefreshPolicy | None = None,
        expand: _t.ConnectionExpand | Sequence[_t.ConnectionExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Connection:
        """Gets a connection.

        Args:
            id: The connection, `conn_…`.
            include_secrets: True to include the settings with their secrets.
            refresh_policy: When credentials are renewed first; the API's default is `auto`. Without
                `include_secrets` it has no effect.
            expand: Further details to include.
        """
    async def list_connections(
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
    ) -> _n.Page[_n.Connection]:
        """Lists connections, those that changed last first. `iter_connections` reads all.

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
    async def delete_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Deleted:
        """Deletes a connection, `conn_…`. A second time it is a `NotFoundError`.

        After a repetition that error can mean that the first attempt deleted it.

        Args:
            id: The connection, `conn_…`.
        """
    async def check_connection(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> _n.ConnectionCheck:
        """Tries the credentials of a connection, `conn_…`, at the connected service.

        A failed check is a success of this call: look at the `status`.

        Args:
            id: The connection, `conn_…`.
        """
    async def create_connector_config(
        self,
        connector_name: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        metadata: _t.JsonObject | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.ConnectorConfig:
        """Creates a connector config: a connector as your organisation uses it.

        Calling it twice makes two, so it is tried again only when the server cannot have created
        the first.

        Args:
            connector_name: The connector, such as `github`.
            display_name: A name for people.
            disabled: True to create it switched off.
            metadata: A JSON object of yours that is kept with it.
            config: A JSON object with what the connector needs of your organisation, such as
                `{"oauth": {"client_id": …, "client_secret": …}}`.
        """
    async def get_connector_config(
        self,
        id: str,
        *,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.ConnectorConfig:
        """Gets a connector config. The API always shows its `config`, client secrets included.

        Args:
            id: The connector config, `ccfg_…`.
            expand: Further details to include.
        """
    async def list_connector_configs(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        connector_names: _t.Names | None = None,
        search_query: str | None = None,
        expand: _t.ConnectorConfigExpand | Sequence[_t.ConnectorConfigExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Page[_n.ConnectorConfig]:
        """Lists connector configs. `iter_connector_configs` reads all.

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            connector_names: Only configs of these connectors.
            search_query: Only configs that this text finds. The API trims it, and `%` and `_` are wildcards.
            expand: Further details to include.
        """
    async def update_connector_config(
        self,
        id: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        config: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.ConnectorConfig:
        """Changes a connector config. What is not given stays.

        Args:
            id: The connector config, `ccfg_…`.
            display_name: A name for people.
            disabled: True to switch it off, false to switch it on.
            config: A JSON object with what the connector needs of your organisation, in place of the one
                before.
        """
    async def delete_connector_config(
        self,
        id: str,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Deleted:
        """Deletes a connector config, `ccfg_…`.

        Args:
            id: The connector config, `ccfg_…`.
        """
    async def list_connectors(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        expand: _t.ConnectorExpand | Sequence[_t.ConnectorExpand] | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Page[_n.Connector]:
        """Lists the connectors that the API knows. `iter_connectors` reads all.

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            expand: Further details to include.
        """
    async def connector_status(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> _n.ConnectorStatusReport:
        """Says of every connector whether the organisation uses it and whether it works."""
    async def upsert_customer(
        self,
        id: str,
        *,
        metadata: _t.JsonObject | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Customer:
        """Creates a customer, or changes the one of that id.

        **It replaces the customer's metadata**: without any in the call, what was there is gone.

        Args:
            id: Your own id of the customer.
            metadata: A JSON object of yours that is kept with the customer, in place of the one before.
        """
    async def list_customers(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Page[_n.Customer]:
        """Lists customers. `iter_customers` reads all.

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only customers with a connection whose ids or connector name hold this text. The API
                trims it, and `%` and `_` are wildcards.
        """
    async def create_customer_token(
        self,
        customer_id: str,
        *,
        validity_in_seconds: int | None = None,
        connect_options: _t.ConnectOptions | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.CustomerToken:
        """Makes a token for a customer, for use in a browser or an app.

        With it comes a link to a page on which the customer connects services. A customer that
        OpenInt has not seen is created.

        **It wipes the customer's metadata.** The API does not decode the id in the path. Letters,
        digits and `-._~@:+$=&,;()!*` go as they are; with any other character, such as a blank or
        `é`, the token is that of another customer than the one in `create_connection`.

        A client for what the customer may do is made from the token, or from the API key that
        comes with it.

        Args:
            customer_id: Your own id of the customer.
            validity_in_seconds: The life of the token in seconds, 1 or more; the API's default is 2,592,000 (30 days).
            connect_options: Options of the page behind the link.
        """
    async def list_events(
        self,
        *,
        limit: int | None = None,
        offset: int | None = None,
        search_query: str | None = None,
        since: _t.Instant | None = None,
        include_prompt: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Page[_n.Event]:
        """Lists what happened in the organisation, the newest first. `iter_events` reads all.

        Args:
            limit: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            since: Only events from this time on, itself included.
            include_prompt: True to ask for the prompts that led to an event. The API was not seen to send any.
        """
    async def viewer(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Viewer:
        """Says who the key belongs to."""
    async def health(
        self,
        **options: Unpack[_t.CallOptions]
    ) -> _n.Health:
        """Says whether the API is there."""
    async def health_echo(
        self,
        body: _t.JsonObject,
        **options: Unpack[_t.CallOptions]
    ) -> Any:
        """Sends any JSON object there and back, so that a connection is open when it is needed.

        Args:
            body: A JSON object.
        """
    async def message_template(
        self,
        customer_id: str,
        *,
        language: _t.TemplateLanguage | None = None,
        use_environment_variables: bool | None = None,
        **options: Unpack[_t.CallOptions]
    ) -> _n.MessageTemplate:
        """Gets a text that explains a customer's connections to a language model.

        It holds an API key of the customer. A customer that is only named in `create_connection` has
        no record of its own, so this is a `NotFoundError` for it.

        Args:
            customer_id: Your own id of the customer.
            language: The programming language of its examples.
            use_environment_variables: True to have its examples take keys from the environment.
        """
    @overload
    async def request(
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
    async def request(
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
    ) -> AsyncIterator[_n.Connection]:
        """All connections, asked for page by page as they are needed.

        Every row that exists during the whole reading comes exactly once, also when rows are created,
        changed and deleted meanwhile; otherwise the last thing that comes out is an
        `IncompleteListError`. Any error is the last thing, and rows before it stay good. Memory holds
        one page, and 16 bytes of each row that came. To delete what a list gives, collect it first.

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
    ) -> AsyncIterator[_n.ConnectorConfig]:
        """All connector configs, asked for page by page: see `iter_connections`.

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
    ) -> AsyncIterator[_n.Connector]:
        """All connectors, asked for page by page: see `iter_connections`.

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
    ) -> AsyncIterator[_n.Customer]:
        """All customers, asked for page by page: see `iter_connections`.

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
    ) -> AsyncIterator[_n.Event]:
        """All events, asked for page by page: see `iter_connections`.

        Args:
            page_size: The most rows of a page, 0 to 3,000; 50 where the API decides.
            offset: The number of rows to leave out at the beginning.
            search_query: Only events that this text finds. The API trims it, and `%` and `_` are wildcards.
            since: Only events from this time on, itself included.
            include_prompt: True to ask for the prompts that led to an event. The API was not seen to send any.
        """
    def create_connections(
        self,
        rows: Iterable[Any] | AsyncIterable[Any],
        *,
        name: str = "import",
        journal: str | os.PathLike[str] | None = None,
        concurrency: int = 16,
        max_rate: float | None = None,
        first_run: bool = False,
        on_progress: Callable[[ImportProgress], object] | None = None,
        **options: Unpack[_t.CallOptions],
    ) -> AsyncIterator[ImportOutcome]:
        """Creates the connections of many rows, by many calls at once.

        It takes what `Openint.create_connections` takes, and rows also from an asynchronous
        iterable. Rows of an ordinary iterable are read on the event loop's thread. An asynchronous
        generator ends with its `aclose`: `contextlib.aclosing` calls it where a loop is left early.
        """
    async def close(self) -> None:
        """Ends the client."""
