"""The sandbox: a process of its own, scripted over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

# It keeps the digits of what the conformance cases tell the sandbox to answer.
from openint_sdk._native import dumps

ROOT = Path(__file__).resolve().parent.parent.parent


def binary() -> Path:
    """The program: the one in `OPENINT_SANDBOX`, or one that cargo builds now."""
    given = os.environ.get("OPENINT_SANDBOX")
    if given:
        return Path(given)
    command = ["cargo", "build", "--quiet", "-p", "openint-sandbox", "--message-format=json"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    messages = [json.loads(line) for line in built.stdout.splitlines()]
    programs = [message["executable"] for message in messages if message.get("executable")]
    return Path(programs[-1])


class Sandbox:
    """A running sandbox."""

    def __init__(self, program: Path) -> None:
        self._process = subprocess.Popen(
            [str(program), "--port", "0", "--keep-digits"], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        first = json.loads(self._process.stdout.readline())
        self.base_url: str = first["base_url"]
        self.api_key: str = first["api_key"]
        self.origin = self.base_url.removesuffix("/v1")

    def _control(self, method: str, path: str, body: Any = None) -> Any:
        address = urlsplit(self.origin)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=30)
        try:
            connection.request(method, path, None if body is None else dumps(body).encode())
            answer = connection.getresponse()
            text = answer.read().decode()
            assert answer.status == 200, text
            return json.loads(text)
        finally:
            connection.close()

    def script(self, *answers: dict[str, Any]) -> None:
        self._control("POST", "/_sandbox/script", {"answers": answers})

    def rage(self, seed: int, share: float) -> None:
        """Lets faults strike that share of all exchanges; 0 ends it."""
        self._control("POST", "/_sandbox/chaos", {"seed": seed, "share": share})

    def struck(self) -> int:
        return int(self._control("GET", "/_sandbox/chaos")["struck"])

    def seed(self, document: Any) -> None:
        self._control("POST", "/_sandbox/seed", document)

    def fill(self, **what: Any) -> None:
        self._control("POST", "/_sandbox/fill", what)

    def churn(self, **changes: Any) -> None:
        """Lets rows change at random after each list."""
        self._control("POST", "/_sandbox/churn", changes)

    def touch(self, connection_id: str) -> None:
        self._control("POST", "/_sandbox/touch", {"id": connection_id})

    def refuse(self, for_ms: int) -> None:
        self._control("POST", "/_sandbox/refuse", {"for_ms": for_ms})

    def requests(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._control("GET", "/_sandbox/requests")["requests"]
        return found

    def rows(self, customer_id: str | None = None) -> int:
        query = "" if customer_id is None else f"?customer_id={quote(customer_id, safe='')}"
        return int(self._control("GET", f"/_sandbox/rows{query}")["connections"])

    def reset(self) -> None:
        self._control("POST", "/_sandbox/reset")

    @property
    def environment(self) -> dict[str, str]:
        """The variables with which another process finds it."""
        return {
            **os.environ,
            "OPENINT_API_KEY": self.api_key,
            "OPENINT_BASE_URL": self.base_url,
        }

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        if self._process.stdout is not None:
            self._process.stdout.close()
