"""A local OpenInt v1 server for tests, with faults on request.

>>> from openint_sandbox import Sandbox
>>> with Sandbox() as sandbox:
...     sandbox.script({"status": 429, "headers": {"retry-after": "1"}})
...     sandbox.rows().connections
0

With pytest, the fixtures `openint_sandbox` and `openint_client` are there once this is installed.
"""

from __future__ import annotations

from ._sandbox import Sandbox, SandboxError, program
from ._types import Answer, Fault, RecordedRequest, Rows

__all__ = [
    "Answer",
    "Fault",
    "RecordedRequest",
    "Rows",
    "Sandbox",
    "SandboxError",
    "program",
]
