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

from typing import TYPE_CHECKING

from . import _log
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
    Issue,
    NotFoundError,
    OpenintError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableEntityError,
)
from ._json import JsonFloat
from ._models import (
    Array,
    Connection,
    ConnectorData,
    OAuth2Credentials,
    OAuth2Settings,
    Object,
    Settings,
)
from ._native import CancelToken, __version__
from ._response import Headers, Response
from ._types import NOT_GIVEN, NotGiven

if TYPE_CHECKING:
    from ._async import AsyncOpenint

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
    "ConnectorData",
    "Headers",
    "InputTypeError",
    "InternalServerError",
    "InvalidInputError",
    "Issue",
    "JsonFloat",
    "NotFoundError",
    "NotGiven",
    "OAuth2Credentials",
    "OAuth2Settings",
    "Object",
    "Openint",
    "OpenintError",
    "PermissionDeniedError",
    "RateLimitError",
    "Response",
    "Settings",
    "UnprocessableEntityError",
    "__version__",
]


def __getattr__(name: str) -> object:
    # asyncio takes longer to import than everything else here together.
    if name == "AsyncOpenint":
        from ._async import AsyncOpenint

        globals()[name] = AsyncOpenint
        return AsyncOpenint
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


_log.configure()
