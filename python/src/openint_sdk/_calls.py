"""A call with everything decided: only making it is left. Both clients share what is here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import _fork, _json, _log, _native
from ._errors import (
    APIResponseValidationError,
    InputTypeError,
    InvalidInputError,
    OpenintError,
    error_of,
)
from ._models import Connection, Object, wrap
from ._options import Options, flag, path, path_params, query, retries, seconds, text, whole
from ._options import headers as header_pairs
from ._response import Response
from ._types import NOT_GIVEN

if TYPE_CHECKING:
    import logging

    from ._native import CancelToken

T = TypeVar("T")
M = TypeVar("M", bound=Object)

USER_AGENT = f"openint-python/{_native.__version__}"


class Shared:
    """The native client, which all clients made by ``with_options`` share."""

    __slots__ = ("_generation", "_native")

    def __init__(
        self,
        *,
        api_key: str | None,
        base_url: str | None,
        timeout: Any,
        connect_timeout: Any,
        max_retries: Any,
        default_headers: Any,
        user_agent: str | None,
        proxy: str | None,
        ca_bundle: Any,
        max_response_bytes: int | None,
        allow_plain_http: bool,
    ) -> None:
        def optional(field: str, value: object) -> str | None:
            return None if value is None else text(field, value)

        most = max_response_bytes
        native = _native.Client.build(
            optional("api_key", api_key),
            optional("base_url", base_url),
            seconds("timeout", timeout),
            seconds("connect_timeout", connect_timeout),
            retries(max_retries),
            header_pairs("default_headers", default_headers),
            USER_AGENT if user_agent is None else text("user_agent", user_agent),
            optional("proxy", proxy),
            None if ca_bundle is None else path("ca_bundle", ca_bundle),
            None if most is None else min(whole("max_response_bytes", most), 2**63),
            flag("allow_plain_http", allow_plain_http),
        )
        self._native: _native.Client | None = _usable(native)
        self._generation = _fork.generation

    def native(self) -> _native.Client:
        """The client of this process."""
        native = self._native
        if native is None:
            raise OpenintError("the client is closed", kind="invalid_input", field="client")
        if self._generation != _fork.generation:
            _fork.abandoned.append(native)
            native = self._native = _usable(native.rebuild())
            self._generation = _fork.generation
        return native

    def close(self) -> None:
        """Lets go of the pool; calls under way end as they would have."""
        if self._generation != _fork.generation:
            _fork.abandoned.append(self._native)
        self._native = None

    def describe(self) -> str:
        """The client's state without a secret."""
        return "closed" if self._native is None else f"base_url={self._native.base_url!r}"


def _usable(built: _native.Client | _native.Failure) -> _native.Client:
    if isinstance(built, _native.Failure):
        raise error_of(built)
    return built


class Call(Generic[T]):
    """One call."""

    __slots__ = ("_arguments", "_method", "_read", "options")

    def __init__(
        self,
        method: str,
        arguments: tuple[Any, ...],
        options: Options,
        read: Callable[[bytes, int], T],
    ) -> None:
        self._method = method
        self._arguments = arguments
        self._read = read
        self.options = options

    def make(
        self,
        native: _native.Client,
        interruptible: bool,
        logger: logging.Logger | None,
        cancel: CancelToken | None = None,
    ) -> Any:
        """Makes it, blocking, and gives what the native client gives."""
        options = self.options if cancel is None else self.options._replace(cancel=cancel)
        act = getattr(native, self._method)
        return act(*self._arguments, options, interruptible, logger)

    def response(self, outcome: Any) -> Response[T]:
        """The success, or the exception that the failure is."""
        if isinstance(outcome, _native.Failure):
            raise error_of(outcome)
        status, headers, content, attempts = outcome
        return Response(status, headers, content, attempts, self._read)

    def value(self, outcome: Any) -> T:
        """The same, parsed."""
        if isinstance(outcome, _native.Failure):
            raise error_of(outcome)
        return self._read(outcome[2], outcome[3])


def make_blocking(shared: Shared, call: Call[Any]) -> Any:
    """Makes a call on this thread. On the main thread signal handlers run: Ctrl-C ends it."""
    threading: Any = sys.modules.get("threading")
    interruptible = threading is None or threading.get_ident() == threading.main_thread().ident
    return call.make(shared.native(), interruptible, _log.active())


def create_connection(
    options: Options,
    connector_config_id: object,
    customer_id: object,
    data: object,
    metadata: object,
    check_connection: object,
) -> Call[Connection]:
    """``POST /connection``."""
    name, settings = _connector_data(data)
    arguments = (
        text("connector_config_id", connector_config_id),
        text("customer_id", customer_id),
        text("data.connector_name", name),
        _json.dumps(settings, "data.settings"),
        None if metadata is NOT_GIVEN else _json.dumps(metadata, "metadata"),
        None if check_connection is NOT_GIVEN else flag("check_connection", check_connection),
    )
    return Call("create_connection", arguments, options, _reader(Connection, is_write=True))


def _connector_data(data: Any) -> tuple[Any, Any]:
    if isinstance(data, Object):
        fields: Mapping[Any, Any] = data.__json__()
    elif isinstance(data, Mapping):
        fields = data
    elif hasattr(type(data), "__dataclass_fields__"):
        fields = {name: getattr(data, name) for name in type(data).__dataclass_fields__}
    else:
        raise InputTypeError.of("data", f"a mapping, not `{type(data).__name__}`")
    for name in ("connector_name", "settings"):
        if name not in fields:
            raise InvalidInputError.of(f"data.{name}", "a value: it is missing")
    if len(fields) > 2:
        raise InvalidInputError.of("data", "`connector_name` and `settings`, and nothing else")
    return fields["connector_name"], fields["settings"]


def request(
    options: Options,
    method: object,
    route: object,
    params: object,
    query_params: object,
    body: object,
    repeat_safe: object,
    cast_to: type[Any] | None,
) -> Call[Any]:
    """Any route."""
    verb = text("method", method).upper()
    if verb not in {"GET", "POST", "PUT", "PATCH", "DELETE"}:
        raise InvalidInputError.of("method", "GET, POST, PUT, PATCH or DELETE")
    if cast_to is not None and not (isinstance(cast_to, type) and issubclass(cast_to, Object)):
        raise InputTypeError.of("cast_to", "a model of this package, such as `Connection`")
    arguments = (
        verb,
        text("path", route),
        path_params(params),
        [] if query_params is None else query("query", query_params),
        None if body is NOT_GIVEN else _json.dumps(body, "body"),
        None if repeat_safe is None else flag("repeat_safe", repeat_safe),
    )
    return Call("request", arguments, options, _reader(cast_to, is_write=verb != "GET"))


def _reader(cast_to: type[M] | None, *, is_write: bool) -> Callable[[bytes, int], Any]:
    def read(content: bytes, attempts: int) -> Any:
        value = _json.answer(content, may_have_been_applied=is_write, attempts=attempts)
        if cast_to is None:
            return wrap(value)
        if type(value) is not dict:
            raise _unreadable("", "expected an object", is_write, attempts)
        for name in cast_to._required:
            if value.get(name) is None:
                raise _unreadable(name, "it is missing", is_write, attempts)
        return cast_to.of(value)

    return read


def _unreadable(
    place: str, reason: str, is_write: bool, attempts: int
) -> APIResponseValidationError:
    at = f" at `{place}`" if place else ""
    return APIResponseValidationError(
        f"the answer could not be read{at}: {reason}",
        kind="decode",
        path=place,
        attempts=attempts,
        may_have_been_applied=is_write,
    )
