"""The errors: what went wrong, and what is known of the call's effect."""

from typing import Any, NamedTuple


class Issue(NamedTuple):
    """One thing that the server found wrong with a request, or with its own answer."""

    #: Where, such as ``data.settings.oauth``.
    path: str
    #: Description of the fault.
    message: str


class OpenintError(Exception):
    """Whatever this package raises.

    >>> try:
    ...     client.create_connection(
    ...         connector_config_id="ccfg_that_is_not_there",
    ...         customer_id="customer_id",
    ...         data={"connector_name": "dummy-oauth2", "settings": {"oauth": {}}},
    ...     )
    ... except OpenintError as error:
    ...     print(error.kind, error.status_code, error.may_have_been_applied)
    api 404 False
    """

    #: Kind of the failure, in one word, the same in every language of the SDK: ``invalid_input``,
    #: ``api_key``, ``connect``, ``tls``, ``timeout``, ``interrupted``, ``cancelled``, ``api``,
    #: ``decode``, ``incomplete`` or ``response_too_large``; of an import also ``journal`` and
    #: ``import``.
    kind: str
    #: One line: what happened and what to do next.
    message: str
    #: Times that the request was sent, or tried to be sent; 0 when input was refused.
    attempts: int
    #: True if the server may have carried the call out although it failed here. Look before
    #: repeating it.
    may_have_been_applied: bool
    #: True if the same call may succeed later.
    retryable: bool
    #: The HTTP status, if the API answered with one that is not a success.
    status_code: int | None
    #: The API's code, such as ``NOT_FOUND``.
    code: str | None
    #: The server's own message.
    server_message: str | None
    #: Faults of the fields, for a request that was not understood.
    issues: tuple[Issue, ...]
    #: The id of the request, where the server or a proxy before it sent one.
    request_id: str | None
    #: Seconds that the server asks to wait, where it does.
    retry_after: float | None
    #: The body of the answer: what its JSON says, or its text. It can hold what was sent, so it
    #: is in no ``repr`` and no pickle.
    body: Any
    #: The parameter or option of bad input, such as ``connector_config_id``.
    field: str | None
    #: The place in an answer that could not be read.
    path: str | None
    #: Phase of a call that ended early: ``connecting``, ``handshake``, ``sending``,
    #: ``waiting`` or ``reading``.
    phase: str | None

    def __init__(
        self,
        message: str,
        *,
        kind: str = "api",
        attempts: int = 0,
        may_have_been_applied: bool = False,
        retryable: bool = False,
        status_code: int | None = None,
        code: str | None = None,
        server_message: str | None = None,
        issues: tuple[Issue, ...] = (),
        request_id: str | None = None,
        retry_after: float | None = None,
        body: Any = None,
        field: str | None = None,
        path: str | None = None,
        phase: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.attempts = attempts
        self.may_have_been_applied = may_have_been_applied
        self.retryable = retryable
        self.status_code = status_code
        self.code = code
        self.server_message = server_message
        self.issues = issues
        self.request_id = request_id
        self.retry_after = retry_after
        self.body = body
        self.field = field
        self.path = path
        self.phase = phase

    def __reduce__(self) -> tuple[Any, ...]:
        state = {name: value for name, value in self.__dict__.items() if name != "body"}
        state["body"] = None
        return _restore, (type(self), self.message, state)


def _restore(cls: type[OpenintError], message: str, state: dict[str, Any]) -> OpenintError:
    error = cls(message)
    error.__dict__.update(state)
    return error


class InvalidInputError(OpenintError, ValueError):
    """An argument or option is unusable; nothing was sent. ``field`` names it."""

    @classmethod
    def of(cls, field: str, expected: str) -> "InvalidInputError":
        """Makes the error for ``field``, with the message that the native client would give."""
        return cls(f"invalid `{field}`: expected {expected}", kind="invalid_input", field=field)


class InputTypeError(InvalidInputError, TypeError):
    """An argument or option is of a type that cannot be used; nothing was sent."""


class APIError(OpenintError):
    """A call failed after its input was found good."""


class APIKeyError(APIError):
    """The function that gives the API key raised an exception, which is the `__cause__`."""


class APIConnectionError(APIError):
    """No connection, or it broke: ``kind`` is ``connect``, ``tls`` or ``interrupted``."""


class APITimeoutError(APIConnectionError):
    """A limit in time was reached; ``phase`` says while doing what."""


class APICancelledError(APIError):
    """The call's ``CancelToken`` was fired."""


class APIResponseValidationError(APIError):
    """The answer is not what the method promises, or is larger than allowed."""


class ImportStoppedError(OpenintError):
    """An import of many connections could not start, or cannot go on.

    What ended before it is good, and the import can be run again.
    """


class JournalError(ImportStoppedError):
    """The journal of an import cannot be used. Rows that it could not note were not sent."""


class IncompleteListError(APIError):
    """A list changed so much while it was read that rows may be missing.

    The rows that came before it are good.
    """

    #: The number of different rows that came.
    seen: int
    #: The number of rows that the API counts.
    total: int

    def __init__(self, message: str, *, seen: int = 0, total: int = 0, **fields: Any) -> None:
        super().__init__(message, **fields)
        self.seen = seen
        self.total = total


class APIStatusError(APIError):
    """The API answered with a status that is not a success."""


class BadRequestError(APIStatusError):
    """400: the request was not understood; ``issues`` says what to fix."""


class AuthenticationError(APIStatusError):
    """401: the API key is not known."""


class PermissionDeniedError(APIStatusError):
    """403: the key is not allowed to do this."""


class NotFoundError(APIStatusError):
    """404: there is no such thing, or it belongs to somebody else."""


class ConflictError(APIStatusError):
    """409: it contradicts what is there."""


class UnprocessableEntityError(APIStatusError):
    """422: the request was understood and makes no sense."""


class RateLimitError(APIStatusError):
    """429: too many requests; ``retry_after`` may say how long to wait."""


class InternalServerError(APIStatusError):
    """5xx: the server failed."""


_BY_STATUS: dict[int, type[APIStatusError]] = {
    400: BadRequestError,
    401: AuthenticationError,
    403: PermissionDeniedError,
    404: NotFoundError,
    409: ConflictError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}

_BY_KIND: dict[str, type[OpenintError]] = {
    "invalid_input": InvalidInputError,
    "api_key": APIKeyError,
    "connect": APIConnectionError,
    "tls": APIConnectionError,
    "interrupted": APIConnectionError,
    "timeout": APITimeoutError,
    "cancelled": APICancelledError,
    "decode": APIResponseValidationError,
    "import": ImportStoppedError,
    "incomplete": IncompleteListError,
    "journal": JournalError,
    "response_too_large": APIResponseValidationError,
}


def _class_of(kind: str, status: int | None) -> type[OpenintError]:
    if status is None:
        return _BY_KIND.get(kind, APIError)
    if 500 <= status <= 599:
        return InternalServerError
    return _BY_STATUS.get(status, APIStatusError)


def error_of(
    message: str,
    *,
    kind: str,
    status_code: int | None = None,
    issues: list[tuple[str, str]] | None = None,
    cause: tuple[int | None, str] | None = None,
    **fields: Any,
) -> OpenintError:
    """Makes the exception of a failure that the native client describes."""
    found = tuple(Issue(path, text) for path, text in issues or ())
    error = _class_of(kind, status_code)(
        message, kind=kind, status_code=status_code, issues=found, **fields
    )
    if cause is not None:
        number, text = cause
        error.__cause__ = OSError(text) if number is None else OSError(number, text)
    return error
