"""What is written about the package is run."""

from __future__ import annotations

import ast
import doctest
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import openint_sdk
from openint_sdk import Openint
from sandbox import Sandbox

PYTHON = Path(__file__).resolve().parent.parent
MODULES = sorted(
    f"openint_sdk.{module.name}"
    for module in pkgutil.iter_modules(openint_sdk.__path__)
    # Its doctests are those of the names that it gives to the package.
    if module.name != "_pydantic"
)


@pytest.fixture(autouse=True)
def _environment(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENINT_API_KEY", sandbox.api_key)
    monkeypatch.setenv("OPENINT_BASE_URL", sandbox.base_url)


@pytest.mark.parametrize("name", ["openint_sdk", *MODULES])
def test_doctests(name: str, client: Openint) -> None:
    module = importlib.import_module(name)
    public = {name: getattr(openint_sdk, name) for name in openint_sdk.__all__}
    names = {**public, **vars(module), "client": client}
    failed, _ = doctest.testmod(module, globs=names, optionflags=doctest.ELLIPSIS)
    assert failed == 0


def test_there_are_doctests() -> None:
    finder = doctest.DocTestFinder()
    found = [
        test
        for name in MODULES
        for test in finder.find(importlib.import_module(name))
        if test.examples
    ]
    assert len(found) >= 35


def test_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    text = (PYTHON / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 7
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "README.md", "exec"), names)
    printed = capsys.readouterr().out
    assert printed.startswith("conn_dummy-oauth2_")
    assert "settings=[redacted]" in printed
    assert "CustomerToken(token=[redacted], magic_link_url=[redacted]" in printed
    assert "make the connector config first:" in printed


def test_the_example(sandbox: Sandbox) -> None:
    done = subprocess.run(
        [sys.executable, str(PYTHON / "examples/create_connection.py")],
        env=sandbox.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith('{"id":"conn_dummy-oauth2_')


def test_everything_public_is_documented() -> None:
    for name in openint_sdk.__all__:
        thing = getattr(openint_sdk, name)
        if isinstance(thing, type):
            assert thing.__doc__, name
            for attribute, member in vars(thing).items():
                if callable(member) and not attribute.startswith("_"):
                    assert member.__doc__, f"{name}.{attribute}"


def test_what_is_generated_is_up_to_date() -> None:
    command = [sys.executable, str(PYTHON / "scripts/generate.py"), "--check"]
    assert subprocess.run(command).returncode == 0
    stub = ast.parse((PYTHON / "src/openint_sdk/types.py").read_text("utf-8"))
    classes = [node.name for node in stub.body if isinstance(node, ast.ClassDef)]
    assert len([name for name in classes if name.endswith("Data")]) == 172


def test_licences_are_those_of_the_repository() -> None:
    for name in ("LICENSE-MIT", "LICENSE-APACHE"):
        assert (PYTHON / name).read_text() == (PYTHON.parent / name).read_text()
