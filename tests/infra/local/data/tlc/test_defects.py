"""What is said of loaded trips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from infra.local.data.tlc.checks import Contents
from infra.local.data.tlc.defects import known_defects
from infra.local.data.tlc.files import MonthFile, YearFiles
from infra.local.data.tlc.published import PARQUET_TRIPS

pytestmark = pytest.mark.fast

NOTHING = Contents(elsewhere=0, other_year=0, undated=0, rounded=0)
PUBLISHED = YearFiles(
    tuple(
        MonthFile(month, Path(), rows, types={}, unknown=(), digest="")
        for month, rows in enumerate(PARQUET_TRIPS, start=1)
    )
)


def test_the_published_months_add_up_to_the_published_year() -> None:
    assert sum(PARQUET_TRIPS) == 146_039_231


def test_files_as_they_were_published_have_only_the_difference_of_the_two_releases() -> None:
    (only,) = known_defects(PUBLISHED, [NOTHING] * 12)
    assert only == (
        "The calendar's published trips are those of the TLC's former CSV files, 146,112,989 in the year; its Parquet "
        "files hold 146,039,231."
    )


def test_a_month_with_another_number_of_trips_is_named_with_both_numbers() -> None:
    january = replace(PUBLISHED.months[0], rows=12_741_034)
    year = YearFiles((january, *PUBLISHED.months[1:]))

    assert known_defects(year, [NOTHING] * 12)[1:] == (
        "January has 12,741,034 trips in these files; the TLC published 12,741,035.",
    )


def test_the_unusual_trips_of_all_months_are_added_up() -> None:
    january = Contents(elsewhere=5, other_year=2, undated=1, rounded=1_000)
    december = Contents(elsewhere=1, other_year=0, undated=0, rounded=0)

    assert known_defects(PUBLISHED, [january, *[NOTHING] * 10, december])[1:] == (
        "5 trips began outside the month of their file, 2 of them outside 2015.",
        "1 trip without a time of pickup: no question about a period counts them.",
        "1,000 trips had an amount of money with fractions of a cent, which was rounded.",
    )
