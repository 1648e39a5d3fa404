"""The server, as a process of its own."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode, urlsplit

from ._types import Answer, RecordedRequest, Rows


class SandboxError(RuntimeError):
    """The server could not be started, or did not understand what it was told."""


def program() -> Path:
    """Finds the server's program.

    It is the one in the variable OPENINT_SANDBOX, the one that was installed with this package, or
    the one on the PATH.

    Raises:
        SandboxError: There is none.
    """
    given = os.environ.get("OPENINT_SANDBOX")
    if given:
        return Path(given)
    for folder in (sysconfig.get_path("scripts"), None):
        found = shutil.which("openint-sandbox", path=folder)
        if found:
            return Path(found)
    raise SandboxError(
        "there is no program `openint-sandbox`: `pip install openint-sandbox` installs it, and "
        "OPENINT_SANDBOX can name another one"
    )


class Sandbox:
    """A running server. It ends with `stop`, with the `with` block, or with this process.

    Args:
        keep_digits: True to keep all digits of numbers, of which the real server makes doubles.
        seed: A JSON file with organisations, customers and connector configs, in place of the
            standard ones.
        executable: The server's program, where it is not to be looked for.

    Raises:
        SandboxError: The server does not start.
    """

    #: The API's address, such as ``http://127.0.0.1:40123/v1``.
    base_url: str
    #: The key of an organisation.
    api_key: str

    #: Writes what the server is told. Another one may know more types.
    dumps: Callable[[Any], str] = staticmethod(json.dumps)

    def __init__(
        self,
        *,
        keep_digits: bool = False,
        seed: str | os.PathLike[str] | None = None,
        executable: str | os.PathLike[str] | None = None,
    ) -> None:
        command = [os.fspath(executable or program()), "--port", "0"]
        if keep_digits:
            command.append("--keep-digits")
        if seed is not None:
            command += ["--seed", os.fspath(seed)]
        try:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        except OSError as error:
            raise SandboxError(f"{command[0]} cannot be started: {error}") from error
        assert self._process.stdout is not None
        try:
            first = json.loads(self._process.stdout.readline())
            self.base_url = first["base_url"]
            self.api_key = first["api_key"]
        except (ValueError, KeyError) as error:
            self.stop()
            raise SandboxError(f"{command[0]} did not say where it listens") from error

    @property
    def origin(self) -> str:
        """The address without the API's path."""
        return self.base_url.removesuffix("/v1")

    @property
    def environment(self) -> dict[str, str]:
        """This process's variables, with those by which the SDK finds the server in another."""
        found = {"OPENINT_API_KEY": self.api_key, "OPENINT_BASE_URL": self.base_url}
        return {**os.environ, **found}

    def script(self, *answers: Answer) -> None:
        """Answers the next requests in another way, one after the other.

        Each is used for the first request that it fits, as often as it says.
        """
        self._control("POST", "script", {"answers": answers})

    def chaos(self, share: float, *, seed: int = 0) -> None:
        """Injects faults of every kind into this share of all exchanges; 0 ends it.

        Args:
            share: 0.1 is every tenth.
            seed: The same seed picks the same exchanges.
        """
        self._control("POST", "chaos", {"seed": seed, "share": share})

    def faults_injected(self) -> int:
        """The number of exchanges that `chaos` has given a fault."""
        return int(self._control("GET", "chaos")["injected"])

    def refuse(self, milliseconds: int) -> None:
        """Refuses new connections for so long, and ends those that are open."""
        self._control("POST", "refuse", {"for_ms": milliseconds})

    def requests(self) -> list[RecordedRequest]:
        """The requests that came, the oldest first; at most the last 10,000."""
        found = self._control("GET", "requests")["requests"]
        return [RecordedRequest.of(request) for request in found]

    def rows(
        self, *, customer_id: str | None = None, connector_config_id: str | None = None
    ) -> Rows:
        """Counts rows, all of them or those of a customer or a connector config."""
        given = {"customer_id": customer_id, "connector_config_id": connector_config_id}
        query = urlencode({name: value for name, value in given.items() if value is not None})
        return Rows(**self._control("GET", f"rows?{query}" if query else "rows"))

    def seed(self, document: Mapping[str, Any]) -> None:
        """Begins anew with these organisations, customers, connector configs and connections."""
        self._control("POST", "seed", document)

    def fill(self, connections: int, *, customer_id: str, **more: Any) -> None:
        """Adds connections of a customer.

        With `customers=N` they belong to N customers whose ids begin with `customer_id`.
        """
        self._control(
            "POST", "fill", {"connections": connections, "customer_id": customer_id, **more}
        )

    def churn(self, **changes: Any) -> None:
        """Lets rows change at random after each list."""
        self._control("POST", "churn", changes)

    def touch(self, connection_id: str) -> None:
        """Lets a connection be the last one that changed."""
        self._control("POST", "touch", {"id": connection_id})

    def reset(self) -> None:
        """Forgets all rows, requests, scripts and faults, as if it had just been started."""
        self._control("POST", "reset")

    def stop(self) -> None:
        """Ends the server."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {self.base_url}>"

    def _control(self, method: str, path: str, document: Any = None) -> Any:
        address = urlsplit(self.origin)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        body = None if document is None else self.dumps(document).encode()
        with contextlib.closing(connection):
            connection.request(method, f"/_sandbox/{path}", body)
            answer = connection.getresponse()
            text = answer.read().decode()
        if answer.status != 200:
            raise SandboxError(f"the sandbox refused {path}: {text}")
        return json.loads(text)
