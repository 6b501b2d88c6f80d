"""An example must be a question that can be asked, and expect something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.declarations import parse_report
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Example, Expectation
from tests.pipeline.core.analyst_file import FILE, line_of, problem
from tests.pipeline.properties import PROPERTY

pytestmark = pytest.mark.fast


def with_example(*lines: str, parameters: str = 'startDate = "2015-06-01"') -> str:
    block = "\n".join(["[[example]]", f"parameters = {{ {parameters} }}", *lines])
    return FILE.replace("*/", f"\n{block}\n*/", 1)


BOUNDED = with_example("rows = 1", 'total = { column = "trips", equals = 5 }').replace(
    'type = "date"', 'type = "date"\nminimum = "2015-01-01"\nmaximum = "2015-12-31"', 1
)

CANNOT_FAIL = "The example cannot fail: give rows, minimumRows above 0, maximumRows below 5, value or total."


def lines_of_problems(text: str) -> list[int]:
    try:
        parse_report("trips", text.encode(), {})
    except ReportProblem as error:
        return [found.line for found in error.problems]
    return []


@pytest.mark.parametrize("bound", ['minimum = "soon"', 'maximum = "2015-02-30"', 'maximum = "2,015-06-01"'])
def test_bounds_that_are_none_are_named_and_no_example_is_held_against_them(bound: str) -> None:
    text = with_example("rows = 1").replace('type = "date"', f'type = "date"\n{bound}', 1)
    line, said = problem(text)
    assert line == line_of(text, bound)
    assert said.startswith(f"The {bound[:7]} of startDate does not fit: ")


@given(st.integers(0, len(BOUNDED)), st.integers(0, 30), st.text(max_size=10))
@PROPERTY
def test_any_damage_to_a_file_with_bounds_and_an_example_leaves_a_report_or_a_problem(
    at: int, gone: int, new: str
) -> None:
    text = BOUNDED[:at] + new + BOUNDED[at + gone :]
    assert all(1 <= line <= text.count("\n") + 1 for line in lines_of_problems(text))


def test_an_example_is_read_whole() -> None:
    text = with_example(
        "rows = 1",
        'value = { column = "trips", where = { day = "2015-06-01" }, equals = 5 }',
        'total = { column = "trips", equals = 5, tolerance = 0.5 }',
        'data = "2015-synthetic"',
    )
    assert parse_report("trips", text.encode(), {}).example == (
        Example(
            parameters={"startDate": "2015-06-01"},
            rows=1,
            value=Expectation("trips", 5, where={"day": "2015-06-01"}),
            total=Expectation("trips", 5, tolerance=0.5),
            data="2015-synthetic",
        ),
    )


def test_the_parameters_of_an_example_may_be_written_as_toml_writes_such_values() -> None:
    text = with_example("rows = 1", parameters="startDate = 2015-06-01")
    assert parse_report("trips", text.encode(), {}).example[0].parameters == {"startDate": "2015-06-01"}


@pytest.mark.parametrize(
    ("lines", "at", "message"),
    [
        (["data = 'x'"], "[[example]]", CANNOT_FAIL),
        (["minimumRows = 0"], "[[example]]", CANNOT_FAIL),
        (["maximumRows = 5"], "[[example]]", CANNOT_FAIL),
        (["minimumRows = 0", "maximumRows = 5"], "[[example]]", CANNOT_FAIL),
        (
            ["rows = 1", "minimumRows = 1"],
            "rows = 1",
            "rows is exact, so minimumRows and maximumRows have no use",
        ),
        (
            ["minimumRows = 3", "maximumRows = 2"],
            "minimumRows",
            "minimumRows must not be more than maximumRows.",
        ),
        (["rows = 6"], "[[example]]", "The example expects a number of rows that the report cannot have."),
        (
            ["minimumRows = 1", "maximumRows = 6"],
            "[[example]]",
            "The example expects a number of rows that the report cannot have.",
        ),
        (["rows = -1"], "[[example]]", "The example expects a number of rows that the report cannot have."),
        (['value = { column = "rides", equals = 1 }'], "value", "There is no column rides."),
        (['total = { column = "day", equals = 1 }'], "total", "Column day is date; a number is needed here."),
        (
            ['value = { column = "trips", equals = "5" }'],
            "value",
            "Column trips is integer: equals must be a number",
        ),
        (['value = { column = "day", equals = 5 }'], "value", "Column day is date: equals must be a text."),
        (
            ['value = { column = "trips", equals = 5, tolerance = -1 }'],
            "value",
            "tolerance must be a number from 0 to 5: with more, hardly an answer fails.",
        ),
        (
            ['total = { column = "trips", equals = -5, tolerance = 1e300 }'],
            "total",
            "tolerance must be a number from 0 to 5: with more, hardly an answer fails.",
        ),
        (
            ['total = { column = "trips", equals = 0, tolerance = 1.01 }'],
            "total",
            "tolerance must be a number from 0 to 1: with more, hardly an answer fails.",
        ),
        (
            ['value = { column = "day", equals = "2015-06-01", tolerance = 1 }'],
            "value",
            "tolerance must be a number from 0 to 0: with more, hardly an answer fails.",
        ),
        (
            ['value = { column = "trips", equals = nan }'],
            "value",
            "example[0].value.equals must be a finite number.",
        ),
        (
            ['total = { column = "trips", equals = inf }'],
            "total",
            "example[0].total.equals must be a finite number.",
        ),
        (
            ['value = { column = "trips", equals = 5, where = { trips = nan } }'],
            "value",
            "example[0].value.where.trips must be a finite number.",
        ),
        (
            ['value = { column = "trips", equals = 5, where = { rides = 1 } }'],
            "value",
            "There is no column rides.",
        ),
        (
            ['total = { column = "trips", equals = 5, where = { trips = 1 } }'],
            "total",
            "A total is over all rows: where belongs to a value.",
        ),
        (['value = { column = "trips" }'], "value", "example[0].value.equals is missing."),
    ],
)
def test_an_example_that_can_prove_nothing_is_named(lines: list[str], at: str, message: str) -> None:
    text = with_example(*lines)
    line, said = problem(text)
    assert line == line_of(text, "[[example]]") - 1 + line_of(text[text.index("[[example]]") :], at)
    assert said.startswith(message)


@pytest.mark.parametrize("line", ["rows = 0", "minimumRows = 1", "maximumRows = 4", "maximumRows = 0"])
def test_an_example_that_some_answer_would_not_meet_is_taken(line: str) -> None:
    assert lines_of_problems(with_example(line)) == []


@pytest.mark.parametrize("expected", ["equals = 5, tolerance = 5", "equals = 0.5, tolerance = 1"])
def test_a_tolerance_may_be_as_large_as_what_is_expected_or_one(expected: str) -> None:
    assert lines_of_problems(with_example(f'value = {{ column = "trips", {expected} }}')) == []


def test_an_example_names_a_required_parameter_that_has_a_default_too() -> None:
    text = with_example("rows = 1", parameters="").replace(
        'type = "date"', 'type = "date"\ndefault = "2015-06-01"', 1
    )
    said = "The example's parameters do not fit: startDate is missing. Its default is for the form alone."
    assert problem(text) == (line_of(text, "parameters = {"), said)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ("", "The example's parameters do not fit: startDate is missing."),
        ('startDate = "soon"', "The example's parameters do not fit: startDate must be a date such as"),
        (
            'startDate = "2015-06-01", borough = "Queens"',
            "The example's parameters do not fit: This report has no",
        ),
    ],
)
def test_an_example_that_cannot_be_asked_is_named(parameters: str, message: str) -> None:
    text = with_example("rows = 1", parameters=parameters)
    line, said = problem(text)
    assert line == line_of(text, "parameters = {")
    assert said.startswith(message)
