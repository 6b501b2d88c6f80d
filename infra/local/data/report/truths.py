"""What was published about the yellow taxis of 2015: by figure its value, its source, and how many rows it rests on."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from infra.local.data.facts import PARTS_OF_DAY, Facts
from infra.local.data.report.coarser import borough_numbers
from infra.local.data.report.figures import PERCENTILES
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.passes import HOURS_OF_WEEK, ZONES
from infra.local.data.tlc.published import PARQUET_TRIPS

FOLDER = Path(__file__).parent
DAYS_SOURCE = "NYC TLC trip records, counted per day by T. Schneider (nyc-taxi-data)"
HOURS_SOURCE = "NYC TLC trip records: hours and weekdays as published, cells read off charts"
JANUARY_SOURCE = "All rows of January (P. Sawant, New-York-Taxi-Demand-Prediction)"
FULL_YEAR_SOURCE = "All rows of the year (M. Rocklin, Dask blog)"
FILTER_SOURCE = "142.6 million rows of the year, from a published full-year analysis"
SAMPLE_SOURCE = "Weighted sample of about 46,000 NYC TLC trip records"
HEADS_SOURCE = "12,988 first rows of month files"
INDICATORS_SOURCE = "NYC TLC, monthly indicators of 2015"
TARIFF_SOURCE = "NYC TLC tariff of 2015: $0.50 steps from $2.50, extra by the clock, $0.50 tax; at least"
SAMPLE_ROWS = 24_000
"""What the weighted sample is worth in independent rows."""
HEADS = 12_988
RAW_MEAN_MILES = 13.1
PARTS_BY_HOUR = (0,) * 6 + (1,) * 4 + (2,) * 6 + (3,) * 4 + (4,) * 4
PASSENGERS = (40_853, 102_991_045, 20_901_372, 6_135_107, 2_981_071, 7_939_001, 5_123_951, 239, 181, 169)
"""Trips of the year with 0 to 9 passengers (M. Rocklin)."""
REGION_SHARES = (0.90640, 0.04531, 0.03154, 0.01675)
"""Pickups of the year in Manhattan, at JFK and LaGuardia, elsewhere in the city, and nowhere known (T. Schneider)."""
PAYMENTS = (0.0, 0.6290, 0.3653, 0.0044, 0.0011, 0.0)
VENDORS = (0.0, 0.47, 0.53)
RATES = (0.0, 0.9776, 0.0168, 0.0014, 0.0007, 0.0034, 3e-5, 4e-5)
OWN_ZONE, OWN_ZONE_WHERE_STILL, STILL_ROWS = 0.048, 0.84, 369
"""Of trips with both zones known, those that end where they began; the latter of those without distance or a minute."""
TOLLS = 0.043
ONE_CROSSING, ROWS_WITH_A_TOLL = 0.912, 602
TOLLS_BY_ROUTE, ROUTED_ROWS = (0.74, 0.84, 0.011), 12_699
"""Between JFK and Manhattan (218 rows), LaGuardia and Manhattan (336 rows), and elsewhere between known zones."""
FIT_SOURCE = "Fit to 22,452 NYC TLC trip records: $2.11, $1.95 a mile, $0.343 a minute"
PAIR_MILES = (1.88, 9.56, 11.72, 5.67)
"""Of `PAIRS`; the sample is heavy in January, whose trips are shorter than the year's."""
PASSENGERS_BY_VENDOR = (
    (0.001, 0.807, 0.139, 0.036, 0.017, 0.001, 0.0),
    (0.0, 0.615, 0.148, 0.046, 0.023, 0.103, 0.065),
)
"""Shares of the trips with 0 to 6 passengers, for each vendor."""
CLOCK_SOURCE = (
    "Summer time of 2015: 8 March, 1 November; what such hours of a Sunday carry, from the hours as published"
)
PARTS_ADD_UP, PARTS_ROWS = 0.9997, 12_790
"""Before 5 January vendor 1 left out the surcharge: with those days it is 97.2 % of a sample that is heavy in them."""
TIP_MARKS = {0: (0.025, 0.043), 20: (0.46, 0.49)}
"""Card trips without a tip and at the button of 20 %, by vendor; 25 and 30 % were counted to the cent alone."""
PERIODS = {"year": "year", "january": "january", "heads": "year"}
DEFECT_SOURCES = {
    "year": FULL_YEAR_SOURCE,
    "january": JANUARY_SOURCE,
    "heads": HEADS_SOURCE,
}


