from __future__ import annotations

import copy
import json
import pickle
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openint_sdk import (
    NOT_GIVEN,
    Connection,
    ConnectorData,
    InputTypeError,
    JsonFloat,
    OAuth2Credentials,
    OAuth2Settings,
    Page,
    Response,
    Settings,
)
from openint_sdk._native import dumps, loads

ROW: dict[str, Any] = {
    "id": "conn_github_1",
    "customer_id": None,
    "created_at": "2026-11-24 02:12:35.896474+00",
    "updated_at": "<string>",
    "settings": {
        "access_token": "at",
        "oauth": {
            "credentials": {"access_token": "at", "expires_at": "2026-12-01T02:12:36.123Z"},
            "created_at": None,
        },
    },
    "metadata": {"tags": ["a", {"b": 1}], "n": 12345678901234567890123},
    "brand_new": {"deep": [1, 2]},
}


@pytest.fixture
def row() -> Connection:
    return Connection.from_json(json.dumps(ROW))


def test_attributes_all_the_way_down(row: Connection) -> None:
    settings = row.settings
    assert type(settings) is Settings
    assert type(settings.oauth) is OAuth2Settings
    assert type(settings.oauth.credentials) is OAuth2Credentials
    assert settings.oauth.credentials.access_token == "at"
    assert settings.access_token == "at"
    assert settings.api_key is None
    assert row.metadata["tags"][1]["b"] == 1
    assert row.brand_new == {"deep": [1, 2]}
    assert row["brand_new"]["deep"] == [1, 2]
    assert row["settings"] == ROW["settings"]


def test_absent_and_null_can_be_told_apart(row: Connection) -> None:
    assert row.customer_id is None
    assert "customer_id" in row
    assert row.status is None
    assert "status" not in row
    with pytest.raises(KeyError):
        row["status"]
    with pytest.raises(AttributeError, match="no field 'unheard_of'"):
        _ = row.unheard_of
    assert not hasattr(row, "unheard_of")


def test_timestamps_are_aware_and_their_text_stays(row: Connection) -> None:
    assert row.created_at == datetime(2026, 11, 24, 2, 12, 35, 896474, timezone.utc)
    assert row["created_at"] == "2026-11-24 02:12:35.896474+00"
    assert row.updated_at is None
    assert row["updated_at"] == "<string>"
    assert row.settings is not None
    assert row.settings.oauth is not None
    assert row.settings.oauth.credentials is not None
    assert row.settings.oauth.credentials.expires_at == datetime(
        2026, 12, 1, 2, 12, 36, 123000, timezone.utc
    )
    assert row.settings.oauth.created_at is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24 02:12:36.36114+00", "2026-11-24T02:12:36.361140+00:00"),
        ("2026-11-24 02:12:36+00", "2026-11-24T02:12:36+00:00"),
        ("2026-11-24 07:42:36+05:30", "2026-11-24T07:42:36+05:30"),
        ("1969-12-31 23:59:59.5-08", "1969-12-31T23:59:59.500000-08:00"),
        ("2026-12-01T02:12:36.123456789z", "2026-12-01T02:12:36.123456+00:00"),
        ("2026-13-01 00:00:00+00", None),
        ("2026-11-24 02:12:36+99", None),
        ("2026-11-24", None),
        ("2026-11-24T02:12:36", None),
        ("", None),
    ],
)
def test_every_form_of_timestamp(text: object, expected: str | None) -> None:
    found = Connection(id="conn_1", created_at=text).created_at
    assert (found and found.isoformat()) == expected


def test_objects_are_frozen(row: Connection) -> None:
    for change in (
        lambda: setattr(row, "id", "x"),
        lambda: setattr(row, "anything", "x"),
        lambda: delattr(row, "id"),
        lambda: row.__setitem__("id", "x"),  # type: ignore[attr-defined]
    ):
        with pytest.raises(AttributeError):
            change()
    plain = row.to_dict()
    plain["metadata"]["tags"].append("more")
    row["metadata"]["tags"].append("more")
    row.brand_new["deep"].append("more")
    row.metadata["tags"].append("more")
    assert row.metadata["tags"] == ["a", {"b": 1}]
    assert row == ROW


def test_what_goes_in_comes_out(row: Connection) -> None:
    assert row.to_dict() == ROW
    assert json.loads(row.to_json()) == ROW
    assert list(row.keys()) == list(row.to_dict()) == list(ROW)
    assert dict(row) == ROW
    assert len(row) == len(ROW)
    assert {"id", "brand_new", "to_json"} <= set(dir(row))


def test_equality_and_hash(row: Connection) -> None:
    same = Connection(**dict(reversed(ROW.items())))
    other = row.replace(id="conn_github_2")
    assert row == same
    assert hash(row) == hash(same)
    assert row != other
    assert row == ROW
    assert row != "conn_github_1"
    assert len({row, same, other}) == 2
    assert row.metadata == {"tags": ["a", {"b": 1}], "n": 12345678901234567890123}


