from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.instants import to_milliseconds
from pipeline.core.schema import SchemaError, from_wire, to_wire, wire_name
from tests.pipeline.properties import PROPERTY, json_values

pytestmark = pytest.mark.fast


@dataclass(frozen=True, slots=True)
class Inner:
    zone_name: str


@dataclass(frozen=True, slots=True)
class Outer:
    a_text: str
    a_number: int
    a_double: float
    a_flag: bool
    a_word: Literal["one", "two"]
    an_instant: datetime
    perhaps: str | None
    inner_list: tuple[Inner, ...]
    some_map: Mapping[str, int]
    anything: Any = None


WIRE: dict[str, Any] = {
    "aText": "x",
    "aNumber": 1,
    "aDouble": 1.5,
    "aFlag": True,
    "aWord": "one",
    "anInstant": "2026-11-24T15:00:00.000Z",
    "perhaps": None,
    "innerList": [{"zoneName": "Alphabet City"}],
    "someMap": {"a": 1},
    "anything": [1, "two"],
}

texts = st.text(max_size=5)
outers = st.builds(
    Outer,
    a_text=texts,
    a_number=st.integers(),
    a_double=st.floats(allow_nan=False),
    a_flag=st.booleans(),
    a_word=st.sampled_from(["one", "two"]),
    an_instant=st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC)).map(to_milliseconds),  # noqa: DTZ001 # hypothesis wants naive bounds
    perhaps=st.none() | texts,
    inner_list=st.lists(st.builds(Inner, texts), max_size=3).map(tuple),
    some_map=st.dictionaries(texts, st.integers(), max_size=3),
    anything=st.none() | st.integers() | st.lists(texts, max_size=2),
)


def place_of_refusal(wire: dict[str, Any], otherwise: str) -> str:
    """Give the field at fault."""
    try:
        from_wire(Outer, wire)
    except SchemaError as error:
        return error.field
    return otherwise


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in WIRE.items() if key != name}


@given(outers)
@PROPERTY
def test_whatever_is_written_is_read_back_the_same(value: Outer) -> None:
    assert from_wire(Outer, to_wire(value)) == value


def test_the_wire_has_the_names_in_its_own_spelling() -> None:
    assert to_wire(from_wire(Outer, WIRE)) == WIRE
    assert [wire_name(name) for name in ("sql", "query_id", "result_expires_at")] == [
        "sql",
        "queryId",
        "resultExpiresAt",
    ]


def test_a_field_with_a_default_may_be_missing() -> None:
    assert from_wire(Outer, without("anything")).anything is None


@pytest.mark.parametrize("name", [name for name in WIRE if name != "anything"])
def test_a_field_without_a_default_must_be_there_even_if_it_may_be_null(name: str) -> None:
    with pytest.raises(SchemaError) as caught:
        from_wire(Outer, without(name))
    assert (caught.value.field, caught.value.message) == (name, "is missing")


@pytest.mark.parametrize(
    ("name", "value", "field", "message"),
    [
        ("aText", 1, "aText", "must be text"),
        ("aText", None, "aText", "must be text"),
        ("aNumber", 1.0, "aNumber", "must be a whole number"),
        ("aNumber", True, "aNumber", "must be a whole number"),
        ("aDouble", "1", "aDouble", "must be a number"),
        ("aDouble", False, "aDouble", "must be a number"),
        ("aFlag", 1, "aFlag", "must be true or false"),
        ("aWord", "three", "aWord", "must be one of one, two"),
        ("aWord", ["one"], "aWord", "must be one of one, two"),
        ("anInstant", "now", "anInstant", "must be an instant such as 2026-11-24T15:00:00.000Z"),
        ("anInstant", 5, "anInstant", "must be an instant such as 2026-11-24T15:00:00.000Z"),
        ("perhaps", 1, "perhaps", "must be text"),
        ("innerList", {}, "innerList", "must be a list"),
        ("innerList", ["x"], "innerList[0]", "must be an object"),
        ("innerList", [{"zoneName": "x"}, {"zoneName": 2}], "innerList[1].zoneName", "must be text"),
        ("innerList", [{"zoneName": "x", "more": 1}], "innerList[0].more", "is not known here"),
        ("someMap", [], "someMap", "must be an object"),
        ("someMap", {"a": "1"}, "someMap.a", "must be a whole number"),
    ],
)
def test_a_value_of_another_form_is_refused_with_its_place(
    name: str, value: Any, field: str, message: str
) -> None:
    with pytest.raises(SchemaError) as caught:
        from_wire(Outer, {**WIRE, name: value})
    assert (caught.value.field, caught.value.message) == (field, message)


def test_a_whole_number_is_also_a_number() -> None:
    assert from_wire(Outer, {**WIRE, "aDouble": 3}).a_double == 3


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_refused_because_json_has_no_form_for_it(number: float) -> None:
    with pytest.raises(SchemaError, match="finite"):
        from_wire(Outer, {**WIRE, "aDouble": number})


@dataclass(frozen=True, slots=True)
class Cells:
    row: tuple[str | int | bool | None, ...]


def test_a_union_of_plain_types_takes_each_of_them_as_it_is() -> None:
    cells = from_wire(Cells, {"row": ["x", 1, True, None]})
    assert [type(cell) for cell in cells.row] == [str, int, bool, type(None)]


@pytest.mark.parametrize("cell", [1.5, [], {}])
def test_a_union_of_plain_types_takes_nothing_else(cell: Any) -> None:
    with pytest.raises(SchemaError) as caught:
        from_wire(Cells, {"row": [1, cell]})
    assert caught.value.field == "row[1]"
    assert caught.value.message == "must be text or a whole number or true or false"


def test_an_unknown_field_is_refused_from_a_client_and_ignored_from_the_server() -> None:
    wire = {**WIRE, "surprise": 1, "innerList": [{"zoneName": "x", "more": 1}]}
    with pytest.raises(SchemaError, match="surprise"):
        from_wire(Outer, wire)
    assert from_wire(Outer, wire, refuse_unknown=False).inner_list == (Inner("x"),)


@given(json_values)
@PROPERTY
def test_any_json_at_all_is_read_or_refused(value: Any) -> None:
    with pytest.raises(SchemaError):
        from_wire(Outer, value)


@given(st.sampled_from(sorted(WIRE)), json_values)
@PROPERTY
def test_any_json_in_any_field_is_read_or_refused(name: str, value: Any) -> None:
    assert name in {
        part.partition("[")[0] for part in place_of_refusal({**WIRE, name: value}, name).split(".")
    }
