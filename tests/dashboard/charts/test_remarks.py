from __future__ import annotations

from datetime import date, timedelta

import pytest

from dashboard.charts.bars import bars
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to

pytestmark = pytest.mark.fast

Day = tuple[float, str | None]


def written(*days: Day) -> list[str]:
    rows = [
        ((date(2015, 3, 1) + timedelta(n)).isoformat(), 5, 5.0, difference, 0, note)
        for n, (difference, note) in enumerate(days)
    ]
    figure = bars(answer_to("unusual-days", rows), CHARTS["unusual-days"][0])
    return [note.text for note in figure.layout.annotations]


def quiet(days: int) -> list[Day]:
    return [(1.0, None)] * days


def test_only_points_with_a_remark_have_words() -> None:
    assert written(*quiet(10), (30.0, "Parade"), *quiet(10)) == ["Parade"]
    assert written(*quiet(10), (30.0, ""), *quiet(10)) == []


def test_of_remarks_that_would_lie_on_each_other_the_farther_point_keeps_its_own() -> None:
    assert written(*quiet(10), (30.0, "Parade"), (31.0, "Concert"), *quiet(10)) == ["Concert"]
    assert written(*quiet(10), (30.0, "Parade"), *quiet(20), (30.0, "Concert")) == ["Parade", "Concert"]


def test_words_do_not_stand_on_a_bar_that_reaches_farther() -> None:
    assert written(*quiet(10), (-45.0, "Snow"), (-71.0, None), *quiet(10)) == []
    assert written(*quiet(10), (-45.0, "Snow"), (50.0, None), *quiet(10)) == ["Snow"]


def test_remarks_at_nothing_but_zeros_leave_the_axis_its_height() -> None:
    rows = [("2015-03-01", 5, 5.0, 0.0, 1, "Parade")]
    figure = bars(answer_to("unusual-days", rows), CHARTS["unusual-days"][0])
    assert figure.layout.yaxis.range is None


def test_words_are_no_markup() -> None:
    assert written(*quiet(3), (30.0, "<b>Snow</b>"), *quiet(3)) == ["&lt;b&gt;Snow&lt;/b&gt;"]
