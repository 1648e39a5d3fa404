"""The OpenInt API for Python: hold your customers' connections to other services.

>>> from openint_sdk import Openint
>>> client = Openint()  # reads OPENINT_API_KEY
>>> connection = client.create_connection(
...     connector_config_id="ccfg_",
...     customer_id="customer_id",
...     data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
... )
>>> connection.connector_name
'dummy-oauth2'
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._async import AsyncOpenint
    from ._client import Openint
    from ._errors import (
        APICancelledError,
        APIConnectionError,
        APIError,
        APIResponseValidationError,
        APIStatusError,
        APITimeoutError,
        AuthenticationError,
        BadRequestError,
        ConflictError,
        InputTypeError,
        InternalServerError,
        InvalidInputError,
        NotFoundError,
        OpenintError,
        PermissionDeniedError,
        RateLimitError,
        UnprocessableEntityError,
    )
    from ._issue import Issue
    from ._json import JsonFloat
    from ._models import (
        Connection,
        ConnectionCheck,
        Connector,
        ConnectorConfig,
        ConnectorData,
        ConnectorStatus,
        ConnectorStatusReport,
        Customer,
        CustomerToken,
        Deleted,
        Event,
        Health,
        MessageTemplate,
        OAuth2Credentials,
        OAuth2Settings,
        Scope,
        Settings,
        Viewer,
    )
    from ._native import CancelToken, __version__
    from ._object import Array, Object
    from ._page import Page
    from ._response import Headers, Response
    from ._types import NOT_GIVEN, NotGiven

#: Where each public name is. It is imported when it is asked for, so that a program waits for
#: nothing that it does not use.
_HOMES = {
    "_async": ("AsyncOpenint",),
    "_client": ("Openint",),
    "_errors": (
        "APICancelledError",
        "APIConnectionError",
        "APIError",
        "APIResponseValidationError",
        "APIStatusError",
        "APITimeoutError",
        "AuthenticationError",
        "BadRequestError",
        "ConflictError",
        "InputTypeError",
        "InternalServerError",
        "InvalidInputError",
        "NotFoundError",
        "OpenintError",
        "PermissionDeniedError",
        "RateLimitError",
        "UnprocessableEntityError",
    ),
    "_issue": ("Issue",),
    "_json": ("JsonFloat",),
    "_models": (
        "Connection",
        "ConnectionCheck",
        "Connector",
        "ConnectorConfig",
        "ConnectorData",
        "ConnectorStatus",
        "ConnectorStatusReport",
        "Customer",
        "CustomerToken",
        "Deleted",
        "Event",
        "Health",
        "MessageTemplate",
        "OAuth2Credentials",
        "OAuth2Settings",
        "Scope",
        "Settings",
        "Viewer",
    ),
    "_native": ("CancelToken", "__version__"),
    "_object": ("Array", "Object"),
    "_page": ("Page",),
    "_response": ("Headers", "Response"),
    "_types": ("NOT_GIVEN", "NotGiven"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "NOT_GIVEN",
    "APICancelledError",
    "APIConnectionError",
    "APIError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "Array",
    "AsyncOpenint",
    "AuthenticationError",
    "BadRequestError",
    "CancelToken",
    "ConflictError",
    "Connection",
    "ConnectionCheck",
    "Connector",
    "ConnectorConfig",
    "ConnectorData",
    "ConnectorStatus",
    "ConnectorStatusReport",
    "Customer",
    "CustomerToken",
    "Deleted",
    "Event",
    "Headers",
    "Health",
    "InputTypeError",
    "InternalServerError",
    "InvalidInputError",
    "Issue",
    "JsonFloat",
    "MessageTemplate",
    "NotFoundError",
    "NotGiven",
    "OAuth2Credentials",
    "OAuth2Settings",
    "Object",
    "Openint",
    "OpenintError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "Response",
    "Scope",
    "Settings",
    "UnprocessableEntityError",
    "Viewer",
    "__version__",
]


def __getattr__(name: str) -> object:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(__import__(home, globals(), None, [name], 1), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if os.environ.get("OPENINT_LOG"):
    from ._log import configure

    configure()
