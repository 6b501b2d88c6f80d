"""Charts of when trips are."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from infra.local.data.facts import Facts
from infra.local.data.report.sides import Side
from infra.local.data.report.time_charts import charts_of_time

pytestmark = pytest.mark.fast

YEAR = range(1, 13)


def test_events_are_marked_by_numbers_that_never_touch(
    published: Side, like_published: Side, facts: Facts
) -> None:
    chart = charts_of_time(published, like_published, facts, YEAR)[0]

    marks = chart.panels[0].figure.layout.annotations
    days = [date.fromisoformat(str(mark.x)) for mark in marks]
    assert [mark.text for mark in marks] == [f"<b>{number}</b>" for number in range(1, 7)]
    assert all(later - earlier >= timedelta(days=14) for earlier, later in pairwise(days))


def test_the_caption_says_what_the_numbers_stand_for(
    published: Side, like_published: Side, facts: Facts
) -> None:
    chart = charts_of_time(published, like_published, facts, YEAR)[0]

    assert "1 Blizzard, Tue 27 Jan; 2 Memorial Day, Mon 25 May" in chart.sentence


def test_both_weeks_have_one_scale_of_colours(published: Side, like_published: Side, facts: Facts) -> None:
    week = charts_of_time(published, like_published, facts, YEAR)[1]

    scales = {
        (panel.figure.layout.coloraxis.cmin, panel.figure.layout.coloraxis.cmax) for panel in week.panels
    }
    assert len(week.panels) == 2
    assert len(scales) == 1


def test_every_day_and_every_hour_is_in_the_tables(
    published: Side, like_published: Side, facts: Facts
) -> None:
    charts = charts_of_time(published, like_published, facts, YEAR)

    assert [len(chart.readings.rows) for chart in charts] == [365, 168, 24]
    assert charts[0].readings.rows[26][0] == "Tue 27 Jan"


def test_a_month_is_drawn_alone_where_the_other_side_has_no_more(
    published: Side, like_published: Side, facts: Facts
) -> None:
    january = [
        Side(side.name, {"days": side.shares["days"][:31]}, {}, None, None, {})
        for side in (published, like_published)
    ]

    (chart,) = charts_of_time(january[0], january[1], facts, [1])

    assert len(chart.readings.rows) == 31
