from logging import Logger
from typing import Any, TypeAlias, final

__all__ = ["CancelToken", "Client", "Failure", "__version__"]

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
    def create_connection(
        self,
        connector_config_id: str,
        customer_id: str,
        connector_name: str,
        settings: str,
        metadata: str | None,
        check_connection: bool | None,
        options: tuple[Any, ...],
        interruptible: bool,
        logger: Logger | None,
    ) -> tuple[int, _Pairs, bytes, int] | Failure: ...
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
    ) -> tuple[int, _Pairs, bytes, int] | Failure: ...
