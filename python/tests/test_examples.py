"""Runs the examples in frameworks as their users would: real servers, processes of their own."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from conftest import SEED
from openint_sdk import Openint
from sandbox import Sandbox

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the servers want a POSIX system")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(sandbox: Sandbox, *command: str) -> Iterator[int]:
    """Starts a server with `{port}` in its command, and stops it as an operator would."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", *(word.format(port=port) for word in command)],
        cwd=EXAMPLES,
        env=sandbox.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert server.poll() is None, server.communicate()[0]
                assert time.monotonic() < deadline
                time.sleep(0.05)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        output, _ = server.communicate(timeout=30)
    assert "Traceback" not in output, output


def ask(port: int, method: str, path: str, customer: str = "acme") -> tuple[int, Any, str | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers={"x-customer": customer})
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None, answer.getheader("retry-after")
    finally:
        connection.close()


def test_fastapi(sandbox: Sandbox, client: Openint) -> None:
    made = client.create_connection(**{**SEED, "customer_id": "acme"})
    other = client.create_connection(**SEED)
    with serving(sandbox, "uvicorn", "--port", "{port}", "fastapi_app:app") as port:
        status, token, _ = ask(port, "POST", "/openint/token")
        assert status == 200
        assert Openint(api_key=token["token"], base_url=sandbox.base_url).viewer().customer_id
        assert token["connect_url"].startswith("http")

        row = {"id": made.id, "connector": "dummy-oauth2", "status": made.status}
        assert ask(port, "GET", "/connections") == (200, [row], None)
        assert ask(port, "DELETE", f"/connections/{other.id}")[0] == 404
        assert ask(port, "DELETE", "/connections/conn_dummy-oauth2_none")[0] == 404
        assert ask(port, "DELETE", f"/connections/{made.id}") == (204, None, None)
        assert ask(port, "GET", "/connections") == (200, [], None)
        assert ask(port, "GET", "/connections", "a b")[0] == 401

        busy: dict[str, Any] = {"status": 429, "headers": {"retry-after": "30"}, "times": 3}
        sandbox.script(busy)
        assert ask(port, "GET", "/connections") == (503, {"detail": "try again later"}, "30")
    assert sandbox.rows().connections == 1


def test_workers_of_gunicorn_share_a_client_that_was_made_before_the_fork(
    sandbox: Sandbox, client: Openint
) -> None:
    client.create_connection(**SEED)
    words = "gunicorn --preload --workers 2 --threads 2 --bind 127.0.0.1:{port} gunicorn_app"
    with serving(sandbox, *words.split()) as port:
        workers = set()
        deadline = time.monotonic() + 30
        while len(workers) < 2:
            status, answer, _ = ask(port, "GET", "/?customer=customer_id")
            assert (status, answer["connections"]) == (200, 1)
            workers.add(answer["worker"])
            assert time.monotonic() < deadline


def test_a_command_of_django_imports_each_credential_once(sandbox: Sandbox, tmp_path: Path) -> None:
    database = tmp_path / "credentials.sqlite3"

    def manage(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=EXAMPLES / "django_import",
            env={**sandbox.environment, "EXAMPLE_DATABASE": str(database)},
            capture_output=True,
            text=True,
            timeout=60,
        )

    migrated = manage("migrate", "--run-syncdb")
    assert migrated.returncode == 0, migrated.stderr
    with sqlite3.connect(database) as rows:
        insert = (
            "insert into customers_storedcredential (customer, connector, settings, connection_id)"
        )
        rows.executemany(
            f"{insert} values (?, 'dummy-oauth2', ?, '')",
            [(f"customer_{n}", '{"oauth": {}}') for n in range(99)] + [("customer_99", "[]")],
        )
    rows.close()

    command = ("import_connections", "--name", "move", "--config", "ccfg_")
    first = manage(*command)
    assert (first.returncode, first.stdout) == (1, "99 created, 0 found, 1 failed\n")
    assert re.search(r"credential 100: .*data\.settings", first.stderr), first.stderr
    with sqlite3.connect(database) as rows:
        rows.execute("update customers_storedcredential set settings = '{\"oauth\": {}}'")
        # The last ones ended after the last note of a process that was killed.
        rows.execute("update customers_storedcredential set connection_id = '' where id > 89")
    rows.close()
    second = manage(*command)
    assert (second.returncode, second.stdout) == (0, "1 created, 10 found, 0 failed\n")
    assert sandbox.rows().connections == 100
    with sqlite3.connect(database) as rows:
        noted = rows.execute("select count(distinct connection_id) from customers_storedcredential")
        assert noted.fetchone() == (100,)
    rows.close()
    assert os.listdir(tmp_path) == ["credentials.sqlite3"]


class GitHub(http.server.BaseHTTPRequestHandler):
    """Stands for GitHub: tells whose token `gho_example` is."""

    def do_GET(self) -> None:
        known = self.path == "/user" and self.headers["authorization"] == "Bearer gho_example"
        self.send_response(200 if known else 401)
        self.end_headers()
        self.wfile.write(b'{"login":"octocat"}')

    def log_message(self, *_: Any) -> None: ...


def test_the_walk_prints_its_steps(sandbox: Sandbox) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), GitHub) as github:
        threading.Thread(target=github.serve_forever, daemon=True).start()
        done = subprocess.run(
            [sys.executable, str(EXAMPLES / "walk.py")],
            env={
                **sandbox.environment,
                "GITHUB_API_URL": f"http://127.0.0.1:{github.server_port}",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
        github.shutdown()
    assert done.stderr == ""
    assert done.stdout == (EXAMPLES.parent.parent / "examples/walk.txt").read_text("utf-8")
    assert sandbox.rows().connections == 0
