from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.answers import Answer
from dashboard.comparing import changes, previous_days, unfairness
from dashboard.periods import Days
from pipeline.core.reports import Column, Kpi
from pipeline.core.result_pages import Cell
from tests.dashboard.samples import answer_of, shipped_report, shipped_topics, small_answer

pytestmark = pytest.mark.fast


def days(first: str, last: str) -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last))


JUNE, MAY = days("2015-06-01", "2015-06-30"), days("2015-05-01", "2015-05-31")


def answer(kpi: Kpi, *trips: int | None, fares: str = "100.00") -> Answer:
    rows = [("JFK", hour, count, fares, 0, 0) for hour, count in enumerate(trips)]
    made = small_answer(rows)
    return replace(made, report=replace(made.report, kpis=(kpi,)))


def change(
    kpi: Kpi, now: int | None, then: int | None, days: Days = JUNE, other: Days = MAY
) -> tuple[str, ...]:
    (one,) = changes(answer(kpi, now), answer(kpi, then), days, other)
    return (one.label, one.now, one.then, one.delta or "none")


@pytest.mark.parametrize(
    ("asked", "before"),
    [
        (JUNE, MAY),
        (days("2015-03-01", "2015-03-31"), days("2015-02-01", "2015-02-28")),
        (days("2015-04-01", "2015-06-30"), days("2015-01-01", "2015-03-31")),
        (days("2015-06-08", "2015-06-14"), days("2015-06-01", "2015-06-07")),
        (days("2015-02-01", "2015-02-01"), days("2015-01-31", "2015-01-31")),
        (days("2015-01-01", "2015-01-31"), None),
        (days("2015-01-01", "2015-03-31"), None),
        (days("2015-01-01", "2015-12-31"), None),
        (days("2015-01-10", "2015-01-19"), None),
    ],
)
def test_the_period_before_a_month_is_a_month_and_before_days_as_many_days(
    asked: Days, before: Days | None
) -> None:
    assert previous_days(asked) == before


def test_sums_of_unequal_lengths_are_compared_per_day() -> None:
    trips = Kpi("Trips", "trips", "sum")
    assert change(trips, 12_324_935, 13_158_262) == ("Trips per day", "410,831", "424,460", "−3.2%")


def test_sums_of_equal_lengths_are_compared_as_they_are() -> None:
    july = days("2015-07-01", "2015-07-31")
    assert change(Kpi("Trips", "trips", "sum"), 110, 100, july, MAY) == ("Trips", "110", "100", "+10.0%")


def test_means_and_extremes_are_never_divided_by_days() -> None:
    assert change(Kpi("Busiest", "trips", "maximum"), 90, 100) == ("Busiest", "90", "100", "−10.0%")
    per_trip = Kpi("Fare per trip", "fares", "sum", per="trips", format="usd")
    assert change(per_trip, 10, 8)[:3] == ("Fare per trip", "$10.00", "$12.50")


def test_shares_change_in_points() -> None:
    share = Kpi("Card tips", "fares", "sum", per="trips", format="percent")
    assert change(share, 500, 400) == ("Card tips", "20.0%", "25.0%", "−5.0 points")


def with_unit(unit: str, value: float) -> Answer:
    column = Column("trips", "double", "Measured", "measure", unit=unit)
    made = answer(Kpi("Measured", "trips", "first"), 1)
    return replace(made, columns=(column,), records=((value,),))


@pytest.mark.parametrize("unit", ["points", "%", "% of the fare"])
def test_a_share_and_its_change_are_known_by_their_unit_too(unit: str) -> None:
    (one,) = changes(with_unit(unit, 0.4), with_unit(unit, 0.8), JUNE, MAY)
    assert (one.delta, one.direction) == ("−0.4 points", "down")


@pytest.mark.parametrize("topic_name", shipped_topics())
def test_in_every_shipped_report_a_figure_in_parts_of_a_hundred_changes_in_points_and_no_other_does(
    topic_name: str,
) -> None:
    report = shipped_report(topic_name)
    bases = {kpi.per for kpi in report.kpis}

    def cell(column: Column, value: int) -> Cell:
        if column.type in {"integer", "decimal", "double"}:
            return 10 if column.name in bases else value
        return "2015-06-05" if column.type == "date" else "mi"

    now, then = (
        answer_of(report, [tuple(cell(column, value) for column in report.columns)]) for value in (4, 5)
    )
    for one in changes(now, then, JUNE, JUNE):
        if "%" in one.now or "points" in one.now:
            assert (one.delta or "").endswith(" points"), one
        elif one.now != one.then:
            assert (one.delta or "").endswith("%"), one


@pytest.mark.parametrize(
    ("now", "delta", "direction"),
    [(110, "+10.0%", "up"), (90, "−10.0%", "down"), (100, "unchanged", "off"), (None, None, "off")],
)
def test_a_rise_and_a_fall_have_their_signs_and_point_their_ways(
    now: int | None, delta: str | None, direction: str
) -> None:
    kpi = Kpi("Busiest", "trips", "maximum")
    (one,) = changes(answer(kpi, now), answer(kpi, 100), JUNE, JUNE)
    assert (one.delta, one.direction) == (delta, direction)


def test_shares_that_rise_have_a_plus_as_points_have_everywhere() -> None:
    share = Kpi("Card tips", "fares", "sum", per="trips", format="percent")
    assert change(share, 400, 500)[3] == "+5.0 points"


def test_a_change_that_is_too_small_for_the_figures_has_its_sign_all_the_same() -> None:
    share = Kpi("Card tips", "fares", "sum", per="trips", format="percent")
    assert change(share, 4960, 4965)[1:] == ("2.0%", "2.0%", "+0.002 points")
    assert change(Kpi("Busiest", "trips", "maximum"), 99_999, 100_000)[3] == "−0.001%"


@pytest.mark.parametrize(("now", "then"), [(None, 5), (5, None), (5, 0)])
def test_a_change_from_or_to_nothing_is_not_told(now: int | None, then: int | None) -> None:
    assert change(Kpi("Busiest", "trips", "maximum"), now, then)[3] == "none"


def test_unequal_lengths_and_weekdays_are_told() -> None:
    assert unfairness(JUNE, MAY) == (
        "30 and 31 days: sums are compared per day. "
        "1–30 June 2015 has more of Mon, Tue. 1–31 May 2015 has more of Fri, Sat, Sun."
    )


def test_periods_of_as_many_days_and_other_hours_are_not_alike() -> None:
    said = unfairness(days("2015-03-08", "2015-03-08"), days("2015-11-01", "2015-11-01"))
    assert said == "23 and 25 hours: the clocks were changed."


def test_whole_weeks_of_one_length_are_fair() -> None:
    assert unfairness(days("2015-06-08", "2015-06-14"), days("2015-06-01", "2015-06-07")) is None


def test_weeks_more_of_everything_are_said_by_their_length_alone() -> None:
    said = unfairness(days("2015-06-01", "2015-06-14"), days("2015-05-25", "2015-05-31"))
    assert said == "14 and 7 days: sums are compared per day."
