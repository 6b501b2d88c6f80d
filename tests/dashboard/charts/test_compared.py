from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.charts.compared import comparable_chart, compared
from dashboard.periods import Days
from pipeline.core.reports import Chart
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import answer_of, daily_rows, shipped_report

pytestmark = pytest.mark.fast

REPORT = shipped_report("daily-summary")
JUNE, MAY = Days(date(2015, 6, 1), date(2015, 6, 30)), Days(date(2015, 5, 1), date(2015, 5, 31))
NOW = answer_of(REPORT, daily_rows())
THEN = answer_of(REPORT, daily_rows(MAY.start, 31))


def test_the_period_asked_for_is_thick_and_the_other_thin_and_dashed() -> None:
    chart = comparable_chart(NOW)
    assert chart is not None
    then, now = compared(NOW, THEN, chart, JUNE, MAY).data
    assert (now.name, now.line.dash) == ("1–30 June 2015", "solid")
    assert (then.name, then.line.dash) == ("1–31 May 2015", "dash")
    assert now.line.width > then.line.width


def test_both_begin_at_day_one_and_keep_their_own_values_and_days() -> None:
    chart = comparable_chart(NOW)
    assert chart is not None
    then, now = compared(NOW, THEN, chart, JUNE, MAY).data
    assert list(now.x) == list(range(1, 31))
    assert list(then.x) == list(range(1, 32))
    assert list(now.y) == list(NOW.values("trips"))
    assert said_by(then)[0].startswith("Fri 1 May 2015: ")


def test_one_day_beside_one_day_is_two_bars_each_at_its_own_place() -> None:
    chart = comparable_chart(NOW)
    assert chart is not None
    one, other = (Days(day, day) for day in (date(2015, 6, 5), date(2015, 6, 4)))
    day, before = (answer_of(REPORT, daily_rows(days.start, 1)) for days in (one, other))
    figure = compared(day, before, chart, one, other)
    then, now = figure.data
    assert (then.type, now.type) == ("bar", "bar")
    assert (list(then.x), list(now.x)) == (["Thu 4 Jun 2015"], ["Fri 5 Jun 2015"])
    assert (list(then.y), list(now.y)) == (list(before.values("trips")), list(day.values("trips")))
    assert then.marker.color != now.marker.color
    assert figure.layout.xaxis.type == "category"


def test_one_day_beside_many_is_a_mark_beside_a_line() -> None:
    chart = comparable_chart(NOW)
    assert chart is not None
    one = Days(JUNE.start, JUNE.start)
    then, now = compared(answer_of(REPORT, daily_rows(one.start, 1)), THEN, chart, one, MAY).data
    assert (then.mode, now.mode) == ("lines", "markers")


def test_a_missing_day_leaves_its_place_free() -> None:
    chart = comparable_chart(NOW)
    assert chart is not None
    without = replace(THEN, records=THEN.records[:4] + THEN.records[5:])
    then, _ = compared(NOW, without, chart, JUNE, MAY).data
    assert list(then.x)[:5] == [1, 2, 3, 4, 6]


@pytest.mark.parametrize("topic", ["fares-revenue", "zone-map", "airports", "payment-mix"])
def test_what_is_not_one_measure_by_day_has_no_such_picture(topic: str) -> None:
    answer = answer_to(topic)
    several = replace(answer.report, charts=(Chart("line", "Parts", "period", ("fares", "tips")),))
    assert comparable_chart(replace(answer, report=several)) is None