@dataclass(frozen=True, slots=True)
class Truth:
    """A published reading; `rows` is how many independent rows it was read from, None when it is all of them."""

    values: Numbers
    source: str
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class DefectRate:
    """How often a defect occurs, and in which `period` of ours that is to be looked for."""

    period: str
    truth: Truth


def truths(facts: Facts) -> dict[str, Truth]:
    """The published readings by key of figure."""
    days = _days_within_months(facts)
    eventful = [bool(day.event) for day in facts.calendar]
    return {
        "days": Truth(days, DAYS_SOURCE),
        "events": Truth(days[eventful], f"{DAYS_SOURCE}; what happened is ours"),
        "clock": Truth(_clock_changes(facts), CLOCK_SOURCE),
        "week": Truth(_shares(_hours(facts)), HOURS_SOURCE),
        **_january(),
        "mean_miles": Truth(np.array([2.97]), FILTER_SOURCE),
        "mean_fare": Truth(np.array([12.79]), FILTER_SOURCE),
        "speed": Truth(_speeds(facts), HOURS_SOURCE),
        **_money_and_riders(facts),
        **_places(facts),
    }


def defect_rates() -> dict[str, DefectRate]:
    """The published rates of the dirt by key."""
    return {
        row["defect"]: DefectRate(
            PERIODS[row["period"]],
            Truth(
                np.array([float(row["per_million"]) / 1e6]),
                DEFECT_SOURCES[row["period"]],
                int(row["rows"]) if row["rows"] else None,
            ),
        )
        for row in rows_of("defects.csv")
    }


def parquet_months() -> dict[int, int]:
    """Rows per month of today's Parquet files."""
    return dict(enumerate(PARQUET_TRIPS, start=1))


def january_percentiles(column: str) -> tuple[Numbers, Numbers]:
    """Percentiles (per cent) of January and their values: `minutes`, `miles` or `total` (dollars)."""
    rows = list(rows_of("january.csv"))
    return np.array([float(row["percentile"]) for row in rows]), np.array(
        [float(row[column]) for row in rows]
    )


def tip_ratios() -> tuple[Numbers, Numbers]:
    """Percentiles (per cent) of tip over fare where there is a tip, and their values."""
    rows = list(rows_of("tip_ratios.csv"))
    return np.array([float(row["percentile"]) for row in rows]), np.array(
        [float(row["ratio"]) for row in rows]
    )


