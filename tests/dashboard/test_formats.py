from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from dashboard.formats import (
    bounds_text,
    category_text,
    cell_text,
    change_text,
    clock_seconds_text,
    clock_text,
    day_text,
    duration_text,
    durations_text,
    heading,
    measured,
    moment_text,
    number,
    plain,
    span_text,
    value_text,
)
from pipeline.core.reports import Column, Format

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (12324935, "integer", "12,324,935"),
        (412.6, "integer", "413"),
        ("12.85", "usd", "$12.85"),
        ("999.99", "usd", "$999.99"),
        ("1000.40", "usd", "$1,000"),
        ("-3.5", "usd", "−$3.50"),
        (2.968, "miles", "2.97 mi"),
        (10.44, "minutes", "10.4 min"),
        (11.25, "mph", "11.2 mph"),
        (20.1, "percent", "20.1%"),
        (Decimal("20.06"), "percent", "20.1%"),
        (2000, "percent", "2,000%"),
        (1234.56, "miles", "1,235 mi"),
        (0.003, "percent", "0.003%"),
        (0.05, "percent", "0.05%"),
        (0.0005, "percent", "0.0005%"),
        (0, "percent", "0.0%"),
        (-0.02, "percent", "−0.02%"),
        ("Queens", "text", "Queens"),
        ("2015-06-05", "date", "2015-06-05"),
        (True, None, "yes"),
        (None, "usd", "n/a"),
        (None, None, "n/a"),
    ],
)
def test_a_value_is_written_with_its_unit(value: object, form: Format | None, text: str) -> None:
    assert value_text(value, form) == text


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        ("12.85", Column("a", "decimal", "", "measure", unit="$", format="usd"), "$12.85"),
        ("-12.85", Column("a", "decimal", "", "measure", unit="$"), "−$12.85"),
        (2.97, Column("a", "double", "", "measure", unit="mi", format="miles"), "2.97 mi"),
        (12345.5, Column("a", "double", "", "measure", unit="per sq mi"), "12,346 per sq mi"),
        (34260, Column("a", "double", "", "measure", unit="per sq mi"), "34,260 per sq mi"),
        (999.25, Column("a", "double", "", "measure", unit="per sq mi"), "999.25 per sq mi"),
        (0.1 + 0.2, Column("a", "double", "", "measure"), "0.3"),
        (9, Column("a", "integer", "", "measure", unit="trips", format="integer"), "9 trips"),
        (35.0, Column("a", "double", "", "measure", unit="%"), "35%"),
        (1.9, Column("a", "double", "", "measure", unit="points"), "+1.9 points"),
        (-1.9, Column("a", "double", "", "measure", unit="points"), "−1.9 points"),
        (0.0, Column("a", "double", "", "measure", unit="points"), "0 points"),
        (None, Column("a", "double", "", "measure", unit="mi"), "n/a"),
    ],
)
def test_a_measured_value_has_the_unit_of_its_column(value: object, column: Column, text: str) -> None:
    assert measured(value, column) == text


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        (19, Column("hour", "integer", "", "dimension"), "19:00"),
        ("2015-06-05", Column("pickup_date", "date", "", "dimension"), "Fri 5 Jun 2015"),
        ("2015-06-01", Column("month", "date", "", "dimension"), "June 2015"),
        (2, Column("passengers", "integer", "", "dimension", format="integer"), "2"),
        ("JFK", Column("zone", "text", "", "dimension"), "JFK"),
        (None, Column("passengers", "integer", "", "dimension"), "n/a"),
    ],
)
def test_what_a_row_stands_for_is_written_for_people(cell: object, column: Column, text: str) -> None:
    assert category_text(cell, column) == text


def test_a_table_cell_leaves_the_unit_to_the_heading() -> None:
    assert cell_text("12.85", "usd") == "12.85"
    assert heading(Column("fare", "decimal", "Fare", "measure", unit="$")) == "Fare ($)"
    assert heading(Column("trips", "integer", "Trips", "measure")) == "Trips"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "NaN", None])
