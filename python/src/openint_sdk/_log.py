"""Log lines go to the logger ``openint_sdk``, and cost nothing where nobody would see them."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import logging
    from typing import Any

NAME = "openint_sdk"
_DEBUG = 10

_logger: logging.Logger | None = None


def active() -> logging.Logger | None:
    """The logger, if it would show the lines of a call."""
    global _logger
    if _logger is None:
        # Nobody has set a level or a handler before `logging` was imported.
        module: Any = sys.modules.get("logging")
        if module is None:
            return None
        _logger = _named(module)
    return _logger if _logger.isEnabledFor(_DEBUG) else None


def _named(module: Any) -> logging.Logger:
    logger: logging.Logger = module.getLogger(NAME)
    return logger


def configure() -> None:
    """Shows log lines on standard error where ``OPENINT_LOG`` is ``debug`` or ``info``."""
    level = os.environ.get("OPENINT_LOG", "").strip().upper()
    if level not in {"DEBUG", "INFO"}:
        return
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logger = logging.getLogger(NAME)
    logger.addHandler(handler)
    logger.setLevel(level)
