from __future__ import annotations

from datetime import date

import pytest

from dashboard.periods import MONTHS, QUARTERS, Days, PeriodFields, days_of, fields_of

pytestmark = pytest.mark.fast


def test_a_first_visitor_asks_for_june() -> None:
    assert days_of(PeriodFields()) == Days(date(2015, 6, 1), date(2015, 6, 30))


def test_the_months_cover_the_year_without_a_gap() -> None:
    days = [days_of(PeriodFields("Month", month=month)) for month in MONTHS]
    lengths = [(d.end - d.start).days + 1 for d in days if d]
    assert lengths == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]


def test_a_quarter_is_three_months() -> None:
    assert days_of(PeriodFields("Quarter", quarter=QUARTERS[0])) == Days(date(2015, 1, 1), date(2015, 3, 31))
    assert days_of(PeriodFields("Quarter", quarter=QUARTERS[3])) == Days(
        date(2015, 10, 1), date(2015, 12, 31)
    )


def test_a_half_chosen_range_means_no_days() -> None:
    assert days_of(PeriodFields("Custom", custom=(date(2015, 6, 1),))) is None
    assert days_of(PeriodFields("Custom", custom=())) is None


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        (Days(date(2015, 6, 1), date(2015, 6, 30)), "Month"),
        (Days(date(2015, 4, 1), date(2015, 6, 30)), "Quarter"),
        (Days(date(2015, 1, 1), date(2015, 12, 31)), "Year"),
        (Days(date(2015, 6, 2), date(2015, 6, 30)), "Custom"),
    ],
)
def test_days_come_back_as_the_plainest_fields_that_mean_them(days: Days, kind: str) -> None:
    fields = fields_of(days)
    assert fields.kind == kind
    assert days_of(fields) == days
