"""The blocking client."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, overload

from ._calls import Shared, create_connection, make_blocking, request
from ._models import Connection, Object
from ._options import Options, Query, Seconds, options
from ._response import Response
from ._types import NOT_GIVEN, NotGiven

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

    from ._connectors import ConnectorInput
    from ._native import CancelToken

M = TypeVar("M", bound=Object)
C = TypeVar("C", bound="BaseClient")


class BaseClient:
    """What both clients have in common."""

    _shared: Shared
    _options: Options

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
    ) -> None:
        self._shared = Shared(
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
        self._options = Options()

    def _with(self, options: Options) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._options = options.over(self._options)
        return other

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled, because its key must not be: make one where "
            f"it is needed, as {type(self).__name__}() with OPENINT_API_KEY"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._shared.describe()})"


class Openint(BaseClient):
    """A client of the OpenInt API. Its calls block, and any number of threads can share it.

    Args (each may be left out):
        api_key: the organisation's key, or a customer's token. Without it, ``OPENINT_API_KEY``.
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
        metadata: Mapping[str, Any] | Object | NotGiven = NOT_GIVEN,
        check_connection: bool | NotGiven = NOT_GIVEN,
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Connection:
        """Creates a connection of a customer from credentials that you have.

        The API does not recognise a repetition: calling it twice makes two connections. So it is
        tried again only when the server cannot have created the first; where nobody can know, the
        error's ``may_have_been_applied`` is true.

        Args:
            connector_config_id: the connector config, ``ccfg_…``.
            customer_id: your own id of your customer; one that OpenInt has not seen is created.
            data: the connector and its settings: a dict, a dataclass or ``ConnectorData``.
            metadata: a JSON object of yours that is kept with the connection.
            check_connection: whether the server tries the credentials at once. A failed check does
                not fail the call: look at ``status``.
            timeout: as for the client, for this call.
            max_retries: as for the client, for this call.
            extra_headers: headers to send besides, or in place of the client's.
            extra_query: query parameters to send besides.
            extra_body: top-level fields of the body to send besides, or in place of the method's.

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
        return call.value(make_blocking(self._shared, call))

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Any:
        """Sends a request to a route that has no method yet.

        The path is a template whose ``{placeholders}`` are filled from ``path_params``, escaped, so
        that an id can never change the route. ``repeat_safe`` says whether carrying it out twice is
        as good as once; preset: yes for GET, PUT and DELETE. The answer is parsed into frozen
        objects, and with ``cast_to`` into that model.

        >>> client.request("GET", "/health").ok
        True
        >>> client.request("GET", "/connection", query={"limit": 1}).items[0].connector_name
        'github'
        """
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
        return call.value(make_blocking(self._shared, call))

    def with_options(
        self,
        *,
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        connect_timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
        cancel: CancelToken | None = None,
    ) -> Openint:
        """A client with other options in front of the same pool. It costs next to nothing.

        ``cancel`` is a :class:`CancelToken` with which another thread ends the client's calls.

        >>> client.with_options(timeout=5, max_retries=0).request("GET", "/health").ok
        True
        """
        given = options(
            timeout, connect_timeout, max_retries, extra_headers, extra_query, extra_body, cancel
        )
        return self._with(given)

    @property
    def with_raw_response(self) -> RawOpenint:
        """The same methods, each of which gives a :class:`Response`."""
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


class RawOpenint:
    """The methods of :class:`Openint`, with raw access to what they got."""

    def __init__(self, client: Openint) -> None:
        self._client = client

    def create_connection(
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
        return call.response(make_blocking(client._shared, call))

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[Any]: ...

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
        timeout: Seconds | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven | None = NOT_GIVEN,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Query | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> Response[M]: ...

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
        return call.response(make_blocking(client._shared, call))
