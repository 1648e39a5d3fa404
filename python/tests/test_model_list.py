"""Compares the models with those of the core, which conformance/models.json lists."""

from __future__ import annotations

import json
from typing import Any

import pytest

import openint_sdk
from openint_sdk import Object
from openint_sdk._answers import _LISTS, _MODELS
from openint_sdk._object import Field
from sandbox import ROOT

LIST = ROOT / "conformance/models.json"
MODELS: dict[str, dict[str, Any]] = json.loads(LIST.read_text("utf-8"))


def known_fields(model: type[Object]) -> set[str]:
    """By the API's names. The rows of a page are read by a property."""
    fields = {member.name for member in vars(model).values() if isinstance(member, Field)}
    properties = {name for name, member in vars(model).items() if isinstance(member, property)}
    return fields | properties.intersection(model._required)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_has_the_fields_of_the_core(name: str) -> None:
    model = getattr(openint_sdk, name, None)
    assert isinstance(model, type), f"there is no model {name}"
    assert issubclass(model, Object)
    known, listed = known_fields(model), set(MODELS[name])
    lacking, unknown = sorted(listed - known), sorted(known - listed)
    assert not lacking, f"{name} lacks fields of the core: {lacking}"
    assert not unknown, f"{name} has fields that the core does not know: {unknown}"
    required = {field for field, of in MODELS[name].items() if of["required"]}
    assert set(model._required) == required, f"{name} has other required fields than the core"


def test_no_answer_is_a_model_that_the_core_does_not_know() -> None:
    answers = {model.__name__ for model in (*_MODELS.values(), *_LISTS.values())}
    assert answers
    assert not answers - set(MODELS)
