"""What the server finds wrong."""

from __future__ import annotations

from typing import NamedTuple


class Issue(NamedTuple):
    """One thing that the server found wrong with a request, or with its own answer."""

    #: Where, such as ``data.settings.oauth``.
    path: str
    #: What is wrong.
    message: str
