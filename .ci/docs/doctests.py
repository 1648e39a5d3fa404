"""Fences the doctests of docstrings, which Markdown would take for quotations."""

import re
from typing import Any

import griffe

#: A doctest with its output, up to the next empty line.
DOCTEST = re.compile(r"^>>> .*(?:\n(?!\s*$).*)*", re.MULTILINE)


class Doctests(griffe.Extension):
    """Fences them in every docstring that is collected."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for each object."""
        if obj.docstring:
            text = obj.docstring.value
            obj.docstring.value = DOCTEST.sub(r"```pycon\n\g<0>\n```", text)
