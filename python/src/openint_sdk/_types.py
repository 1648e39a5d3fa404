"""Small types that everything else uses."""

from __future__ import annotations

from enum import Enum
from typing import Final


class NotGiven(Enum):
    """The type of :data:`NOT_GIVEN`."""

    NOT_GIVEN = "NOT_GIVEN"

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"


#: An argument that was left out, where ``None`` would mean something else.
NOT_GIVEN: Final = NotGiven.NOT_GIVEN
