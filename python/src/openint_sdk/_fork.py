"""What a forked process must know: that it is another one."""

from __future__ import annotations

import os

#: How many forks lie between the process that was started and this one.
generation = 0

#: Clients of the parent process. They are never dropped here, so that nothing is said on
#: connections that still belong to the parent.
abandoned: list[object] = []


def _in_child() -> None:
    global generation
    generation += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_child)
