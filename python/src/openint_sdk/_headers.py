"""Headers of an answer."""

from collections.abc import Iterable, Iterator, Mapping


class Headers(Mapping[str, str]):
    """The headers of an answer, under names in any case."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs: dict[str, str] = {}
        for name, value in pairs:
            self._pairs.setdefault(name.lower(), value)

    def __getitem__(self, name: str) -> str:
        return self._pairs[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __repr__(self) -> str:
        return f"Headers({', '.join(self._pairs)})"
