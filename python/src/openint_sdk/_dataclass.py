"""Attributes by which others know a model: pandas, polars, `dataclasses.asdict` and pydantic."""

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


class Serializer:
    """The value of `__pydantic_serializer__`, made when pydantic asks for it.

    Without it pydantic takes a model in a value of any type for a dataclass, and leaves out the
    fields that a version does not know.
    """

    def __init__(self) -> None:
        self._made: dict[type, Any] = {}

    def __get__(self, instance: object, owner: type) -> Any:
        if owner not in self._made:
            try:
                from pydantic_core import SchemaSerializer
            except ImportError as error:
                raise AttributeError("pydantic is not installed") from error
            from ._pydantic import core_schema_of

            self._made[owner] = SchemaSerializer(core_schema_of(owner))
        return self._made[owner]