def test_what_is_no_finite_number_is_never_shown_as_one(value: str | float | None) -> None:
    assert number(value) is None


@pytest.mark.parametrize("form", [None, "integer", "usd", "miles"])
def test_a_float_that_is_no_number_is_not_available(form: Format | None) -> None:
    assert value_text(float("nan"), form) == "n/a"


def test_a_number_keeps_every_digit_of_a_decimal() -> None:
    assert number("12345678901234567.0000000001") == Decimal("12345678901234567.0000000001")


def test_a_truth_value_is_no_number() -> None:
    assert number(True) is None


def test_days_are_written_with_their_weekday() -> None:
    assert day_text(date(2015, 6, 5)) == "Fri 5 Jun 2015"


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2015, 6, 1), date(2015, 6, 30), "1–30 June 2015"),
        (date(2015, 6, 5), date(2015, 6, 5), "5 June 2015"),
        (date(2015, 1, 19), date(2015, 2, 1), "19 January – 1 February 2015"),
        (date(2014, 12, 31), date(2015, 1, 1), "31 December 2014 – 1 January 2015"),
    ],
)
def test_a_range_says_no_part_twice(start: date, end: date, text: str) -> None:
    assert span_text(start, end) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (2.14, "2.1 s"),
        (0.06, "0.1 s"),
        (0.04, "under 0.1 s"),
        (-0.2, "under 0.1 s"),
        (34.4, "34 s"),
        (59.7, "1 min 0 s"),
        (185, "3 min 5 s"),
    ],
)
def test_a_time_taken_is_as_fine_as_it_is_short(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [
        (1.2, 8.04, "1.2 s to 8.0 s"),
        (2.01, 2.04, "2.0 s"),
        (0.02, 0.5, "up to 0.5 s"),
        (0.02, 0.03, "under 0.1 s"),
    ],
)
def test_two_times_taken_are_a_range_that_begins_with_no_nothing(
    shortest: float, longest: float, text: str
) -> None:
    assert durations_text(shortest, longest) == text


def test_times_of_day_are_the_viewers() -> None:
    instant = datetime(2026, 11, 24, 13, 5, 9, tzinfo=UTC)
    assert clock_text(instant, ZoneInfo("Europe/Vienna")) == "14:05"
    assert clock_seconds_text(instant, ZoneInfo("America/New_York")) == "08:05:09"


def test_text_of_others_cannot_become_markdown() -> None:
    assert plain("$5 to $6 *each* [x](y) :red[z]") == "\\$5 to \\$6 \\*each\\* \\[x\\](y) \\:red\\[z\\]"


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0, "14:05"), (10, "00:05 tomorrow"), (-15, "23:05 yesterday"), (-48, "14:05 on Sun 22 Nov 2026")],
)
def test_a_moment_names_its_day_where_that_is_not_the_viewers_today(hours: int, text: str) -> None:
    now = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
    assert moment_text(now + timedelta(hours=hours), now, ZoneInfo("Europe/Vienna")) == text


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), "1 January – 31 December 2015"),
        (date(2015, 1, 1), None, "from 1 January 2015"),
        (None, date(2015, 12, 31), "until 31 December 2015"),
        (None, None, None),
    ],
)
def test_the_days_that_may_be_chosen_are_written(
    first: date | None, last: date | None, text: str | None
) -> None:
    assert bounds_text(first, last) == text


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [
        ("5.61", "%", "+5.6%"),
        ("-3.2", "%", "−3.2%"),
        ("0.034", "%", "+0.03%"),
        ("-0.03", "points", "−0.03 points"),
        ("0.000008", "%", "+0.000008%"),
        ("0", "points", "unchanged"),
        ("0.00000000000012", "%", "unchanged"),
        ("0.14", "points", "+0.1 points"),
        ("-1234.5", "points", "−1,234.5 points"),
    ],
)
def test_a_change_has_its_sign_and_is_no_nought_unless_nothing_changed(
    change: str, unit: str, text: str
) -> None:
    assert change_text(Decimal(change), unit) == text
