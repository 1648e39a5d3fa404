"""The client for `asyncio`: one wrapper around the blocking client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

from ._native import AsyncClient, CancelToken, Openint, Operations
from ._pool import Threads, run


class _Call:
    """A call that is to be made.

    Its arguments can be secrets. They are here, and not in the variables of a function, because
    error trackers collect those.
    """

    __slots__ = ("_arguments", "_method", "_options")

    def __init__(
        self, method: Callable[..., Any], arguments: tuple[Any, ...], options: dict[str, Any]
    ) -> None:
        self._method = method
        self._arguments = arguments
        self._options = options

    def __call__(self, client: Any) -> Any:
        """Makes it with a blocking client."""
        return self._method(client, *self._arguments, **self._options)

    def __repr__(self) -> str:
        return f"_Call({self._method.__name__})"


class AsyncOpenint(AsyncClient):
    """The client for `asyncio`: the same surface as `Openint`, awaited.

    It never blocks the event loop. Calls run on threads of its own, at most `max_concurrency` at
    once (32 where it is not given); the others wait for their turn. Cancelling a task returns at
    once and ends its request within 100 ms. All other options are those of `Openint`.

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

    def _blocking(self, token: CancelToken) -> Any:
        return self._client.with_options(cancel=token)

    @property
    def with_raw_response(self) -> AsyncRawOpenint:
        """The same methods, each of which gives a `Response`."""
        return AsyncRawOpenint(self)

    def create_connections(self, rows: Any, **options: Any) -> AsyncIterator[Any]:
        """Creates the connections of many rows, by many calls at once.

        It takes what `Openint.create_connections` takes, and rows also from an asynchronous
        iterable. Rows of an ordinary iterable are read on the event loop's thread. An asynchronous
        generator ends with its `aclose`: `contextlib.aclosing` calls it where a loop is left early.
        """
        from ._async_bulk import outcomes, source_of

        # Rows and options hold secrets, and error trackers collect the variables of frames.
        source = source_of(rows)
        start = _Call(Openint.create_connections, (None,), options)
        del rows, options
        return outcomes(start(self._client), source, self._threads)

    async def close(self) -> None:
        """Closes the pool and ends the threads. The client, and those that share it, end here."""
        self._client.close()
        self._threads.close()

    async def __aenter__(self) -> AsyncOpenint:
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.close()


class AsyncRawOpenint:
    """The operations of `AsyncOpenint`, each of which gives a `Response`."""

    def __init__(self, client: AsyncOpenint) -> None:
        self._client = client
        self._threads = client._threads

    def _blocking(self, token: CancelToken) -> Any:
        return self._client._blocking(token).with_raw_response


def _awaited(method: Callable[..., Any]) -> Any:
    """The operation as a coroutine."""

    async def call(self: Any, *arguments: Any, **options: Any) -> Any:
        pending = _Call(method, arguments, options)
        del arguments, options
        token = CancelToken()
        client = self._blocking(token)
        return await run(self._threads, token, lambda: pending(client))

    return call


def _iterated(method: Callable[..., Any]) -> Any:
    """The iterator as an asynchronous one."""

    def call(self: Any, *arguments: Any, **options: Any) -> AsyncIterator[Any]:
        pending = _Call(method, arguments, options)
        del arguments, options
        return _each(self._threads, pending(self._client))

    return call


async def _each(threads: Threads, rows: Any) -> AsyncIterator[Any]:
    def next_page() -> Any:
        return rows.next_page(token)

    token = CancelToken()
    while (page := await run(threads, token, next_page)) is not None:
        for row in page:
            yield row


def _add(owner: type[Any], name: str, method: Callable[..., Any], call: Any) -> None:
    # Its signature and documentation are those of the blocking method.
    call.__wrapped__ = method
    call.__name__ = name
    call.__qualname__ = f"{owner.__name__}.{name}"
    # Without the examples, which do not await.
    paragraphs = str(method.__doc__).split("\n\n")
    call.__doc__ = "\n\n".join(text for text in paragraphs if not text.startswith(">>>"))
    call.__annotations__ = {}
    setattr(owner, name, call)


for _name, _method in vars(Operations).items():
    if not _name.startswith("_"):
        _add(AsyncOpenint, _name, _method, _awaited(_method))
        _add(AsyncRawOpenint, _name, _method, _awaited(_method))
for _name, _method in vars(Openint).items():
    if _name.startswith("iter_"):
        _add(AsyncOpenint, _name, _method, _iterated(_method))
