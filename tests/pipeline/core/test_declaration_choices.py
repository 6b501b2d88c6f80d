"""Lists of values, and the casts that each type of parameter takes."""

from __future__ import annotations

import pytest

from pipeline.core.declarations import parse_report
from tests.pipeline.core.analyst_file import BOROUGHS, line_of, problem, with_borough

pytestmark = pytest.mark.fast


def test_a_shared_list_of_choices_is_put_in() -> None:
    report = parse_report("trips", with_borough().encode(), {"boroughs": BOROUGHS})
    borough = report.parameter("borough")
    assert borough is not None
    assert borough.choices == BOROUGHS


def test_a_shared_list_that_is_not_there_is_named_with_its_line() -> None:
    text = with_borough().replace('"boroughs"', '"planets"')
    assert problem(text) == (line_of(text, "choicesFrom"), "There is no list of choices planets.")


@pytest.mark.parametrize("own", ['["All", "Queens"]', '["All", {value = "Queens", label = "Queens"}]'])
def test_choices_may_be_written_in_place(own: str) -> None:
    text = with_borough().replace('choicesFrom = "boroughs"', f"choices = {own}")
    borough = parse_report("trips", text.encode(), {}).parameter("borough")
    assert borough is not None
    assert [choice.value for choice in borough.choices or ()] == ["All", "Queens"]


@pytest.mark.parametrize("line", ["choices = []", ""])
def test_a_choice_without_choices_is_named(line: str) -> None:
    text = with_borough().replace('choicesFrom = "boroughs"', line)
    assert problem(text)[1] == "borough is a choice and needs choices or choicesFrom."


@pytest.mark.parametrize(
    ("kind", "cast", "fits"),
    [
        ("integer", "int", True),
        ("integer", "bigint", True),
        ("number", "double precision", True),
        ("number", "int", False),
        ("text", "varchar", True),
        ("boolean", "bool", True),
        ("boolean", "int", False),
        ("date", "varchar", False),
    ],
)
def test_each_type_has_its_casts(kind: str, cast: str, fits: bool) -> None:
    text = with_borough(cast).replace('type = "choice"\nchoicesFrom = "boroughs"', f'type = "{kind}"')
    if fits:
        assert parse_report("trips", text.encode(), {}).parameter("borough")
    else:
        assert problem(text)[1].startswith(f"borough is declared {kind}: write :borough::")


def test_a_choice_twice_is_named() -> None:
    text = with_borough().replace('choicesFrom = "boroughs"', 'choices = ["All", "All"]')
    assert problem(text) == (line_of(text, "choices ="), "borough has a choice twice.")


def test_choices_come_from_one_place() -> None:
    text = with_borough().replace('choicesFrom = "boroughs"', 'choices = ["All"]\nchoicesFrom = "boroughs"')
    assert problem(text) == (line_of(text, "choices ="), "Give choices or choicesFrom, not both.")


def test_only_a_choice_has_choices() -> None:
    text = with_borough().replace('type = "choice"', 'type = "text"')
    assert problem(text)[1] == "borough is no choice, so it has no choices."


def test_an_empty_choice_is_refused_because_it_cannot_be_bound() -> None:
    text = with_borough().replace('choicesFrom = "boroughs"', 'choices = ["All", ""]')
    assert problem(text)[1] == "borough has an empty choice, which cannot be bound."
