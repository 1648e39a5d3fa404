"""Small things that everything else uses."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final, TypeVar
    from typing import Generic as Generic

    from ._errors import InputTypeError, InvalidInputError

    T = TypeVar("T")
    Tuple = tuple[Any, ...]
else:
    # `typing` takes longer to import than the whole package.
    T = None
    Tuple = tuple

    class Generic:
        """Takes what is put into brackets, for type checkers."""

        __slots__ = ()
        __class_getitem__ = classmethod(type(list[int]))


class NotGiven:
    """The type of :data:`NOT_GIVEN`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __reduce__(self) -> str:
        return "NOT_GIVEN"


#: An argument that was left out, where ``None`` would mean something else.
NOT_GIVEN: Final = NotGiven()


def invalid(field: str, expected: str) -> InvalidInputError:
    """The error for a value that cannot be used."""
    from ._errors import InvalidInputError

    return InvalidInputError.of(field, expected)


def wrong_type(field: str, expected: str) -> InputTypeError:
    """The error for a value of a type that cannot be used."""
    from ._errors import InputTypeError

    return InputTypeError.of(field, expected)
