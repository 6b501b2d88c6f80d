"""The columns that come are those that are declared: names, order, types as Redshift has them."""

from __future__ import annotations

import pytest

from infra.reports.check import Bench
from tests.infra.reports.days import complaints, damaged, line_of


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (" as paid", " as payed", 'name = "paid"', "Column paid is declared, and not returned."),
        (
            "count(*) as trips,",
            "count(*) as trips, 1 as one,",
            "select\n",
            "The SELECT returns one, which is not declared: declare it, or name it with AS.",
        ),
        (
            "::decimal(18, 2) as paid",
            "::float8 as paid",
            'type = "decimal"',
            "Column paid is declared decimal; on Redshift it is double (float8).",
        ),
        (
            "sum(trip_distance)::float8",
            "sum(total_amount)",
            'type = "double"',
            "Column miles is declared double; on Redshift it is decimal (numeric(38,2)).",
        ),
        ("as miles,", "as paid,", "select\n", "The SELECT returns two columns named paid."),
    ],
)
def test_a_column_that_is_not_as_declared_is_named(
    old: str, new: str, at: str, message: str, bench: Bench
) -> None:
    text = damaged(old, new)
    assert (line_of(text, at), message) in complaints(text, bench)


def test_columns_in_another_order_are_named_in_theirs(bench: Bench) -> None:
    text = damaged("    count(*) as trips,\n", "").replace("as paid,", "as paid,\n    count(*) as trips,")
    assert complaints(text, bench) == [
        (
            line_of(text, "[[columns]]"),
            "The SELECT returns its columns in another order: day, paid, trips, miles, control_trips.",
        )
    ]


def test_a_column_without_a_name_is_named_as_undeclared(bench: Bench) -> None:
    said = [message for _, message in complaints(damaged("count(*) as trips,", "count(*),"), bench)]
    assert said == [
        "Column trips is declared, and not returned.",
        "The SELECT returns count, which is not declared: declare it, or name it with AS.",
    ]
