"""What the clients have in common: the native client, and calls of it."""

from __future__ import annotations

import sys

from . import _fork, _native
from ._options import (
    NONE,
    flag,
    headers,
    options,
    over,
    path,
    path_params,
    query,
    retries,
    seconds,
    text,
    whole,
)
from ._params import encode
from ._types import NOT_GIVEN, invalid

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    import os
    from collections.abc import Callable, Mapping
    from typing import Any, NoReturn

    from typing_extensions import Self

    from ._answers import Reader
    from ._inputs import Seconds
    from ._native import CancelToken
    from ._options import Options

    #: Method, path, its parameters, the query, the body, and whether it is safe to repeat.
    Request = tuple[object, object, object, object, object, object]
    #: A call with everything decided. What is left is the native client, whether signal handlers
    #: run meanwhile, where log lines go, and what ends it.
    Call = Callable[[_native.Client, bool, logging.Logger | None, CancelToken | None], Any]

USER_AGENT = f"openint-python/{_native.__version__}"


class Shared:
    """The native client, which all clients made by ``with_options`` share."""

    __slots__ = ("_generation", "_native")

    def __init__(self, native: _native.Client) -> None:
        self._native: _native.Client | None = native
        self._generation = _fork.generation

    def native(self) -> _native.Client:
        """The client of this process."""
        native = self._native
        if native is None:
            from ._errors import OpenintError

            raise OpenintError("the client is closed", kind="invalid_input", field="client")
        if self._generation != _fork.generation:
            _fork.abandoned.append(native)
            native = self._native = succeeded(native.rebuild())
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
        def optional(field: str, value: object) -> str | None:
            return None if value is None else text(field, value)

        most = max_response_bytes
        native = _native.Client.build(
            optional("api_key", api_key),
            optional("base_url", base_url),
            seconds("timeout", timeout),
            seconds("connect_timeout", connect_timeout),
            retries(max_retries),
            headers("default_headers", default_headers),
            USER_AGENT if user_agent is None else text("user_agent", user_agent),
            optional("proxy", proxy),
            None if ca_bundle is None else path("ca_bundle", ca_bundle),
            None if most is None else min(whole("max_response_bytes", most), 2**63),
            flag("allow_plain_http", allow_plain_http),
        )
        self._shared = Shared(succeeded(native))
        self._options = NONE

    def _with(self, given: Options) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._options = over(given, self._options)
        return other

    def _under(self, given: Mapping[str, Any]) -> Options:
        return over(options(**given), self._options) if given else self._options

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            f"{type(self).__name__} cannot be pickled, because its key must not be: make one where "
            f"it is needed, as {type(self).__name__}() with OPENINT_API_KEY"
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._shared.describe()})"


def succeeded(outcome: Any) -> Any:
    """What the native client gave, or the exception that the failure is."""
    if isinstance(outcome, _native.Failure):
        from ._errors import error_of

        raise error_of(outcome)
    return outcome


_active: Callable[[], logging.Logger | None] | None = None


def logger() -> logging.Logger | None:
    """The logger, if it would show the lines of a call."""
    global _active
    if _active is None:
        # Nobody has set a level or a handler before `logging` was imported.
        if "logging" not in sys.modules:
            return None
        from ._log import active

        _active = active
    return _active()


def on_this_thread(shared: Shared, call: Call) -> Any:
    """Makes a call, blocking. On the main thread signal handlers run: Ctrl-C ends it."""
    threading: Any = sys.modules.get("threading")
    interruptible = threading is None or threading.get_ident() == threading.main_thread().ident
    return succeeded(call(shared.native(), interruptible, logger(), None))


def operation(name: str, params: Mapping[str, Any], given: Options) -> Call:
    """A call of an operation by its name, which answers with an `Answer`."""
    text = encode(params)
    return lambda native, interruptible, logger, cancel: native.call(
        name, text, _ended_by(cancel, given), interruptible, logger
    )


_readers: dict[str, Reader] = {}


def reader(name: str) -> Reader:
    """What reads the answer of an operation. The models are imported with the first."""
    found = _readers.get(name)
    if found is None:
        from ._answers import reader_of

        found = _readers[name] = reader_of(name)
    return found


def request(arguments: Request, given: Options) -> tuple[str, Call]:
    """A call of any route, which answers with an `Answer`, and its method."""
    method, route, params, query_params, body, repeat_safe = arguments
    verb = text("method", method).upper()
    if verb not in {"GET", "POST", "PUT", "PATCH", "DELETE"}:
        raise invalid("method", "GET, POST, PUT, PATCH or DELETE")
    checked = (
        verb,
        text("path", route),
        path_params(params),
        query("query", query_params),
        None if body is NOT_GIVEN else _native.dumps(body, "body"),
        None if repeat_safe is None else flag("repeat_safe", repeat_safe),
    )
    return verb, lambda native, interruptible, logger, cancel: native.request(
        *checked, _ended_by(cancel, given), interruptible, logger
    )


class Rows:
    """The pages of a list, read to its end."""

    def __init__(
        self, shared: Shared, name: str, params: Mapping[str, Any], given: Options
    ) -> None:
        from ._answers import row_of

        pages: _native.Pages = succeeded(shared.native().pages(name, encode(params), given))
        self._pages = pages
        self._cancel = given[-1]
        self._generation = _fork.generation
        #: Makes a row.
        self.row = row_of(name)

    def next_page(
        self,
        native: _native.Client,  # noqa: ARG002
        interruptible: bool,
        logger: logging.Logger | None,
        cancel: CancelToken | None,
    ) -> Any:
        """A call that answers with the rows of the next page, or ``None`` at the end."""
        if self._generation != _fork.generation:
            from ._errors import OpenintError

            raise OpenintError("the process was forked: begin to read the list again")
        return self._pages.next_page(interruptible, logger, cancel or self._cancel)


def _ended_by(cancel: CancelToken | None, given: Options) -> Options:
    return given if cancel is None else (*given[:-1], cancel)
