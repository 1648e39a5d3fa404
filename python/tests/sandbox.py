"""The local server as the suite uses it."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from pathlib import Path

import openint_sandbox

# It keeps the digits of what the conformance cases tell the sandbox to answer.
from openint_sdk._native import dumps

ROOT = Path(__file__).resolve().parent.parent.parent


@functools.cache
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


class Sandbox(openint_sandbox.Sandbox):
    """A running sandbox."""

    dumps = staticmethod(dumps)

    def __init__(self) -> None:
        super().__init__(keep_digits=True, executable=binary())
