from logging import Logger
from typing import Any, TypeAlias, final

__all__ = [
    "Answer",
    "CancelToken",
    "Client",
    "Failure",
    "Pages",
    "__version__",
    "dumps",
    "loads",
    "read_timestamp",
]

__version__: str

_Pairs: TypeAlias = list[tuple[str, str]]

@final
class CancelToken:
    """Ends calls from another thread, within 100 ms. Once fired it stays fired."""

    def __new__(cls) -> CancelToken: ...
    def cancel(self) -> None:
        """Fires the token."""
    @property
    def cancelled(self) -> bool:
        """Whether the token has fired."""

@final
class Failure:
    @property
    def kind(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def retryable(self) -> bool: ...
    @property
    def may_have_been_applied(self) -> bool: ...
    @property
    def attempts(self) -> int: ...
    @property
    def field(self) -> str | None: ...
    @property
    def path(self) -> str | None: ...
    @property
    def phase(self) -> str | None: ...
    @property
    def status(self) -> int | None: ...
    @property
    def code(self) -> str | None: ...
    @property
    def server_message(self) -> str | None: ...
    @property
    def issues(self) -> list[tuple[str, str]]: ...
    @property
    def request_id(self) -> str | None: ...
    @property
    def retry_after(self) -> float | None: ...
    @property
    def body(self) -> bytes | None: ...
    @property
    def cause(self) -> tuple[int | None, str] | None: ...

@final
class Client:
    @staticmethod
    def build(
        api_key: str | None,
        base_url: str | None,
        timeout: float | None,
        connect_timeout: float | None,
        max_retries: int | None,
        default_headers: _Pairs,
        user_agent: str,
        proxy: str | None,
        ca_bundle: str | None,
        max_response_bytes: int | None,
        allow_plain_http: bool,
    ) -> Client | Failure: ...
    @property
    def base_url(self) -> str: ...
    def rebuild(self) -> Client | Failure: ...
    def call(
        self,
        operation: str,
        params: str,
        options: tuple[Any, ...],
        interruptible: bool,
        logger: Logger | None,
    ) -> Answer | Failure: ...
    def pages(self, operation: str, params: str, options: tuple[Any, ...]) -> Pages | Failure: ...
    def request(
        self,
        method: str,
        path: str,
        path_params: _Pairs,
        query: _Pairs,
        body: str | None,
        repeat_safe: bool | None,
        options: tuple[Any, ...],
        interruptible: bool,
        logger: Logger | None,
    ) -> Answer | Failure: ...

@final
class Answer:
    @property
    def status(self) -> int: ...
    @property
    def attempts(self) -> int: ...
    @property
    def headers(self) -> _Pairs: ...
    @property
    def content(self) -> bytes: ...
    def parse(self) -> Any:
        """The body as Python's own values; `None` where there is none, which the core let pass."""

@final
class Pages:
    def next_page(
        self, interruptible: bool, logger: Logger | None, cancel: CancelToken | None
    ) -> list[dict[str, Any]] | Failure | None:
        """The rows of the next page that did not come before; `None` at the end.

        After a failure the list has ended.
        """

def loads(text: str) -> Any:
    """Parses JSON into `dict`, `list` and so on."""

def dumps(value: Any, path: str) -> str:
    """Writes JSON without a space.

    `path` is what errors call the value; the fields of an object add their names to it.
    """

def read_timestamp(text: str) -> tuple[int, int, int, int, int, int, int, int] | None:
    """Reads a text of PostgreSQL's or RFC 3339's form; `None` for any other."""
