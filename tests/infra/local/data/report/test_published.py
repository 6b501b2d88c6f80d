"""The trips in use beside what was published: each truth from its own source, each bound as promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import duckdb
import numpy as np
import pytest

from infra.local.data import Dataset
from infra.local.data.facts import Facts
from infra.local.data.report import bounds
from infra.local.data.report.comparison import Comparison, Verdict
from infra.local.data.report.histograms import Histogram, Measured
from infra.local.data.report.measures import COLUMNS, Table, measure
from infra.local.data.report.published import Totals, compare_published, totals
from infra.local.data.report.truths import defect_rates, parquet_months, truths
from tests.infra.local.data.report.conftest import SCALE, quiet

YEAR = 146_112_989
PARQUET_YEAR = 146_039_231


@pytest.fixture(scope="module")
def sums(facts: Facts) -> Totals:
    """A year that has every published trip, and the published odometers."""
    return Totals({month: facts.months[month].trips for month in facts.months}, 13.1)


@pytest.fixture(scope="module")
def sample(whole: Dataset, facts: Facts) -> tuple[Measured, Totals]:
    with duckdb.connect(str(whole.database), read_only=True) as connection:
        table = Table("nyc_yellow_taxi", frozenset(COLUMNS))
        counted = measure(connection, table, facts, quiet, january=True)
        return counted, totals(connection, table, facts, counted)


def line_of(lines: list[Comparison], name: str) -> Comparison:
    return next(line for line in lines if line.name.startswith(name))


def perfect(facts: Facts) -> dict[str, Histogram]:
    """Histograms at full size whose hours and days are exactly the published ones."""
    days = np.array([day.trips for day in facts.calendar], dtype=float)
    week = np.array([facts.hours[divmod(slot, 24)].share for slot in range(168)]) * YEAR
    return {"days": Histogram(days, YEAR), "week": Histogram(week, YEAR)}


def test_the_sources_agree_on_the_year(facts: Facts) -> None:
    assert sum(month.trips for month in facts.months.values()) == YEAR
    assert sum(parquet_months().values()) == PARQUET_YEAR


def test_a_sample_is_held_to_one_trip_a_month(sample: tuple[Measured, Totals], facts: Facts) -> None:
    measured, sums = sample

    line = line_of(compare_published(facts, measured, sums, synthetic=True), "Trips per month")

    assert sums.trips == round(YEAR * SCALE)
    assert (line.verdict, line.bound) == (Verdict.WITHIN, "1 trip")


def test_a_month_with_two_trips_too_many_is_out_of_bounds(sums: Totals, facts: Facts) -> None:
    wrong = replace(sums, months={**sums.months, 6: sums.months[6] + 2, 7: sums.months[7] - 2})

    assert (
        line_of(compare_published(facts, {}, sums, synthetic=True), "Trips per month").verdict
        is Verdict.WITHIN
    )
    assert (
        line_of(compare_published(facts, {}, wrong, synthetic=True), "Trips per month").verdict
        is Verdict.BROKEN
    )


def test_real_files_are_held_to_the_counts_of_the_tlcs_parquet_files(facts: Facts) -> None:
    line = line_of(
        compare_published(facts, {}, Totals(parquet_months(), 13.1), synthetic=False), "Trips per month"
    )

    assert line.verdict is Verdict.WITHIN
    assert line.reference == f"{PARQUET_YEAR:,} trips"


@pytest.mark.parametrize(("miles", "verdict"), [(13.3, Verdict.WITHIN), (13.5, Verdict.BROKEN)])
def test_the_raw_mean_distance_of_the_year_is_held_to_three_tenths_of_a_mile(
    miles: float, verdict: Verdict, sums: Totals, facts: Facts
) -> None:
    lines = compare_published(facts, {}, replace(sums, raw_miles=miles), synthetic=True)

    assert line_of(lines, "Distance, mean of everything").verdict is verdict


def test_days_and_hours_as_published_are_no_distance_away(sums: Totals, facts: Facts) -> None:
    lines = compare_published(facts, perfect(facts), sums, synthetic=True)

    for name in ("Trips per day", "Days with events", "Hour × weekday"):
        line = line_of(lines, name)
        assert (line.verdict, float(line.distance.rstrip("%"))) == (Verdict.WITHIN, 0)


def test_a_blizzard_that_was_forgotten_is_found_though_95_of_100_days_are_right(
    sums: Totals, facts: Facts
) -> None:
    measured = perfect(facts)
    measured["days"].counts[25:27] = 400_000

    lines = compare_published(facts, measured, sums, synthetic=True)

    assert line_of(lines, "Days with events").verdict is Verdict.BROKEN


def test_the_promised_bounds_are_those_in_force() -> None:
    promised: Mapping[str, float] = {
        "days": 0.05,
        "week": 0.03,
        "miles_50": 0.05,
        "minutes_50": 0.05,
        "miles_90": 0.08,
        "minutes_90": 0.08,
    }

    assert {key: bounds.PUBLISHED[key] for key in promised} == promised
    assert bounds.TARIFF_AT_LEAST == 0.97
    assert pytest.approx(np.log(1.5)) == bounds.DEFECT


def test_nothing_that_was_published_is_merely_shown(facts: Facts) -> None:
    assert set(truths(facts)) | {"tariff"} == set(bounds.PUBLISHED)


def test_every_published_figure_is_compared_and_has_its_source(
    sample: tuple[Measured, Totals], facts: Facts
) -> None:
    lines = compare_published(facts, *sample, synthetic=True)

    assert len(lines) == len(truths(facts)) + len(defect_rates()) + 3
    assert all(line.source for line in lines)
    assert all(line.verdict is not Verdict.NOT_COMPARED for line in lines)


def test_january_is_held_to_the_percentiles_of_all_its_rows(facts: Facts) -> None:
    known = truths(facts)

    assert [float(known[f"miles_{p}"].values[0]) for p in (10, 50, 90, 99)] == [0.66, 1.69, 5.97, 18.17]
    assert [float(known[f"minutes_{p}"].values[0]) for p in (50, 90)] == [9.95, 23.45]
    assert known["miles_50"].rows is None


def test_shares_that_were_published_add_up(facts: Facts) -> None:
    known = truths(facts)

    for key in (
        "week",
        "payment",
        "passengers",
        "vendor",
        "rate",
        "pickups",
        "dropoffs",
        "regions",
        "boroughs",
    ):
        assert known[key].values.sum() == pytest.approx(1, abs=0.001), key
