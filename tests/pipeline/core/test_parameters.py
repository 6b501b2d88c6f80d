from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core.errors import Refusal
from pipeline.core.parameters import MAXIMUM_TEXT_LENGTH, canonical, validate_parameters
from pipeline.core.reports import Choice, Parameter, ParameterType, Report
from tests.fakes.ports import JUNE
from tests.pipeline.builders import parameter, report
from tests.pipeline.properties import PROPERTY, any_text, hostile_text, json_values

pytestmark = pytest.mark.fast

Answer = TypeVar("Answer")
CODES = {"unknown_parameter", "missing_parameter", "invalid_parameter", "out_of_range"}
BOROUGHS = (Choice("All", "All boroughs"), Choice("Queens", "Queens"))
TYPES: tuple[ParameterType, ...] = ("date", "integer", "number", "text", "choice", "boolean")
ALL_TYPES = report(
    parameters=tuple(Parameter(f"{kind}Value", kind, kind, choices=BOROUGHS) for kind in TYPES)
)
FORMS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    "integer": re.compile(r"0|-?[1-9]\d{0,17}", re.ASCII),
    "number": re.compile(r"0|-?(0|[1-9]\d*)(\.\d*[1-9])?", re.ASCII),
    "text": re.compile(r"[^\x00-\x1f]{1,200}"),
    "choice": re.compile("All|Queens"),
    "boolean": re.compile("true|false"),
}


def refusal(asked: Report, given: dict[str, Any]) -> Refusal:
    with pytest.raises(Refusal) as caught:
        validate_parameters(asked, given)
    return caught.value


def refused_value(one: Parameter, value: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        canonical(one, value)
    return caught.value


def outcome(work: Callable[[], Answer]) -> Answer | Refusal:
    try:
        return work()
    except Refusal as refused:
        return refused


def test_june_is_taken_as_it_is() -> None:
    assert validate_parameters(report(), JUNE) == JUNE


def test_an_unknown_parameter_is_named() -> None:
    refused = refusal(report(), {**JUNE, "borough": "Queens"})
    assert (refused.code, refused.field) == ("unknown_parameter", "borough")


def test_a_missing_parameter_is_named() -> None:
    refused = refusal(report(), {"startDate": "2015-06-01"})
    assert (refused.code, refused.field) == ("missing_parameter", "endDate")


def test_a_required_parameter_must_be_given_even_if_the_form_has_a_default() -> None:
    asked = report(parameters=(parameter(default="2015-06-01"),))
    assert refusal(asked, {}).code == "missing_parameter"


def test_an_optional_parameter_falls_back_to_its_default_in_canonical_form() -> None:
    asked = report(parameters=(Parameter("least", "At least", "integer", required=False, default="007"),))
    assert validate_parameters(asked, {}) == {"least": "7"}


@pytest.mark.parametrize("day", ["2014-12-31", "2016-01-01"])
def test_a_day_outside_the_year_is_out_of_range(day: str) -> None:
    refused = refusal(report(), {"startDate": day, "endDate": day})
    assert (refused.code, refused.field) == ("out_of_range", "startDate")
    assert refused.message == "startDate must be between 2015-01-01 and 2015-12-31."


@pytest.mark.parametrize("day", ["2015-01-01", "2015-12-31"])
def test_the_first_and_the_last_day_are_inside(day: str) -> None:
    assert validate_parameters(report(), {"startDate": day, "endDate": day})["endDate"] == day


def test_a_start_after_the_end_is_out_of_range() -> None:
    refused = refusal(report(), {"startDate": "2015-06-02", "endDate": "2015-06-01"})
    assert (refused.code, refused.field) == ("out_of_range", "endDate")


def test_a_range_longer_than_the_report_takes_is_refused_and_the_longest_is_not() -> None:
    week = report(maximum_days=7)
    assert validate_parameters(week, {"startDate": "2015-06-01", "endDate": "2015-06-07"})
    refused = refusal(week, {"startDate": "2015-06-01", "endDate": "2015-06-08"})
    assert (refused.code, refused.field) == ("out_of_range", "endDate")
    assert refused.message == "Ask for at most 7 days: these are 8."


@pytest.mark.parametrize(
    ("minimum", "maximum", "value", "sentence"),
    [("1", None, "0", "n must be at least 1."), (None, "9", "10", "n must be at most 9.")],
)
def test_a_bound_on_one_side_holds_on_that_side(
    minimum: str | None, maximum: str | None, value: str, sentence: str
) -> None:
    one = Parameter("n", "n", "integer", minimum=minimum, maximum=maximum)
    refused = refused_value(one, value)
    assert (refused.code, refused.message) == ("out_of_range", sentence)


def test_numbers_are_compared_as_numbers_and_not_as_texts() -> None:
    assert canonical(Parameter("n", "n", "integer", minimum="9"), "10") == "10"
    assert canonical(Parameter("n", "n", "number", maximum="10"), "9.5") == "9.5"
    assert refused_value(Parameter("n", "n", "number", maximum="10"), "10.5").code == "out_of_range"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("integer", 25, "25"),
        ("integer", "-0", "0"),
        ("integer", "0025", "25"),
        ("number", 2.50, "2.5"),
        ("number", "2.500", "2.5"),
        ("number", "100", "100"),
        ("number", "-0.0", "0"),
        ("number", 0, "0"),
        ("number", "0.0000001", "0.0000001"),
        ("number", 0.00001, "0.00001"),
        ("number", "-" + "1" * 15 + "." + "1" * 9, "-" + "1" * 15 + "." + "1" * 9),
        ("integer", "-" + "1" * 18, "-" + "1" * 18),
        ("text", " as typed ", " as typed "),
        ("text", "x", "x"),
        ("text", "x" * MAXIMUM_TEXT_LENGTH, "x" * MAXIMUM_TEXT_LENGTH),
        ("choice", "Queens", "Queens"),
        ("boolean", True, "true"),
        ("boolean", False, "false"),
        ("boolean", "false", "false"),
        ("date", "2016-02-29", "2016-02-29"),
    ],
)
def test_a_value_is_written_in_its_one_canonical_form(kind: ParameterType, value: Any, text: str) -> None:
    assert canonical(Parameter("n", "n", kind, choices=BOROUGHS), value) == text


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("date", "2015-02-29"),
        ("date", "2015-6-1"),
        ("date", "20150601"),
        ("date", "2015-06-01 "),
        ("date", "２０１５-06-01"),
        ("date", 20150601),
        ("date", "2015-06-01'; drop table trips; --"),
        ("integer", 1.0),
        ("integer", True),
        ("integer", "1e3"),
        ("integer", "٣"),
        ("integer", "1" * 19),
        ("number", True),
        ("number", float("nan")),
        ("number", float("inf")),
        ("number", "1."),
        ("number", "1" * 16),
        ("number", "1." + "1" * 10),
        ("number", "٣"),
        ("text", ""),
        ("text", "x" * (MAXIMUM_TEXT_LENGTH + 1)),
        ("text", "tab\there"),
        ("text", "\ud800"),
        ("text", 5),
        ("choice", "queens"),
        ("choice", None),
        ("choice", ["All"]),
        ("boolean", 1),
        ("boolean", "True"),
        ("boolean", ["true"]),
        ("boolean", {"a": 1}),
    ],
)
def test_a_value_of_another_form_is_invalid(kind: ParameterType, value: Any) -> None:
    refused = refused_value(Parameter("n", "n", kind, choices=BOROUGHS), value)
    assert (refused.code, refused.field) == ("invalid_parameter", "n")
    assert refused.message.startswith("n must be ")


