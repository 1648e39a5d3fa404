"""The methods of the clients with raw access to what they got: the same code, another ending."""

from __future__ import annotations

from ._base import on_this_thread, operation, reader, request
from ._client import Openint
from ._response import Response
from ._types import T

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Concatenate

    from typing_extensions import ParamSpec

    from ._base import Request

    P = ParamSpec("P")


def same_code(method: Any, returns: str) -> Any:
    """The method for another class, whose own ``_call`` it will use."""
    copy: Any = type(method)(
        method.__code__, method.__globals__, method.__name__, method.__defaults__
    )
    copy.__kwdefaults__ = method.__kwdefaults__
    copy.__annotations__ = {**method.__annotations__, "return": returns}
    copy.__doc__ = f"As :meth:`{method.__qualname__}`, giving a :class:`Response`."
    copy.__module__ = method.__module__
    copy.__qualname__ = method.__qualname__
    return copy


def _raw(
    method: Callable[Concatenate[Openint, P], T],
) -> Callable[Concatenate[RawOpenint, P], Response[T]]:
    found: Callable[Concatenate[RawOpenint, P], Response[T]] = same_code(
        method, f"Response[{method.__annotations__['return']}]"
    )
    return found


class RawOpenint:
    """The methods of :class:`Openint`, each of which gives a :class:`Response`."""

    def __init__(self, client: Openint) -> None:
        self._client = client

    create_connection = _raw(Openint.create_connection)
    get_connection = _raw(Openint.get_connection)
    list_connections = _raw(Openint.list_connections)
    delete_connection = _raw(Openint.delete_connection)
    check_connection = _raw(Openint.check_connection)
    create_connector_config = _raw(Openint.create_connector_config)
    get_connector_config = _raw(Openint.get_connector_config)
    list_connector_configs = _raw(Openint.list_connector_configs)
    update_connector_config = _raw(Openint.update_connector_config)
    delete_connector_config = _raw(Openint.delete_connector_config)
    list_connectors = _raw(Openint.list_connectors)
    connector_status = _raw(Openint.connector_status)
    upsert_customer = _raw(Openint.upsert_customer)
    list_customers = _raw(Openint.list_customers)
    create_customer_token = _raw(Openint.create_customer_token)
    list_events = _raw(Openint.list_events)
    viewer = _raw(Openint.viewer)
    health = _raw(Openint.health)
    health_echo = _raw(Openint.health_echo)
    message_template = _raw(Openint.message_template)
    request = _raw(Openint.request)

    def _call(
        self, name: str, params: Mapping[str, Any], given: Mapping[str, Any]
    ) -> Response[Any]:
        client = self._client
        call = operation(name, params, client._under(given))
        return Response(on_this_thread(client._shared, call), reader(name))

    def _request(
        self, arguments: Request, cast_to: type[Any] | None, given: Mapping[str, Any]
    ) -> Response[Any]:
        from ._answers import reader_as

        client = self._client
        method, call = request(arguments, client._under(given))
        read = reader_as(cast_to, method)
        return Response(on_this_thread(client._shared, call), read)
