"""An argument that was left out."""


class NotGiven:
    """The type of `NOT_GIVEN`."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __reduce__(self) -> str:
        return "NOT_GIVEN"


#: An argument that was left out, where `None` would mean something else.
NOT_GIVEN = NotGiven()
