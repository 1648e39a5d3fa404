"""Reading, writing and describing of models for pydantic. Imported by pydantic alone."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import core_schema

from ._native import Model


def core_schema_of(cls: Any) -> core_schema.CoreSchema:
    """Takes a model or its fields, and writes all of its JSON."""

    def read(value: Any) -> Model:
        if isinstance(value, cls):
            return value
        if isinstance(value, Mapping):
            return cls.from_dict(value)
        raise ValueError(f"expected {cls.__name__} or a mapping of its fields")

    def write(value: Model) -> dict[str, Any]:
        return value.to_dict()

    return core_schema.no_info_plain_validator_function(
        read, serialization=core_schema.plain_serializer_function_ser_schema(write)
    )


def json_schema_of(cls: type[Model]) -> dict[str, Any]:
    """Describes the fields, which are open to more."""
    fields: dict[str, Any] = {}
    for name, member in vars(cls).items():
        if not name.startswith("_") and hasattr(member, "__set__"):
            fields[name] = {"description": member.__doc__}
    schema = {"type": "object", "title": cls.__name__, "description": cls.__doc__}
    return {**schema, "properties": fields, "additionalProperties": True}
