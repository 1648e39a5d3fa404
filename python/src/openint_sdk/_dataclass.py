"""What makes a model a dataclass to others: pandas, polars and `dataclasses.asdict`."""

from typing import Any


class Fields:
    """The value of `__dataclass_fields__`, made when somebody asks for it."""

    def __init__(self, names: list[str]) -> None:
        self._names = names
        self._fields: dict[str, Any] = {}

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        if hasattr(owner, "__class_getitem__"):
            # Of a generic dataclass, pydantic reads the annotations, and finds no field here.
            raise AttributeError(f"{owner.__name__} is no dataclass")
        if not self._fields:
            from dataclasses import make_dataclass

            made: Any = make_dataclass("Fields", self._names)
            self._fields = made.__dataclass_fields__
        return self._fields
