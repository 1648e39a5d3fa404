"""The client for ``asyncio``."""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar, overload

from . import _fork, _log
from ._calls import Call, Shared, create_connection, request
from ._client import BaseClient
from ._errors import InvalidInputError
from ._models import Connection, Object
from ._native import CancelToken
from ._options import Query, Seconds, options, whole
from ._pool import Pool
from ._response import Response
from ._types import NOT_GIVEN, NotGiven

if TYPE_CHECKING:
    from types import TracebackType

    from ._connectors import ConnectorInput

M = TypeVar("M", bound=Object)


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


async def make(shared: Shared, threads: Threads, call: Call[Any]) -> Any:
    """Makes a call on one of the threads. When the task is cancelled, so is the call."""
    native = shared.native()
    logger = _log.active()
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
            outcome = context.run(call.make, native, False, logger, token)
        except BaseException as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, outcome, error)

    threads.submit(job)
    try:
        return await future
    except asyncio.CancelledError:
        token.cancel()
        raise


class AsyncOpenint(BaseClient):
    """The client for ``asyncio``: the same surface as :class:`Openint`, awaited.

    It never blocks the event loop. Calls run on threads of its own, at most ``max_concurrency`` at
    once (32 where it is not given); the others wait for their turn. Cancelling a task returns at
    once and ends its request within 100 ms. All other options are those of :class:`Openint`.

    >>> import asyncio
    >>> async def main():
    ...     async with AsyncOpenint() as client:
    ...         return await client.create_connection(
    ...             connector_config_id="ccfg_",
    ...             customer_id="customer_id",
    ...             data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ...         )
    >>> asyncio.run(main()).customer_id
    'customer_id'
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
            raise InvalidInputError.of("max_concurrency", "a whole number from 1")
        self._threads = Threads(max_concurrency)

    async def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: ConnectorInput,
        metadata: Mapping[str, Any] | Object | NotGiven = NOT_GIVEN,
        check_connection: bool | NotGiven = NOT_GIVEN,
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Connection:
        """As :meth:`Openint.create_connection`."""
        call = create_connection(
            options(timeout, NOT_GIVEN, max_retries, extra_headers, extra_query, extra_body).over(
                self._options
            ),
            connector_config_id,
            customer_id,
            data,
            metadata,
            check_connection,
        )
        return call.value(await make(self._shared, self._threads, call))

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Any:
        """As :meth:`Openint.request`."""
        call = request(
            options(timeout, NOT_GIVEN, max_retries, extra_headers, extra_query, extra_body).over(
                self._options
            ),
            method,
            path,
            path_params,
            query,
            body,
            repeat_safe,
            cast_to,
        )
        return call.value(await make(self._shared, self._threads, call))

    def with_options(
        self,
        *,
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        connect_timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> AsyncOpenint:
        """A client with other options in front of the same pool and the same threads."""
        given = options(
            timeout, connect_timeout, max_retries, extra_headers, extra_query, extra_body
        )
        return self._with(given)

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


class AsyncRawOpenint:
    """The methods of :class:`AsyncOpenint`, with raw access to what they got."""

    def __init__(self, client: AsyncOpenint) -> None:
        self._client = client

    async def create_connection(
        self,
        *,
        connector_config_id: str,
        customer_id: str,
        data: ConnectorInput,
        metadata: Mapping[str, Any] | Object | NotGiven = NOT_GIVEN,
        check_connection: bool | NotGiven = NOT_GIVEN,
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[Connection]:
        """As :meth:`Openint.create_connection`."""
        client = self._client
        call = create_connection(
            options(timeout, NOT_GIVEN, max_retries, extra_headers, extra_query, extra_body).over(
                client._options
            ),
            connector_config_id,
            customer_id,
            data,
            metadata,
            check_connection,
        )
        return call.response(await make(client._shared, client._threads, call))

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[Any]: ...

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[M]: ...

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[Any]:
        """As :meth:`Openint.request`."""
        client = self._client
        call = request(
            options(timeout, NOT_GIVEN, max_retries, extra_headers, extra_query, extra_body).over(
                client._options
            ),
            method,
            path,
            path_params,
            query,
            body,
            repeat_safe,
            cast_to,
        )
        return call.response(await make(client._shared, client._threads, call))
