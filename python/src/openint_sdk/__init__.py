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

import os

from ._async import AsyncOpenint, AsyncRawOpenint
from ._bulk import ImportOutcome, ImportProgress
from ._errors import (
    APICancelledError,
    APIConnectionError,
    APIError,
    APIKeyError,
    APIResponseValidationError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    ImportStoppedError,
    IncompleteListError,
    InputTypeError,
    InternalServerError,
    InvalidInputError,
    Issue,
    JournalError,
    NotFoundError,
    OpenintError,
    PermissionDeniedError,
    RateLimitError,
    UnprocessableEntityError,
)
from ._headers import Headers
from ._json import JsonFloat
from ._native import (
    CancelToken,
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
    ImportOutcomes,
    MessageTemplate,
    Model,
    OAuth2Credentials,
    OAuth2Settings,
    Openint,
    Page,
    RawOpenint,
    Response,
    Scope,
    Settings,
    Viewer,
    __version__,
)
from ._observer import Attempt, AttemptEnd, Observer
from ._types import NOT_GIVEN, NotGiven

__all__ = [
    "NOT_GIVEN",
    "APICancelledError",
    "APIConnectionError",
    "APIError",
    "APIKeyError",
    "APIResponseValidationError",
    "APIStatusError",
    "APITimeoutError",
    "AsyncOpenint",
    "AsyncRawOpenint",
    "Attempt",
    "AttemptEnd",
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
    "ImportOutcome",
    "ImportOutcomes",
    "ImportProgress",
    "ImportStoppedError",
    "IncompleteListError",
    "InputTypeError",
    "InternalServerError",
    "InvalidInputError",
    "Issue",
    "JournalError",
    "JsonFloat",
    "MessageTemplate",
    "Model",
    "NotFoundError",
    "NotGiven",
    "OAuth2Credentials",
    "OAuth2Settings",
    "Observer",
    "Openint",
    "OpenintError",
    "Page",
    "PermissionDeniedError",
    "RateLimitError",
    "RawOpenint",
    "Response",
    "Scope",
    "Settings",
    "UnprocessableEntityError",
    "Viewer",
    "__version__",
]

if os.environ.get("OPENINT_LOG"):
    from ._log import configure

    configure()
