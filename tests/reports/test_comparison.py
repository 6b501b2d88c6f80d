"""The comparison itself: what it must notice, and what it must let pass."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.reports.comparison import differences
from tests.reports.twins.common.question import Kind, Row, Value
from tests.reports.warehouse import Answer

pytestmark = pytest.mark.fast

COLUMNS: dict[str, Kind] = {
    "day": "date",
    "trips": "integer",
    "fare": "decimal",
    "miles": "double",
    "note": "text",
}
FIRST: Row = {"day": date(2015, 6, 1), "trips": 3, "fare": Decimal("12.85"), "miles": 2.97, "note": None}
SECOND: Row = {"day": date(2015, 6, 2), "trips": 3, "fare": Decimal("12.85"), "miles": 2.97, "note": "rain"}


def compared(*rows: Row) -> list[str]:
    """Compare rows with the two expected ones."""
    return differences(Answer(COLUMNS, list(rows)), COLUMNS, [FIRST, SECOND])


def test_the_same_rows_do_not_differ() -> None:
    assert compared(FIRST, SECOND) == []


def test_another_order_of_columns_is_a_difference() -> None:
    turned = dict(reversed(COLUMNS.items()))
    (found,) = differences(Answer(turned, [FIRST]), COLUMNS, [FIRST])
    assert found.startswith("columns: {'note': 'text', ")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("day", date(2015, 6, 3)),
        ("trips", 4),
        ("trips", None),
        ("fare", Decimal("12.86")),
        ("fare", 12.85),
        ("miles", 2.97 * (1 + 2e-9)),
        ("note", ""),
    ],
)
def test_a_cell_that_differs_is_named(column: str, value: Value) -> None:
    (found,) = compared(FIRST | {column: value}, SECOND)
    assert found.startswith("row 0")
    assert f"{column}: {value!r}, expected" in found


def test_a_double_may_differ_by_a_billionth() -> None:
    assert compared(FIRST | {"miles": 2.97 * (1 + 5e-10)}, SECOND) == []


def test_another_order_of_rows_is_a_difference() -> None:
    assert compared(SECOND, FIRST) != []


@pytest.mark.parametrize("rows", [(), (FIRST,), (FIRST, SECOND, SECOND)])
def test_another_number_of_rows_is_a_difference(rows: tuple[Row, ...]) -> None:
    assert compared(*rows)[0] == f"{len(rows)} rows, 2 expected"


def test_a_column_of_another_kind_is_a_difference() -> None:
    other: dict[str, Kind] = {**COLUMNS, "fare": "double"}
    assert "fare" in differences(Answer(other, [FIRST]), COLUMNS, [FIRST])[0]
