"""Parameters that contradict themselves: each is named with its line and one sentence."""

from __future__ import annotations

import pytest

from pipeline.core.declarations import parse_report
from tests.pipeline.core.analyst_file import changed, line_of, problem

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("more", "at", "message"),
    [
        ("required = false", 'name = "startDate"', "startDate is not required and needs a default."),
        (
            'default = "soon"',
            "default =",
            "The default of startDate does not fit: startDate must be a date such",
        ),
        (
            'minimum = "soon"',
            "minimum =",
            "The minimum of startDate does not fit: startDate must be a date such",
        ),
        ('maximum = "2015-02-30"', "maximum =", "The maximum of startDate does not fit: "),
        (
            'minimum = "2015-01-01"\ndefault = "2014-01-01"',
            "default =",
            "The default of startDate does not fit: ",
        ),
        (
            'minimum = "2015-02-01"\nmaximum = "2015-01-01"',
            "maximum =",
            "The maximum of startDate does not fit: startDate must be at least 2015-02-01.",
        ),
    ],
)
def test_a_parameter_that_contradicts_itself_is_named(more: str, at: str, message: str) -> None:
    text = changed('type = "date"', f'type = "date"\n{more}')
    line, said = problem(text)
    assert line == line_of(text, at)
    assert said.startswith(message)


@pytest.mark.parametrize("kind", ["text", "boolean"])
def test_what_has_no_order_has_no_bounds(kind: str) -> None:
    text = changed('type = "date"', f'type = "{kind}"\nminimum = "a"').replace("startDate", "word")
    assert problem(text.replace("::date", "::varchar"))[1].endswith("has no minimum or maximum.")


def test_an_end_of_the_range_is_a_date() -> None:
    text = changed('type = "date"', 'type = "text"').replace("::date", "::varchar")
    assert problem(text)[1] == "startDate must be a date: it is one end of a range of days."


@pytest.mark.parametrize("name", ["topicName", "queryId", "a b", "", "5th"])
def test_a_parameter_whose_name_cannot_be_used_is_named(name: str) -> None:
    text = changed('name = "startDate"', f'name = "{name}"')
    assert problem(text)[1] == f"{name or 'An empty name'} cannot name a parameter."


def with_range(start: str, end: str, head: str = "") -> str:
    """Give the file with both ends of the range and their defaults."""
    ends = f'default = "{start}"\n\n[[parameters]]\nname = "endDate"\nlabel = "To"\ntype = "date"\ndefault = "{end}"'
    text = changed('type = "date"', f'type = "date"\n{ends}').replace("maximumRows", f"{head}maximumRows", 1)
    return text.replace("group by", "and day < :endDate::date + 1\ngroup by")


@pytest.mark.parametrize(
    ("end", "head", "message"),
    [
        ("2015-05-31", "", "endDate must not be before startDate, 2015-06-01."),
        ("2015-06-08", "maximumDays = 7\n", "Ask for at most 7 days: these are 8."),
    ],
)
def test_default_days_that_cannot_be_asked_for_together_are_named(end: str, head: str, message: str) -> None:
    text = with_range("2015-06-01", end, head)
    assert problem(text) == (
        line_of(text, f'default = "{end}"'),
        f"The default values do not fit together: {message}",
    )


def test_default_days_may_be_one_day_and_as_many_as_may_be_asked_for() -> None:
    for end, head in (("2015-06-01", ""), ("2015-06-07", "maximumDays = 7\n")):
        assert parse_report("trips", with_range("2015-06-01", end, head).encode(), {})
