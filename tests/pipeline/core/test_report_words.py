"""What the pages for people say of a declaration."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.core.report_words import limits, rules, takes, unit_of
from pipeline.core.reports import Choice, Column, Parameter
from tests.pipeline.builders import report

pytestmark = pytest.mark.fast


def choice(*values: str) -> Parameter:
    return Parameter("x", "X", "choice", choices=tuple(Choice(value, f"the {value}") for value in values))


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        (Parameter("x", "X", "integer", minimum="10", maximum="100"), "integer from 10 to 100"),
        (Parameter("x", "X", "date", minimum="2015-01-01"), "date from 2015-01-01"),
        (Parameter("x", "X", "boolean"), "boolean"),
        (choice("All", "Queens"), "All, Queens"),
        (choice(*map(str, range(12))), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11"),
        (choice(*map(str, range(1, 1264))), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 … (1,263 in all)"),
    ],
)
def test_the_values_that_a_parameter_takes_are_said_shortly(parameter: Parameter, said: str) -> None:
    assert takes(parameter) == said


@pytest.mark.parametrize(
    ("unit", "unit_from", "said"), [("mi", None, "mi"), (None, "unit", "as unit says"), (None, None, "")]
)
def test_a_unit_is_said_or_where_it_is_said(unit: str | None, unit_from: str | None, said: str) -> None:
    assert unit_of(Column("x", "double", "X", "measure", unit=unit, unit_from=unit_from)) == said


def test_the_rules_are_notes_and_what_is_left_out_and_why_all_is_read() -> None:
    left_out = Column("without", "integer", "Left out", "excluded", reason="no fare above zero")
    described = replace(report(), columns=(left_out,), notes=("A note.",), whole_year="it compares months")
    assert list(rules(described)) == [
        "A note.",
        "Left out: no fare above zero.",
        "It reads the whole year: it compares months.",
    ]


def test_the_limits_say_time_rows_days_and_groups() -> None:
    assert limits(report()) == "usually 2 s, at most 60 s and 5 rows"
    narrow = replace(report(), maximum_days=7, groups=("finance", "board"))
    assert limits(narrow) == "usually 2 s, at most 60 s and 5 rows, 7 days, for finance, board"
