"""What the answer to each operation is read as."""

from __future__ import annotations

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
from ._object import Object, wrap
from ._page import page_of
from ._types import wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ._errors import APIResponseValidationError
    from ._native import Answer

    Reader = Callable[[Answer], Any]

#: Operations whose answer is one object of a known kind.
_MODELS: dict[str, type[Object]] = {
    "create_connection": Connection,
    "get_connection": Connection,
    "delete_connection": Deleted,
    "check_connection": ConnectionCheck,
    "create_connector_config": ConnectorConfig,
    "get_connector_config": ConnectorConfig,
    "update_connector_config": ConnectorConfig,
    "delete_connector_config": Deleted,
    "connector_status": ConnectorStatusReport,
    "upsert_customer": Customer,
    "create_customer_token": CustomerToken,
    "viewer": Viewer,
    "health": Health,
    "message_template": MessageTemplate,
}

#: Operations whose answer is a page, and its rows.
_LISTS: dict[str, type[Object]] = {
    "list_connections": Connection,
    "list_connector_configs": ConnectorConfig,
    "list_connectors": Connector,
    "list_customers": Customer,
    "list_events": Event,
}

#: Operations that change nothing.
_READS = {
    *_LISTS,
    "get_connection",
    "get_connector_config",
    "connector_status",
    "viewer",
    "health",
    "message_template",
}


def reader_of(operation: str) -> Reader:
    """Reads the answer of an operation, which the native client has checked."""
    is_write = operation not in _READS
    row = _LISTS.get(operation)
    if row is not None:

        def read_page(answer: Answer) -> Any:
            return page_of(row, _parsed(answer, is_write))

        return read_page
    model = _MODELS.get(operation)
    of = wrap if model is None else model._of
    return lambda answer: of(_parsed(answer, is_write))


def row_of(operation: str) -> Callable[[dict[str, Any]], Any]:
    """Makes a row of a list."""
    return _LISTS[operation]._of


def reader_as(cast_to: type[Object] | None, method: str) -> Reader:
    """Reads the answer of any route as a model, or as it is."""
    if cast_to is not None and not (isinstance(cast_to, type) and issubclass(cast_to, Object)):
        raise wrong_type("cast_to", "a model of this package, such as `Connection`")
    is_write = method != "GET"

    def read(answer: Answer) -> Any:
        value = _parsed(answer, is_write)
        if cast_to is None:
            return wrap(value)
        if type(value) is not dict:
            raise _unreadable(answer, is_write, "", "expected an object")
        for name in cast_to._required:
            if value.get(name) is None:
                raise _unreadable(answer, is_write, name, "it is missing")
        return cast_to._of(value)

    return read


def _parsed(answer: Answer, is_write: bool) -> Any:
    try:
        try:
            return answer.parse()
        except ValueError:
            from ._json import loads

            return loads(answer.content.decode())
    except RecursionError:
        raise _unreadable(answer, is_write, "", "nested too deep") from None


def _unreadable(
    answer: Answer, is_write: bool, place: str, reason: str
) -> APIResponseValidationError:
    from ._errors import APIResponseValidationError

    at = f" at `{place}`" if place else ""
    return APIResponseValidationError(
        f"the answer could not be read{at}: {reason}",
        kind="decode",
        path=place,
        attempts=answer.attempts,
        may_have_been_applied=is_write,
    )
