"""The package of the local server, and its fixtures for pytest."""

from __future__ import annotations

import contextlib
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from openint_sandbox import Sandbox, SandboxError, program
from openint_sdk import Openint, OpenintError

README = Path(__file__).resolve().parent.parent.parent / "crates/openint-sandbox/PYTHON.md"


def test_the_test_of_the_readme(openint_client: Openint, openint_sandbox: Sandbox) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(block, "PYTHON.md", "exec"), names)
    (test,) = (thing for name, thing in names.items() if name.startswith("test_"))
    test(openint_client, openint_sandbox)
    assert openint_sandbox.rows().connections == 1


def test_each_test_begins_anew(openint_client: Openint, openint_sandbox: Sandbox) -> None:
    assert openint_sandbox.rows().connections == 0
    assert openint_sandbox.requests() == []
    assert openint_client.health().ok
    (sent,) = openint_sandbox.requests()
    assert (sent.method, sent.path, sent.query) == ("GET", "/v1/health", "")
    assert sent.header("Authorization") == f"Bearer {openint_sandbox.api_key}"
    assert sent.header("x-none") is None


def test_faults_strike_until_they_are_ended(
    openint_client: Openint, openint_sandbox: Sandbox
) -> None:
    openint_sandbox.chaos(1, seed=1)
    for _ in range(3):
        with contextlib.suppress(OpenintError):
            openint_client.health(max_retries=0, timeout=0.2)
    assert openint_sandbox.faults_injected() == 3
    openint_sandbox.chaos(0)
    assert openint_client.health(max_retries=0).ok


def test_what_cannot_be_used_is_said(
    openint_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SandboxError, match=r"answers\[0\]"):
        openint_sandbox.script({"times": -1})
    with pytest.raises(SandboxError, match="cannot be started"):
        Sandbox(executable=tmp_path / "none")
    with pytest.raises(SandboxError, match="where it listens"):
        Sandbox(executable=sys.executable)
    monkeypatch.delenv("OPENINT_SANDBOX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SandboxError, match="pip install openint-sandbox"):
        program()
