"""Log lines go to the logger ``openint_sdk``.

This is imported only where somebody else has imported ``logging``, which takes its time, or where
``OPENINT_LOG`` asks for it.
"""

import logging
import os

_logger = logging.getLogger("openint_sdk")


def active() -> logging.Logger | None:
    """The logger, if it would show the lines of a call."""
    return _logger if _logger.isEnabledFor(logging.DEBUG) else None


def configure() -> None:
    """Shows log lines on standard error where ``OPENINT_LOG`` is ``debug`` or ``info``."""
    level = os.environ.get("OPENINT_LOG", "").strip().upper()
    if level not in {"DEBUG", "INFO"}:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    _logger.addHandler(handler)
    _logger.setLevel(level)
