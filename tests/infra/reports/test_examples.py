"""What an example expects must come, to the cent; floats to their ninth digit."""

from __future__ import annotations

import pytest

from infra.reports.check import Bench
from tests.infra.reports.days import complaints, damaged, line_of

VALUE = 'value = { column = "paid", where = { day = "2015-06-03" }, equals = 300.00 }'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("rows = 3", "rows = 4", "4 rows were expected; there are 3."),
        ("rows = 3", "minimumRows = 4", "At least 4 rows were expected; there are 3."),
        ("rows = 3", "maximumRows = 2", "At most 2 rows were expected; there are 3."),
        ("equals = 300.00", "equals = 300.01", "paid where day = 2015-06-03 should be 300.01; it is 300.00."),
        ("equals = 72.6", "equals = 72.60001", "The total of miles should be 72.60001; it is 72.6"),
        ('day = "2015-06-03"', 'day = "2015-06-09"', "There is no row with day = 2015-06-09."),
        ('day = "2015-06-03"', "trips = 24", "3 rows have trips = 24: name one of them."),
        (
            VALUE,
            'value = { column = "trips", equals = 25 }',
            "trips in the first row should be 25; it is 24.",
        ),
        (
            VALUE,
            'value = { column = "day", equals = "2015-06-01" }',
            "day in the first row should be 2015-06-01",
        ),
    ],
)
def test_what_was_expected_and_did_not_come_is_told_with_both(
    old: str, new: str, sentence: str, bench: Bench
) -> None:
    text = damaged(old, new)
    ((line, said),) = complaints(text, bench)
    assert line == line_of(text, "[[example]]")
    assert said.startswith(f"Example 1: {sentence}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rows = 3", "minimumRows = 3\nmaximumRows = 3"),
        ("equals = 300.00", "equals = 300"),
        ("equals = 300.00", "equals = 299, tolerance = 1"),
        ("equals = 72.6", "equals = 72.60000001"),
        (VALUE, 'value = { column = "day", equals = "2015-06-02" }'),
        ('{ day = "2015-06-03" }', '{ day = "2015-06-03", trips = 24 }'),
    ],
)
def test_what_came_as_expected_is_taken(old: str, new: str, bench: Bench) -> None:
    assert complaints(damaged(old, new), bench) == []


def test_a_value_of_an_answer_without_rows_is_missed(bench: Bench) -> None:
    text = damaged(VALUE, 'value = { column = "trips", equals = 24 }').replace("rows = 3", "rows = 0")
    text = text.replace("order by 1", "having count(*) > 24\norder by 1").replace(
        "equals = 72.6", "equals = 0"
    )
    assert complaints(text, bench) == [
        (line_of(text, "[[example]]"), "Example 1: There is no row, so there is no value.")
    ]