def rows_of(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of one of this package's tables."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return csv.DictReader(line for line in lines if not line.startswith("#"))


def zone_shares(facts: Facts) -> tuple[Numbers, Numbers]:
    """The year's shares of zones at pickup and at drop-off, by zone id; parts of the day weigh by their trips."""
    hours = _hours(facts).reshape(7, 24).sum(axis=0)
    weights = np.bincount(PARTS_BY_HOUR, weights=hours, minlength=len(PARTS_OF_DAY))
    begin, end = np.zeros(ZONES), np.zeros(ZONES)
    for zone, part_shares in facts.zone_shares.items():
        begin[zone] = np.dot(part_shares.begin, weights)
        end[zone] = np.dot(part_shares.end, weights)
    return _shares(begin), _shares(end)


def _shares(counts: Numbers) -> Numbers:
    shares: Numbers = counts / counts.sum()
    return shares


def _days_within_months(facts: Facts) -> Numbers:
    days = np.array([day.trips for day in facts.calendar], dtype=float)
    months = np.array([day.day.month for day in facts.calendar])
    shares: Numbers = days / np.bincount(months, weights=days)[months]
    return shares


def _hours(facts: Facts) -> Numbers:
    return np.array([facts.hours[divmod(slot, 24)].share for slot in range(HOURS_OF_WEEK)])


def _clock_changes(facts: Facts) -> Numbers:
    """The share of the changing hour in itself and its two neighbours."""
    before, twice, after = (facts.hours[6, hour].share for hour in (0, 1, 2))
    return np.array([0.0, 2 * twice / (before + 2 * twice + after)])


def _speeds(facts: Facts) -> Numbers:
    """The middle speed of each hour of the day, over the weekdays as they are travelled."""
    logs = np.log([facts.hours[divmod(slot, 24)].mph for slot in range(HOURS_OF_WEEK)]).reshape(7, 24)
    weights = _hours(facts).reshape(7, 24)
    speeds: Numbers = np.exp((logs * weights).sum(axis=0) / weights.sum(axis=0))
    return speeds


def _january() -> dict[str, Truth]:
    wanted = {"miles": PERCENTILES, "minutes": PERCENTILES, "total": (50, 90)}
    found = {}
    for column, percentiles in wanted.items():
        known = dict(zip(*january_percentiles(column), strict=True))
        for p in percentiles:
            found[f"{column}_{p}"] = Truth(np.array([known[float(p)]]), JANUARY_SOURCE)
    return found


def _money_and_riders(facts: Facts) -> dict[str, Truth]:
    trips = np.array([month.trips for month in facts.months.values()])
    cards = np.array([month.card for month in facts.months.values()])
    return {
        "receipts": Truth(np.array([month.farebox for month in facts.months.values()]), INDICATORS_SOURCE),
        "fare_fit": Truth(np.ones(12), FIT_SOURCE),
        "tolls_by_route": Truth(np.array(TOLLS_BY_ROUTE), HEADS_SOURCE, ROUTED_ROWS),
        "tolls": Truth(np.array([TOLLS]), SAMPLE_SOURCE, SAMPLE_ROWS),
        "one_crossing": Truth(np.array([ONE_CROSSING]), HEADS_SOURCE, ROWS_WITH_A_TOLL),
        "parts": Truth(np.array([PARTS_ADD_UP]), HEADS_SOURCE, PARTS_ROWS),
        "tip": Truth(np.array([2.758]), FULL_YEAR_SOURCE),
        "tip_ratio": Truth(np.array([0.22]), SAMPLE_SOURCE, SAMPLE_ROWS),
        "button_1": Truth(np.array([TIP_MARKS[20][0]]), SAMPLE_SOURCE, HEADS),
        "button_2": Truth(np.array([TIP_MARKS[20][1]]), SAMPLE_SOURCE, HEADS),
        "payment": Truth(np.array(PAYMENTS), SAMPLE_SOURCE, SAMPLE_ROWS),
        "card": Truth(np.array([float((trips * cards).sum() / trips.sum())]), INDICATORS_SOURCE),
        "cards_by_month": Truth(cards, f"{INDICATORS_SOURCE}, in whole per cents"),
        "passengers": Truth(_shares(np.array(PASSENGERS, dtype=float)), FULL_YEAR_SOURCE),
        "passengers_by_vendor": Truth(
            np.concatenate([_shares(np.array(shares)) for shares in PASSENGERS_BY_VENDOR]),
            SAMPLE_SOURCE,
            SAMPLE_ROWS,
        ),
        "vendor": Truth(np.array(VENDORS), SAMPLE_SOURCE, SAMPLE_ROWS),
        "rate": Truth(_shares(np.array(RATES)), SAMPLE_SOURCE, SAMPLE_ROWS),
    }


def _places(facts: Facts) -> dict[str, Truth]:
    begin, end = zone_shares(facts)
    return {
        "pickups": Truth(begin, SAMPLE_SOURCE, SAMPLE_ROWS),
        "dropoffs": Truth(end, SAMPLE_SOURCE, SAMPLE_ROWS),
        "regions": Truth(np.array(REGION_SHARES), DAYS_SOURCE),
        "boroughs": Truth(_borough_pairs(facts), SAMPLE_SOURCE, SAMPLE_ROWS),
        "pair_miles": Truth(np.array(PAIR_MILES), SAMPLE_SOURCE, SAMPLE_ROWS),
        "own_zone": Truth(np.array([OWN_ZONE]), HEADS_SOURCE, HEADS),
        "still": Truth(np.array([OWN_ZONE_WHERE_STILL]), "369 such NYC TLC trip records", STILL_ROWS),
    }


def _borough_pairs(facts: Facts) -> Numbers:
    names, _ = borough_numbers(facts)
    pairs = np.zeros(len(names) ** 2)
    for row in rows_of("boroughs.csv"):
        pairs[names.index(row["begin"]) * len(names) + names.index(row["end"])] = float(row["per_million"])
    return _shares(pairs)
