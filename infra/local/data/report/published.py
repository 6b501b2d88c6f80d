"""The trips in use beside what was published about 2015."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import duckdb
import numpy as np

from infra.local.data.facts import Facts
from infra.local.data.report import bounds, distances
from infra.local.data.report.comparison import Comparison, Reading, Verdict, compare, new_chance, not_compared
from infra.local.data.report.figure import Figure
from infra.local.data.report.figures import days_by_month, defect_figures, figures
from infra.local.data.report.histograms import Chance, Measured
from infra.local.data.report.measures import Table, one_row
from infra.local.data.report.truths import (
    DAYS_SOURCE,
    FULL_YEAR_SOURCE,
    RAW_MEAN_MILES,
    TARIFF_SOURCE,
    Truth,
    defect_rates,
    parquet_months,
    truths,
)

AGAINST = "published"
PARQUET_SOURCE = "Rows of the TLC's Parquet files, counted by others who loaded them"


@dataclass(frozen=True, slots=True)
class Totals:
    """What no chance sample says anything about: trips by month, and the mean of the odometers as they came."""

    months: Mapping[int, int]
    raw_miles: float

    @property
    def trips(self) -> int:
        """All trips."""
        return sum(self.months.values())


def totals(connection: duckdb.DuckDBPyConnection, table: Table, facts: Facts, measured: Measured) -> Totals:
    """The totals of a table of trips that has been measured."""
    days = measured["days"].counts
    groups = days_by_month(facts, sorted(facts.months))
    months = {month: int(days[group].sum()) for month, group in enumerate(groups, start=1)}
    (miles,) = one_row(connection, f"FROM {table.name} SELECT avg(trip_distance)")
    return Totals(months, miles)


def compare_published(facts: Facts, measured: Measured, sums: Totals, *, synthetic: bool) -> list[Comparison]:
    """Every published figure beside ours. Real files of today have their own counts per month."""
    chance = new_chance()
    return [
        _months(facts, sums, synthetic=synthetic),
        *_figures(facts, measured, chance),
        _raw_miles(sums),
        *_defects(facts, measured, chance),
    ]


def _figures(facts: Facts, measured: Measured, chance: Chance) -> Iterator[Comparison]:
    known = figures(facts, sorted(facts.months))
    published = truths(facts) | {"tariff": Truth(np.array([bounds.TARIFF_AT_LEAST]), TARIFF_SOURCE)}
    for key, truth in published.items():
        figure = known[key]
        if key == "tariff":
            figure = replace(figure, distance=distances.SHORTFALL)
        yield _compare(figure, measured, truth, bounds.PUBLISHED.get(key), chance)


def _defects(facts: Facts, measured: Measured, chance: Chance) -> Iterator[Comparison]:
    rates = defect_rates()
    found = defect_figures(facts, {key: rate.period for key, rate in rates.items()})
    for key, rate in rates.items():
        often = rate.truth.values[0] >= bounds.DEFECTS_WORTH_A_BOUND
        yield _compare(found[key], measured, rate.truth, bounds.DEFECT if often else None, chance)


def _compare(
    figure: Figure, measured: Measured, truth: Truth, bound: float | None, chance: Chance
) -> Comparison:
    ours = measured.get(figure.family)
    if ours is None:
        return not_compared(figure, AGAINST, "the trips in use lack a column for it")
    other = Reading(truth.values, truth.rows, truth.source)
    return compare(figure, ours, other, bound, AGAINST, chance)


def _months(facts: Facts, sums: Totals, *, synthetic: bool) -> Comparison:
    published = {month: facts.months[month].trips for month in facts.months}
    counted = published if synthetic else parquet_months()
    scale = sums.trips / sum(counted.values())
    furthest = max(abs(sums.months.get(month, 0) - trips * scale) for month, trips in counted.items())
    return Comparison(
        "Trips per month: all are within",
        "days",
        AGAINST,
        Verdict.WITHIN if furthest <= bounds.MONTH_TRIPS else Verdict.BROKEN,
        reference=f"{sum(counted.values()):,} trips",
        ours=f"{sums.trips:,} trips",
        distance=f"{furthest:,.2f} trips",
        bound=f"{bounds.MONTH_TRIPS:.0f} trip",
        noise="none",
        source=DAYS_SOURCE if synthetic else PARQUET_SOURCE,
    )


def _raw_miles(sums: Totals) -> Comparison:
    whole = sums.trips > bounds.TRIPS_OF_A_YEAR / 2
    bound = bounds.RAW_MILES if whole else bounds.RAW_MILES_OF_A_SAMPLE
    apart = abs(sums.raw_miles - RAW_MEAN_MILES)
    return Comparison(
        "Distance, mean of everything, absurd odometers included",
        "dirt",
        AGAINST,
        Verdict.WITHIN if apart <= bound else Verdict.BROKEN,
        reference=f"{RAW_MEAN_MILES:.1f} mi",
        ours=f"{sums.raw_miles:.1f} mi",
        distance=f"{apart:.2f} mi",
        bound=f"{bound:.1f} mi",
        noise="in the bound",
        source=FULL_YEAR_SOURCE,
    )
