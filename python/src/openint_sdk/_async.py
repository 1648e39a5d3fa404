"""The client for ``asyncio``."""

from __future__ import annotations

import asyncio
import contextvars
from contextlib import suppress

from . import _fork
from ._base import BaseClient, Rows, logger, operation, reader, request, succeeded
from ._native import CancelToken
from ._options import options, whole
from ._pool import Pool
from ._raw import same_code
from ._response import Response
from ._types import NOT_GIVEN, T, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
    from types import TracebackType
    from typing import Any, Concatenate, TypeVar, overload

    from typing_extensions import ParamSpec, Unpack

    from ._base import Call, Request
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
    from ._object import Object
    from ._page import Page

    M = TypeVar("M", bound=Object)
    P = ParamSpec("P")


class Threads:
    """The threads of a client, made with its first call in each process."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._pool: Pool | None = None
        self._generation = _fork.generation

    def submit(self, job: Callable[[], None]) -> None:
        """Runs ``job`` on one of them."""
        if self._generation != _fork.generation:
            # The parent's threads are not in this process.
            _fork.abandoned.append(self._pool)
            self._pool = None
            self._generation = _fork.generation
        if self._pool is None:
            self._pool = Pool(self._size)
        self._pool.submit(job)

    def close(self) -> None:
        """Lets them end."""
        if self._pool is not None and self._generation == _fork.generation:
            self._pool.close()
        self._pool = None


class AsyncOpenint(BaseClient):
    """The client for ``asyncio``: the same surface as :class:`Openint`, awaited.

    It never blocks the event loop. Calls run on threads of its own, at most ``max_concurrency`` at
    once (32 where it is not given); the others wait for their turn. Cancelling a task returns at
    once and ends its request within 100 ms. All other options are those of :class:`Openint`.

    >>> import asyncio
    >>> async def main():
    ...     async with AsyncOpenint() as client:
    ...         connection = await client.create_connection(
    ...             connector_config_id="ccfg_",
    ...             customer_id="customer_id",
    ...             data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ...         )
    ...         async for found in client.iter_connections(customer_id="customer_id"):
    ...             print(found.id == connection.id)
    >>> asyncio.run(main())
    True
    """

    _threads: Threads

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: Seconds | None = None,
        connect_timeout: Seconds | None = None,
        max_retries: int | None = None,
        default_headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        proxy: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        max_response_bytes: int | None = None,
        allow_plain_http: bool = False,
        max_concurrency: int = 32,
    ) -> None:
        super().__init__(
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            connect_timeout=connect_timeout,
            max_retries=max_retries,
            default_headers=default_headers,
            user_agent=user_agent,
            proxy=proxy,
            ca_bundle=ca_bundle,
            max_response_bytes=max_response_bytes,
            allow_plain_http=allow_plain_http,
        )
        if whole("max_concurrency", max_concurrency) == 0:
            raise invalid("max_concurrency", "a whole number from 1")
        self._threads = Threads(max_concurrency)

    async def create_connection(
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
        """As :meth:`Openint.create_connection`."""
        params = {
            "connector_config_id": connector_config_id,
            "customer_id": customer_id,
            "data": data,
            "metadata": metadata,
            "check_connection": check_connection,
            "idempotency_key": idempotency_key,
        }
        return await self._call("create_connection", params, options)

    async def get_connection(
        self,
        id: str,
        *,
        include_secrets: bool = False,
        refresh_policy: RefreshPolicy | None = None,
        expand: ConnectionExpand | None = None,
        **options: Unpack[CallOptions],
    ) -> Connection:
        """As :meth:`Openint.get_connection`."""
        params = {
            "id": id,
            "include_secrets": include_secrets,
            "refresh_policy": refresh_policy,
            "expand": expand,
        }
        return await self._call("get_connection", params, options)

    async def list_connections(
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
        """As :meth:`Openint.list_connections`."""
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
        return await self._call("list_connections", params, options)

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
    ) -> AsyncIterator[Connection]:
        """As :meth:`Openint.iter_connections`."""
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

    async def delete_connection(self, id: str, **options: Unpack[CallOptions]) -> Deleted:
        """As :meth:`Openint.delete_connection`."""
        return await self._call("delete_connection", {"id": id}, options)

    async def check_connection(self, id: str, **options: Unpack[CallOptions]) -> ConnectionCheck:
        """As :meth:`Openint.check_connection`."""
        return await self._call("check_connection", {"id": id}, options)

    async def create_connector_config(
        self,
        connector_name: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        metadata: JsonObject | None = None,
        config: JsonObject | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """As :meth:`Openint.create_connector_config`."""
        params = {
            "connector_name": connector_name,
            "display_name": display_name,
            "disabled": disabled,
            "metadata": metadata,
            "config": config,
        }
        return await self._call("create_connector_config", params, options)

    async def get_connector_config(
        self,
        id: str,
        *,
        expand: ConnectorConfigExpand | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """As :meth:`Openint.get_connector_config`."""
        return await self._call("get_connector_config", {"id": id, "expand": expand}, options)

    async def list_connector_configs(
        self,
        *,
        connector_names: Names | None = None,
        search_query: str | None = None,
        expand: ConnectorConfigExpand | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[ConnectorConfig]:
        """As :meth:`Openint.list_connector_configs`."""
        params = {
            "connector_names": connector_names,
            "search_query": search_query,
            "expand": expand,
            "limit": limit,
            "offset": offset,
        }
        return await self._call("list_connector_configs", params, options)

    def iter_connector_configs(
        self,
        *,
        connector_names: Names | None = None,
        search_query: str | None = None,
        expand: ConnectorConfigExpand | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[ConnectorConfig]:
        """As :meth:`Openint.iter_connector_configs`."""
        params = {
            "connector_names": connector_names,
            "search_query": search_query,
            "expand": expand,
            "page_size": page_size,
            "offset": offset,
        }
        return self._iterate("list_connector_configs", params, options)

    async def update_connector_config(
        self,
        id: str,
        *,
        display_name: str | None = None,
        disabled: bool | None = None,
        config: JsonObject | None = None,
        **options: Unpack[CallOptions],
    ) -> ConnectorConfig:
        """As :meth:`Openint.update_connector_config`."""
        params = {"id": id, "display_name": display_name, "disabled": disabled, "config": config}
        return await self._call("update_connector_config", params, options)

    async def delete_connector_config(self, id: str, **options: Unpack[CallOptions]) -> Deleted:
        """As :meth:`Openint.delete_connector_config`."""
        return await self._call("delete_connector_config", {"id": id}, options)

    async def list_connectors(
        self,
        *,
        expand: ConnectorExpand | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Connector]:
        """As :meth:`Openint.list_connectors`."""
        params = {"expand": expand, "limit": limit, "offset": offset}
        return await self._call("list_connectors", params, options)

    def iter_connectors(
        self,
        *,
        expand: ConnectorExpand | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Connector]:
        """As :meth:`Openint.iter_connectors`."""
        params = {"expand": expand, "page_size": page_size, "offset": offset}
        return self._iterate("list_connectors", params, options)

    async def connector_status(self, **options: Unpack[CallOptions]) -> ConnectorStatusReport:
        """As :meth:`Openint.connector_status`."""
        return await self._call("connector_status", {}, options)

    async def upsert_customer(
        self, id: str, *, metadata: JsonObject | None = None, **options: Unpack[CallOptions]
    ) -> Customer:
        """As :meth:`Openint.upsert_customer`."""
        return await self._call("upsert_customer", {"id": id, "metadata": metadata}, options)

    async def list_customers(
        self,
        *,
        search_query: str | None = None,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Customer]:
        """As :meth:`Openint.list_customers`."""
        params = {"search_query": search_query, "limit": limit, "offset": offset}
        return await self._call("list_customers", params, options)

    def iter_customers(
        self,
        *,
        search_query: str | None = None,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Customer]:
        """As :meth:`Openint.iter_customers`."""
        params = {"search_query": search_query, "page_size": page_size, "offset": offset}
        return self._iterate("list_customers", params, options)

    async def create_customer_token(
        self,
        customer_id: str,
        *,
        validity_in_seconds: int | None = None,
        connect_options: ConnectOptions | None = None,
        **options: Unpack[CallOptions],
    ) -> CustomerToken:
        """As :meth:`Openint.create_customer_token`."""
        params = {
            "customer_id": customer_id,
            "validity_in_seconds": validity_in_seconds,
            "connect_options": connect_options,
        }
        return await self._call("create_customer_token", params, options)

    async def list_events(
        self,
        *,
        search_query: str | None = None,
        since: Instant | None = None,
        include_prompt: bool = False,
        limit: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> Page[Event]:
        """As :meth:`Openint.list_events`."""
        params = {
            "search_query": search_query,
            "since": since,
            "include_prompt": include_prompt,
            "limit": limit,
            "offset": offset,
        }
        return await self._call("list_events", params, options)

    def iter_events(
        self,
        *,
        search_query: str | None = None,
        since: Instant | None = None,
        include_prompt: bool = False,
        page_size: int | None = None,
        offset: int | None = None,
        **options: Unpack[CallOptions],
    ) -> AsyncIterator[Event]:
        """As :meth:`Openint.iter_events`."""
        params = {
            "search_query": search_query,
            "since": since,
            "include_prompt": include_prompt,
            "page_size": page_size,
            "offset": offset,
        }
        return self._iterate("list_events", params, options)

    async def viewer(self, **options: Unpack[CallOptions]) -> Viewer:
        """As :meth:`Openint.viewer`."""
        return await self._call("viewer", {}, options)

    async def health(self, **options: Unpack[CallOptions]) -> Health:
        """As :meth:`Openint.health`."""
        return await self._call("health", {}, options)

    async def health_echo(self, body: JsonObject, **options: Unpack[CallOptions]) -> Any:
        """As :meth:`Openint.health_echo`."""
        return await self._call("health_echo", {"body": body}, options)

    async def message_template(
        self,
        customer_id: str,
        *,
        language: TemplateLanguage | None = None,
        use_environment_variables: bool = False,
        **options: Unpack[CallOptions],
    ) -> MessageTemplate:
        """As :meth:`Openint.message_template`."""
        params = {
            "customer_id": customer_id,
            "language": language,
            "use_environment_variables": use_environment_variables,
        }
        return await self._call("message_template", params, options)

    if TYPE_CHECKING:

        @overload
        async def request(
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
        async def request(
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

    async def request(
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
        """As :meth:`Openint.request`."""
        return await self._request(
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
    ) -> AsyncOpenint:
        """A client with other options in front of the same pool and the same threads."""
        return self._with(
            options(timeout, connect_timeout, max_retries, extra_headers, extra_query, extra_body)
        )

    @property
    def with_raw_response(self) -> AsyncRawOpenint:
        """The same methods, each of which gives a :class:`Response`."""
        return AsyncRawOpenint(self)

    async def close(self) -> None:
        """Closes the pool and ends the threads. The client, and those that share it, end here."""
        self._shared.close()
        self._threads.close()

    async def __aenter__(self) -> AsyncOpenint:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _make(self, call: Call) -> Any:
        """Makes a call on one of the threads. When the task is cancelled, so is the call."""
        native = self._shared.native()
        log = logger()
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        token = CancelToken()
        context = contextvars.copy_context()

        def settle(outcome: Any, error: BaseException | None) -> None:
            if future.done():
                return
            if error is None:
                future.set_result(outcome)
            else:
                future.set_exception(error)

        def job() -> None:
            if token.cancelled:
                return
            outcome: Any = None
            error: BaseException | None = None
            try:
                outcome = context.run(call, native, False, log, token)
            except BaseException as raised:
                error = raised
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(settle, outcome, error)

        self._threads.submit(job)
        try:
            return succeeded(await future)
        except asyncio.CancelledError:
            token.cancel()
            raise

    async def _call(self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]) -> Any:
        return reader(name)(await self._make(operation(name, params, self._under(given))))

    async def _request(
        self, arguments: Request, cast_to: type[Any] | None, given: Mapping[str, Any]
    ) -> Any:
        from ._answers import reader_as

        method, call = request(arguments, self._under(given))
        read = reader_as(cast_to, method)
        return read(await self._make(call))

    def _iterate(
        self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]
    ) -> AsyncIterator[Any]:
        return _each(self, Rows(self._shared, name, params, self._under(given)))


async def _each(client: AsyncOpenint, rows: Rows) -> AsyncIterator[Any]:
    while (page := await client._make(rows.next_page)) is not None:
        for row in page:
            yield rows.row(row)


def _raw(
    method: Callable[Concatenate[AsyncOpenint, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[AsyncRawOpenint, P], Coroutine[Any, Any, Response[T]]]:
    found: Callable[Concatenate[AsyncRawOpenint, P], Coroutine[Any, Any, Response[T]]] = same_code(
        method, f"Response[{method.__annotations__['return']}]"
    )
    return found


class AsyncRawOpenint:
    """The methods of :class:`AsyncOpenint`, each of which gives a :class:`Response`."""

    def __init__(self, client: AsyncOpenint) -> None:
        self._client = client

    create_connection = _raw(AsyncOpenint.create_connection)
    get_connection = _raw(AsyncOpenint.get_connection)
    list_connections = _raw(AsyncOpenint.list_connections)
    delete_connection = _raw(AsyncOpenint.delete_connection)
    check_connection = _raw(AsyncOpenint.check_connection)
    create_connector_config = _raw(AsyncOpenint.create_connector_config)
    get_connector_config = _raw(AsyncOpenint.get_connector_config)
    list_connector_configs = _raw(AsyncOpenint.list_connector_configs)
    update_connector_config = _raw(AsyncOpenint.update_connector_config)
    delete_connector_config = _raw(AsyncOpenint.delete_connector_config)
    list_connectors = _raw(AsyncOpenint.list_connectors)
    connector_status = _raw(AsyncOpenint.connector_status)
    upsert_customer = _raw(AsyncOpenint.upsert_customer)
    list_customers = _raw(AsyncOpenint.list_customers)
    create_customer_token = _raw(AsyncOpenint.create_customer_token)
    list_events = _raw(AsyncOpenint.list_events)
    viewer = _raw(AsyncOpenint.viewer)
    health = _raw(AsyncOpenint.health)
    health_echo = _raw(AsyncOpenint.health_echo)
    message_template = _raw(AsyncOpenint.message_template)
    request = _raw(AsyncOpenint.request)

    async def _call(
        self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]
    ) -> Response[Any]:
        client = self._client
        call = operation(name, params, client._under(given))
        return Response(await client._make(call), reader(name))

    async def _request(
        self, arguments: Request, cast_to: type[Any] | None, given: Mapping[str, Any]
    ) -> Response[Any]:
        from ._answers import reader_as

        client = self._client
        method, call = request(arguments, client._under(given))
        read = reader_as(cast_to, method)
        return Response(await client._make(call), read)
