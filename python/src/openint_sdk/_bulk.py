"""Imports of many connections."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from . import _json
from ._errors import OpenintError
from ._native import Connection


class ImportOutcome(NamedTuple):
    """The end of one row of an import."""

    #: The row's id; empty for a row that has none.
    row_id: str
    #: ``created``: this run created the connection. ``found``: it was there, as the row's
    #: idempotency key showed. ``failed``: there is none, or nobody knows
    #: (``error.may_have_been_applied``); the next run tries again. ``skipped``: by the journal,
    #: an earlier run ended the row, and nothing was sent.
    status: Literal["created", "found", "failed", "skipped"]
    #: The connection of a row that was created or found.
    connection: Connection | None = None
    #: Why the row failed. Where it could not be sent as it is, ``error.field`` names the place,
    #: such as ``rows[17].data.settings.oauth``.
    error: OpenintError | None = None


class ImportProgress(NamedTuple):
    """A snapshot of an import."""

    #: Rows whose connection this run created.
    created: int
    #: Rows whose connection was there, as their idempotency key showed.
    found: int
    #: Rows that failed.
    failed: int
    #: Rows that ended in an earlier run, by the journal; nothing was sent for them.
    skipped: int
    #: The failures by name, such as ``timeout`` or ``api 404``.
    errors: Mapping[str, int]
    #: Times that a row was sent again after a failure that may pass.
    retries: int
    #: Calls that are under way.
    in_flight: int
    #: The number of calls that may be under way at present.
    concurrency: int
    #: The time that all calls wait, because the server asked for it, in seconds.
    pause: float
    #: The time since the start, in seconds.
    elapsed: float

    @property
    def rows(self) -> int:
        """The rows that have an outcome."""
        return self.created + self.found + self.failed + self.skipped


def rows_of(rows: Any) -> Iterator[Any]:
    """The rows of an iterable, or of a pandas DataFrame."""
    if hasattr(rows, "itertuples") and hasattr(rows, "columns"):
        columns = list(rows.columns)
        found = rows.itertuples(index=False, name=None)
        return (dict(zip(columns, row, strict=True)) for row in found)
    return iter(rows)


def fields_of(row: Any) -> dict[Any, Any] | None:
    """The fields of a row as `create_connection` takes them, and its id."""
    if hasattr(row, "_asdict"):
        fields = row._asdict()
    elif hasattr(row, "to_dict") and hasattr(row, "iloc"):
        fields = row.to_dict()
    else:
        fields = _json.fields_of(row)
    if fields is None:
        return None
    given = {name: value for name, value in fields.items() if not _is_missing(value)}
    if "data" not in given and "connector_name" in given:
        data = {"connector_name": given.pop("connector_name")}
        if "settings" in given:
            data["settings"] = given.pop("settings")
        given["data"] = data
    return given


def _is_missing(value: Any) -> bool:
    if value is None:
        return True
    if isinstance(value, float):
        return value != value
    pandas = sys.modules.get("pandas")
    return pandas is not None and (value is pandas.NA or value is pandas.NaT)
