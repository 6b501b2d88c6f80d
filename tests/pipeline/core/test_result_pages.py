from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.result_pages import RawPage, ResultPage, result_columns, result_page, result_records
from pipeline.core.schema import from_wire, to_wire
from tests.pipeline.builders import STATEMENT_ID, finished
from tests.pipeline.properties import PROPERTY

pytestmark = pytest.mark.fast


def raw(rows: int, total: int, token: str | None = None) -> RawPage:
    return RawPage([("n", "int4")], [[{"longValue": n}] for n in range(rows)], total, token)


def page(maximum_rows: int, content: RawPage) -> ResultPage:
    return result_page(finished(), STATEMENT_ID, maximum_rows, content)


def cell(type_name: str, field: dict[str, Any]) -> Any:
    ((value,),) = result_records(RawPage([("x", type_name)], [[field]], 1, None))
    return value


@pytest.mark.parametrize(
    ("type_name", "told"),
    [
        ("int2", "integer"),
        ("int4", "integer"),
        ("int8", "integer"),
        ("numeric", "decimal"),
        ("float4", "double"),
        ("float8", "double"),
        ("bool", "boolean"),
        ("date", "date"),
        ("timestamp", "timestamp"),
        ("timestamptz", "timestamp"),
        ("varchar", "text"),
        ("bpchar", "text"),
        ("super", "text"),
    ],
)
def test_each_type_of_the_warehouse_has_a_word_on_the_wire(type_name: str, told: str) -> None:
    # facts RD-14, RD-15
    (column,) = result_columns(RawPage([("x", type_name)], [], 0, None))
    assert (column.name, column.type) == ("x", told)


@pytest.mark.parametrize(
    ("type_name", "field", "value"),
    [
        ("int8", {"longValue": 9_007_199_254_740_993}, 9_007_199_254_740_993),
        ("numeric", {"stringValue": "13.10"}, "13.10"),
        ("float8", {"doubleValue": 0.1}, 0.1),
        ("bool", {"booleanValue": False}, False),
        ("date", {"stringValue": "2015-06-01"}, "2015-06-01"),
        ("timestamp", {"stringValue": "2015-06-01 14:30:45"}, "2015-06-01T14:30:45.000000"),
        ("timestamp", {"stringValue": "2015-06-01 14:30:45.5"}, "2015-06-01T14:30:45.500000"),
        ("timestamp", {"stringValue": "2015-06-01 14:30:45.123456"}, "2015-06-01T14:30:45.123456"),
        ("timestamptz", {"stringValue": "2015-06-01 14:30:45+00"}, "2015-06-01T14:30:45.000000"),
        ("timestamptz", {"stringValue": "2015-06-01 14:30:45.123456+00"}, "2015-06-01T14:30:45.123456"),
        ("varchar", {"stringValue": ""}, ""),
        ("varchar", {"stringValue": "2015-06-01 14:30"}, "2015-06-01 14:30"),
    ],
)
def test_each_field_has_its_form_in_json(type_name: str, field: dict[str, Any], value: Any) -> None:
    assert cell(type_name, field) == value
    assert type(cell(type_name, field)) is type(value)


@pytest.mark.parametrize("type_name", ["int4", "numeric", "bool", "date", "timestamp", "varchar"])
def test_null_is_null_in_every_type(type_name: str) -> None:
    assert cell(type_name, {"isNull": True}) is None


@given(st.decimals(allow_nan=False, allow_infinity=False).map(str))
@PROPERTY
def test_no_digit_of_a_decimal_is_lost(text: str) -> None:
    assert cell("numeric", {"stringValue": text}) == text


def test_a_row_that_does_not_have_its_columns_is_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        result_records(RawPage([("a", "int4")], [[{"longValue": 1}, {"longValue": 2}]], 1, None))


def test_an_answer_within_the_cap_is_served_whole() -> None:
    served = page(5, raw(5, 5))
    assert (len(served.records), served.total_rows, served.truncated, served.next_page) == (5, 5, False, None)


def test_the_one_row_too_many_is_told_but_never_served() -> None:
    served = page(5, raw(6, 6))
    assert served.records == tuple((n,) for n in range(5))
    assert (served.total_rows, served.truncated) == (5, True)


@given(st.integers(1, 8), st.integers(0, 20), st.integers(1, 9))
@PROPERTY
def test_all_pages_together_hold_each_row_within_the_cap_once(maximum: int, rows: int, size: int) -> None:
    total = min(rows, maximum + 1)
    fields = [[{"longValue": n}] for n in range(total)]
    served: list[Any] = []
    for first in range(0, max(total, 1), size):
        token = str(first + size) if first + size < total else None
        content = RawPage([("n", "int4")], fields[first : first + size], total, token)
        one = page(maximum, content)
        served += one.records
        assert one.next_page == token
        assert one.total_rows == min(rows, maximum)
        assert one.truncated == (rows > maximum)
    assert served == [(n,) for n in range(min(rows, maximum))]


def test_a_page_says_whose_answer_it_is_and_survives_the_wire() -> None:
    served = page(5, raw(2, 2, "token/+="))
    record = finished()
    assert (served.query_id, served.topic_name, served.statement_id) == (
        record.query_id,
        "daily-summary",
        STATEMENT_ID,
    )
    assert (served.report_version, served.data_version, served.synthetic) == (
        record.report_version,
        record.data_version,
        True,
    )
    read = from_wire(ResultPage, to_wire(served))
    assert (read.next_page, read.columns) == ("token/+=", served.columns)
    assert [tuple(row) for row in read.records] == list(served.records)
