"""One page of a list."""

from __future__ import annotations

from ._object import Array, Field, Object, model
from ._types import Generic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, TypeVar

    R = TypeVar("R", bound=Object)
    R_co = TypeVar("R_co", bound=Object, covariant=True)
else:
    R_co = None


class Page(Object, Generic[R_co]):
    """One page of a list: its rows, and what the API says of the whole.

    Iterating over it gives the rows of this page. The methods that begin with ``iter_`` read all.

    >>> page = client.list_connectors(limit=2)
    >>> page.limit, page.offset, len(page)
    (2, 0, 2)
    >>> [connector.name for connector in page] == [page.items[0].name, page.items[1].name]
    True
    """

    __slots__ = ("_row",)
    __match_args__ = ("items",)
    _required = ("items",)
    _shown = frozenset({"total", "limit", "offset"})

    _row: type[Object]

    total: Field[int | None] = Field(
        "How many rows there are in all, as the API counts: 0 when `offset` is beyond the last, "
        "and for connectors the size of this page. It is no measure of the end of a list."
    )
    limit: Field[int | None] = Field("The most rows that a page holds.")
    offset: Field[int | None] = Field("How many rows come before this page.")

    @classmethod
    def _of(cls, data: Mapping[str, Any]) -> Page[Any]:
        """Wraps a parsed page of rows of no known kind."""
        return page_of(Object, data)

    @property
    def items(self) -> tuple[R_co, ...]:
        """The rows."""
        return Array(map(model(self._row), self._data["items"]))

    def __iter__(self) -> Iterator[R_co]:  # type: ignore[override]  # pyright: ignore[reportIncompatibleMethodOverride]
        return iter(self.items)

    def __len__(self) -> int:
        return len(self._data["items"])

    def __reduce__(self) -> tuple[Any, ...]:
        return page_of, (self._row, self._data)


def page_of(row: type[R], data: Mapping[str, Any]) -> Page[R]:
    """Wraps a parsed page of such rows, which must not be changed afterwards."""
    page: Page[R] = object.__new__(Page)
    object.__setattr__(page, "_data", data)
    object.__setattr__(page, "_row", row)
    return page
