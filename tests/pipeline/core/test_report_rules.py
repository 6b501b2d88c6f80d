"""Declarations that contradict themselves: each is named with its line and one sentence."""

from __future__ import annotations

import pytest

from pipeline.core.declarations import parse_report
from tests.pipeline.core.analyst_file import FILE, changed, line_of, problem

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "Trips"', 'title = " "', "title is empty."),
        ('maintainer = "data-team"', 'maintainer = ""', "maintainer is empty."),
        (
            'title = "Trips"',
            r'title = "Trips\nper day"',
            "title must be one line, of characters that can be seen.",
        ),
        ('label = "From"', 'label = ""', "label is empty."),
        ('label = "Day"', 'label = ""', "label is empty."),
        (
            'label = "All trips"',
            r'label = "All\ttrips"',
            "label must be one line, of characters that can be seen.",
        ),
        ('title = "Trips per day"', 'title = " "', "title is empty."),
        ("maximumRows = 5", "maximumRows = 0", "maximumRows must be at least 1."),
        ("maximumRows = 5", "maximumRows = 100001", "maximumRows must be at most 100,000."),
        ("usualSeconds = 2", "usualSeconds = -2", "usualSeconds must be at least 1."),
        ("usualSeconds = 2", "usualSeconds = 61", "usualSeconds must not be more than deadlineSeconds."),
        ("deadlineSeconds = 60", "deadlineSeconds = 0", "deadlineSeconds must be at least 1."),
        (
            "deadlineSeconds = 60",
            "deadlineSeconds = 901",
            "deadlineSeconds must be at most 900, the warehouse's own limit.",
        ),
        (
            "maximumRows = 5",
            "maximumDays = 7\nmaximumRows = 5",
            "maximumDays is at least 1 and belongs to a report with startDate and endDate.",
        ),
        (
            "maximumRows = 5",
            'groups = ["a,b"]\nmaximumRows = 5',
            "A group is one word without spaces and commas.",
        ),
    ],
)
def test_a_report_whose_head_makes_no_sense_is_named(old: str, new: str, message: str) -> None:
    text = changed(old, new)
    assert problem(text) == (line_of(text, new.splitlines()[0]), message)


@pytest.mark.parametrize("limits", ["deadlineSeconds = 900", "deadlineSeconds = 2"])
def test_a_deadline_may_be_the_usual_time_and_as_long_as_the_warehouse_runs(limits: str) -> None:
    assert parse_report("trips", changed("deadlineSeconds = 60", limits).encode(), {})


def test_a_parameter_declared_twice_is_named_with_the_second() -> None:
    again = '[[parameters]]\nname = "startDate"\nlabel = "Again"\ntype = "date"\n'
    text = changed("\n[[columns]]", f"\n{again}\n[[columns]]")
    assert problem(text) == (line_of(text, 'label = "Again"') - 1, "Parameter startDate is declared twice.")


def test_a_column_declared_twice_is_named_with_the_second() -> None:
    text = changed('name = "day"', 'name = "trips"').replace('x = "day"', 'x = "trips"')
    assert problem(text) == (line_of(text, 'label = "Trips"') - 2, "Column trips is declared twice.")


def test_a_column_is_named_as_the_warehouse_returns_it() -> None:
    text = FILE.replace('"day"', '"Day"')
    assert problem(text)[1] == "Column Day must be written in small letters, as the warehouse returns it."


def test_an_excluded_column_counts_and_says_why() -> None:
    text = changed('role = "measure"', 'role = "excluded"')
    assert problem(text) == (line_of(text, 'name = "trips"'), "Column trips is excluded and needs a reason.")
    with_reason = text.replace('role = "excluded"', 'role = "excluded"\nreason = "no fare"')
    assert parse_report("trips", with_reason.encode(), {}).columns[1].reason == "no fare"
    as_double = with_reason.replace('type = "integer"', 'type = "double"')
    assert problem(as_double)[1] == "Column trips counts what was left out: it must be an integer."


def test_only_an_excluded_column_has_a_reason() -> None:
    text = changed('role = "measure"', 'role = "measure"\nreason = "no fare"')
    assert problem(text) == (line_of(text, "reason"), "Column trips leaves nothing out, so it has no reason.")


@pytest.mark.parametrize(
    ("column", "format_"), [("date", "usd"), ("text", "integer"), ("integer", "date"), ("boolean", "percent")]
)
def test_a_format_that_cannot_show_its_column_is_named(column: str, format_: str) -> None:
    text = changed('type = "date"\nlabel = "Day"', f'type = "{column}"\nformat = "{format_}"\nlabel = "Day"')
    assert problem(text) == (
        line_of(text, "format"),
        f"Column day is {column} and cannot be shown as {format_}.",
    )


UNIT = '[[columns]]\nname = "unit"\ntype = "text"\nlabel = "Unit"\nrole = "dimension"\n\n[[kpis]]'


def with_unit_from(name: str, more: str = "") -> str:
    text = changed('role = "measure"', f'role = "measure"\nunitFrom = "{name}"{more}')
    return text.replace("[[kpis]]", UNIT, 1)


def test_a_unit_may_be_that_of_a_text_column() -> None:
    report = parse_report("trips", with_unit_from("unit").encode(), {})
    assert [column.unit_from for column in report.columns] == [None, "unit", None]


@pytest.mark.parametrize("name", ["day", "trips", "miles"])
def test_a_unit_from_a_column_that_holds_none_is_named(name: str) -> None:
    text = with_unit_from(name)
    said = f"unitFrom names a text column with the unit; {name} is none."
    assert problem(text) == (line_of(text, "unitFrom"), said)


@pytest.mark.parametrize("more", ['\nunit = "mi"', '\nformat = "miles"'])
def test_a_column_has_one_unit(more: str) -> None:
    text = with_unit_from("unit", more)
    said = "Column trips has its unit from unit: leave out unit and format."
    assert problem(text) == (line_of(text, "unitFrom"), said)


def with_label_from(name: str) -> str:
    return changed('role = "measure"', f'role = "measure"\nlabelFrom = "{name}"')


@pytest.mark.parametrize("name", ["day", "startDate"])
def test_a_label_from_what_is_no_choice_is_named(name: str) -> None:
    text = with_label_from(name)
    said = f"labelFrom names a parameter of type choice; {name} is none."
    assert problem(text) == (line_of(text, "labelFrom"), said)


CONTROL = (
    '[[columns]]\nname = "control_trips"\ntype = "integer"\nlabel = "Again"\nrole = "control"\n\n[[kpis]]'
)


def test_a_control_column_is_named_after_what_it_controls() -> None:
    text = changed("[[kpis]]", CONTROL)
    assert parse_report("trips", text.encode(), {}).column("control_trips")
    for name in ("trips_again", "control_rides"):
        assert problem(text.replace("control_trips", name)) == (
            line_of(text, "control_trips"),
            f"Column {name} controls no column: name it control_ and that column.",
        )


def test_a_control_column_is_a_number() -> None:
    text = changed("[[kpis]]", CONTROL.replace('type = "integer"', 'type = "text"'))
    assert problem(text)[1] == "Column control_trips and what it controls must be numbers."