@pytest.mark.parametrize(
    ("kind", "value", "wanted"),
    [
        ("date", "soon", "a date such as 2015-06-01"),
        ("date", "2015-02-29", "a day of the calendar, such as 2015-06-01"),
        ("integer", "2.5", "a whole number such as 25"),
        ("number", "1e3", "a number such as 2.5"),
        ("text", "", "a text of 1 to 200 characters"),
        ("text", "tab\there", "a text without control characters"),
        ("choice", "queens", "one of All, Queens"),
        ("boolean", "yes", "true or false"),
    ],
)
def test_an_invalid_value_is_answered_with_what_is_wanted(
    kind: ParameterType, value: str, wanted: str
) -> None:
    refused = refused_value(Parameter("n", "n", kind, choices=BOROUGHS), value)
    assert refused.message == f"n must be {wanted}."


@pytest.mark.parametrize("one", ALL_TYPES.parameters, ids=lambda one: one.type)
def test_a_value_is_refused_however_deep_it_is(one: Parameter) -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    assert refused_value(one, value).code == "invalid_parameter"


@pytest.mark.parametrize(("zones", "rest"), [(12, ""), (13, " or 1 others"), (263, " or 251 others")])
def test_of_many_choices_the_first_are_named_and_the_others_counted(zones: int, rest: str) -> None:
    choices = tuple(Choice(str(number), f"Zone {number}") for number in range(1, zones + 1))
    message = refused_value(Parameter("zone", "Zone", "choice", choices=choices), "999").message
    assert message == f"zone must be one of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12{rest}."


@given(st.sampled_from(ALL_TYPES.parameters), json_values | hostile_text)
@PROPERTY
def test_any_value_of_any_type_is_refused_or_ends_in_its_canonical_form(one: Parameter, value: Any) -> None:
    found = outcome(lambda: canonical(one, value))
    if isinstance(found, Refusal):
        assert found.code in CODES
        assert found.field == one.name
    else:
        assert FORMS[one.type].fullmatch(found)
        assert canonical(one, found) == found


@given(st.decimals(-(10**14), 10**14, places=6))
@PROPERTY
def test_a_decimal_keeps_its_value(value: Decimal) -> None:
    assert Decimal(canonical(Parameter("n", "n", "number"), f"{value:f}")) == value


@given(st.dates())
@PROPERTY
def test_every_day_of_the_calendar_is_a_date(value: date) -> None:
    assert canonical(Parameter("d", "d", "date"), value.isoformat()) == value.isoformat()


@given(st.dictionaries(st.sampled_from(["startDate", "endDate"]) | any_text, any_text | hostile_text))
@PROPERTY
def test_any_text_as_any_parameter_is_a_canonical_value_or_a_refusal(texts: dict[str, str]) -> None:
    found = outcome(lambda: validate_parameters(report(), texts))
    assert found.code in CODES if isinstance(found, Refusal) else set(found) == set(JUNE)


def test_a_strangers_parameter_name_is_repeated_in_a_form_that_can_be_shown() -> None:
    refused = refusal(report(), {"na\ud800me" * 50: "1"})
    assert refused.field is not None
    assert (refused.field.isascii(), len(refused.field)) == (True, 64)