def test_copy_and_pickle(row: Connection) -> None:
    assert copy.copy(row) is row
    assert copy.deepcopy(row) is row
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(row, protocol))
        assert again == row
        assert type(again) is Connection
    number = pickle.loads(pickle.dumps(JsonFloat("1.10")))
    assert (number, number.text) == (1.1, "1.10")


def test_match(row: Connection) -> None:
    match row:
        case Connection(
            id,
            customer_id=None,
            settings=Settings(oauth=OAuth2Settings(credentials=OAuth2Credentials(token))),
        ):
            assert (id, token) == ("conn_github_1", "at")
        case _:
            pytest.fail("no match")


def test_inputs_of_our_own() -> None:
    ends = datetime(2026, 12, 1, tzinfo=timezone(timedelta(hours=1)))
    credentials = OAuth2Credentials(access_token="at", expires_in=3600, expires_at=ends, extra=[1])
    data = ConnectorData.oauth2("github", credentials)
    assert data.to_dict() == {
        "connector_name": "github",
        "settings": {
            "oauth": {
                "credentials": {
                    "access_token": "at",
                    "expires_in": 3600,
                    "expires_at": "2026-12-01T00:00:00+01:00",
                    "extra": [1],
                }
            }
        },
    }
    assert credentials.expires_at == ends
    assert Settings(apiKey="k").api_key == "k"
    assert Settings(oauth="nonsense").access_token is None


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=25,
)


@given(st.dictionaries(texts, values.filter(lambda v: v not in (float("inf"), -float("inf")))))
def test_plain_json_survives(value: dict[str, Any]) -> None:
    try:
        written = dumps(value)
    except ValueError:  # an infinite number further down
        return
    assert loads(written) == value
    model = Connection(id="conn_1", metadata=value)
    assert model.metadata == value
    assert model.to_dict() == {"id": "conn_1", "metadata": value}
    assert hash(model) == hash(Connection.from_json(model.to_json()))
    assert model.to_json() == f'{{"id":"conn_1","metadata":{written}}}'


@given(st.from_regex(r"\A-?(0|[1-9][0-9]{0,40})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?\Z"))
def test_every_digit_survives(number: str) -> None:
    assert dumps(loads(f"[{number}]")) in {f"[{number}]", f"[{int_or_none(number)}]"}


def int_or_none(number: str) -> str | None:
    return str(int(number)) if number.lstrip("-").isdigit() else None


def test_half_a_surrogate_pair_is_read_and_never_written() -> None:
    text = '{"id":"conn_1","metadata":{"a":"\\ud800"}}'
    model = Connection.from_json(text)
    assert model.metadata == {"a": "\ud800"}
    assert model.to_json() == text
    for value, place in (({"a": ["\ud800"]}, "metadata.a[0]"), ({"\udc00": 1}, "metadata.")):
        with pytest.raises(InputTypeError) as caught:
            Connection(id="conn_1", metadata=value)
        assert str(caught.value.field).startswith(place)
    assert loads('{"a":"\\ud83d\\ude00"}') == {"a": "😀"}


@pytest.mark.parametrize("text", ["", "{", "[1,]", '{"a" 1}', "tru", "1 2", "nul", '"a', "01", "-"])
def test_what_is_no_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)


def test_keys_that_come_again() -> None:
    rows = loads('[{"id":1,"\\u0069d":2},{"id":3}]')
    assert rows == [{"id": 2}, {"id": 3}]


def test_depth_has_a_bound_that_all_functions_can_walk() -> None:
    deep = '{"a":' * 298 + "1" + "}" * 298
    model = Connection.from_json(f'{{"id":"conn_1","metadata":{deep}}}')
    assert model.metadata == loads(deep)
    assert hash(model) == hash(Connection(**model.to_dict()))
    assert model.replace(id="conn_2").metadata == model.metadata
    with pytest.raises(RecursionError):
        loads("[" * 301 + "]" * 301)


def test_models_take_what_is_put_into_brackets() -> None:
    assert Page[Connection].__args__ == (Connection,)  # type: ignore[attr-defined]
    assert Response[Connection].__args__ == (Connection,)  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(NOT_GIVEN)) is NOT_GIVEN
    assert copy.deepcopy(NOT_GIVEN) is NOT_GIVEN
    assert (bool(NOT_GIVEN), repr(NOT_GIVEN)) == (False, "NOT_GIVEN")


def test_numbers_beyond_the_limits_of_int_and_float() -> None:
    digits = "9" * 5000
    for number in (digits, "1E400", "0." + digits):
        assert dumps(loads(f'{{"n":{number}}}')) == f'{{"n":{number}}}'
