"""Runs the examples of the package's documents."""

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
from openint_sdk import Openint, _native
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


def doctests() -> list[doctest.DocTest]:
    """Those of the modules, and those of native classes, which belong to no module's file."""
    finder = doctest.DocTestFinder(exclude_empty=True)
    public = {name: getattr(openint_sdk, name) for name in openint_sdk.__all__}
    found: list[doctest.DocTest] = []
    for name in ["openint_sdk", *MODULES]:
        module = importlib.import_module(name)
        found += finder.find(module, globs={**public, **vars(module)})
    for name, member in vars(_native).items():
        if isinstance(member, type):
            found += finder.find(member, name, module=False, globs=dict(public))  # type: ignore[arg-type]
    return [test for test in found if test.examples]


DOCTESTS = {test.name: test for test in doctests()}


@pytest.mark.parametrize("name", DOCTESTS)
def test_doctest(name: str, client: Openint) -> None:
    test = DOCTESTS[name]
    test.globs["client"] = client
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert runner.run(test).failed == 0


def test_every_operation_has_a_doctest() -> None:
    for owner in (_native.Operations, _native.Openint):
        for name in vars(owner):
            if not name.startswith("_") and name not in {"close", "with_raw_response"}:
                assert f"{owner.__name__}.{name}" in DOCTESTS


def test_the_readme(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # its import has a journal
    text = (PYTHON / "README.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 10
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
