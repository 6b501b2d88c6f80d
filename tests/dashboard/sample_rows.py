"""Believable answers of the fourteen later reports: few rows, with the awkward ones among them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import cos, sin

from dashboard.answers import Answer
from pipeline.core.result_pages import Cell
from tests.dashboard.sample_columns import CHARTS, KPIS, columns
from tests.dashboard.sample_zones import Rows, od_flows, zone_map
from tests.dashboard.samples import small_report

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def answer_to(topic_name: str, rows: Sequence[tuple[Cell, ...]] | None = None) -> Answer:
    """Make the answer of one of the later reports; `rows` in the place of its usual ones."""
    names, usual = SAMPLES[topic_name]
    declared = columns(names)
    report = replace(
        small_report(),
        topic_name=topic_name,
        title=topic_name,
        columns=declared,
        kpis=KPIS[topic_name],
        charts=CHARTS[topic_name],
    )
    records = tuple(usual() if rows is None else rows)
    return Answer("q1", report, declared, records, truncated=False, synthetic=True)


def fares_revenue(first: date = date(2015, 6, 1), days: int = 30) -> Rows:
    draw = random.Random(1)
    return [
        (
            (first + timedelta(n)).isoformat(),
            1,
            trips := 400_000 + draw.randrange(50_000),
            *(f"{trips * part:.2f}" for part in (12.5, 0.3, 0.5, 1.7, 0.3, 0.3, 15.6, 15.6)),
            trips - 90,
        )
        for n in range(days)
    ]


def tips() -> Rows:
    bands = ("No tip", "0 to 5 %", *(f"{n} to {n + 5} %" for n in range(5, 50, 5)), "50 % and more")
    counts = (
        310_000,
        61_000,
        98_000,
        250_000,
        350_000,
        2_900_000,
        2_100_000,
        450_000,
        120_000,
        41_000,
        30_500,
        9_800,
    )
    cards = [
        (
            "Card",
            band,
            count,
            100 * count / sum(counts),
            f"{count * 2.5:.2f}",
            f"{count * 12:.2f}",
            count,
            count * (not n),
        )
        for n, (band, count) in enumerate(zip(bands, counts, strict=True))
    ]
    return [
        *cards,
        *((way, "Not recorded", 4_000_000, 100.0, None, None, None, None) for way in ("Cash", "Other")),
    ]


def payment_mix(weeks: int = 20) -> Rows:
    return [
        (
            (date(2015, 1, 5) + timedelta(7 * n)).isoformat(),
            7,
            method,
            round(10 * share),
            share,
            round(10 * share) if method == "Card" else 0,
            1.9,
        )
        for n in range(weeks)
        if n != 9
        for method, share in (("Card", 61 + n / 10), ("Cash", 38.4 - n / 10), ("Other", 0.6))
    ]


def airports() -> Rows:
    busy = {"JFK": 900, "LaGuardia": 1100, "Newark": 40}
    return [
        (airport, way, hour, int(busy[airport] * (1.2 + sin(hour / 4 + len(way)))), 4.5, 9.3)
        for airport in busy
        for way in ("From", "To")
        for hour in range(24)
        if (airport, way) != ("Newark", "From") or hour == 14
    ]


def trip_length() -> Rows:
    counts = [int(900_000 * (n + 1) / (1 + (n / 3) ** 3)) for n in range(51)]
    return [
        (n / 2, "25 mi and more" if n == 50 else f"{n / 2:.1f} to {n / 2 + 0.5:.1f} mi", count, 1.71, 6.2)
        for n, count in enumerate(counts)
        if n != 44
    ]


def speed_hour() -> Rows:
    def mph(day: int, hour: int) -> float:
        return round(11 + 5 * cos(hour / 24 * 6.28 - 1) + (2 if day > 5 else 0), 1)

    return [
        (
            day,
            name,
            hour,
            mph(day, hour),
            1000,
            1000 * mph(day, hour),
            1000.0,
            mph(1, hour) if day < 6 else None,
            mph(6, hour) if day > 5 else None,
        )
        for day, name in enumerate(WEEKDAYS, 1)
        for hour in range(24)
        if (day, hour) != (7, 3)
    ]


def passengers() -> Rows:
    counts = {
        0: 6_000,
        1: 8_690_000,
        2: 1_750_000,
        3: 520_000,
        4: 250_000,
        5: 690_000,
        6: 420_000,
        9: 12,
        None: 3,
    }
    return [
        (n, trips, n * trips if n and n < 7 else None, trips if n and n < 7 else None, trips if n == 1 else 0)
        for n, trips in counts.items()
    ]


def vendors() -> Rows:
    rows: list[tuple[str, str, float | None, float | None]] = [
        ("Share of trips", "%", 47.53, 52.47),
        ("Fare per trip", "$", 12.71, 12.93),
        ("Distance per trip", "mi", 2.94, 2.99),
        ("Speed", "mph", 11.3, 11.4),
        ("No distance", "%", 0.71, 0.42),
        ("Longer than three hours", "%", 0.01, 0.21),
        ("About 24 hours", "per 10,000", 0.0, 18.31),
        ("Passengers per trip", "1", 1.25, 2.07),
        ("No passengers", "%", 0.0, 0.0),
        ("Tip on card payments", "%", None, 18.9),
    ]
    return [
        (n, *row, round(100 * abs((row[3] or 0) - row[2]) / row[2], 1) if row[2] else None)
        for n, row in enumerate(rows, 1)
    ]


def unusual_days(first: date = date(2015, 1, 1), days: int = 59) -> Rows:
    events = {
        "2015-01-01": "New Year's Day",
        "2015-01-26": "Blizzard, roads closed",
        "2015-01-27": "Blizzard",
        "2015-02-14": "Valentine's Day",
    }
    draw = random.Random(2)
    rows: Rows = []
    for n in range(days):
        day = (first + timedelta(n)).isoformat()
        difference = {"2015-01-26": -45.2, "2015-01-27": -71.3, "2015-02-14": 17.9, "2015-01-01": -15.4}.get(
            day, round(draw.uniform(-9, 9), 1)
        )
        flagged = abs(difference) >= 15
        rows.append((day, 400_000, 410_000.0, difference, int(flagged), events.get(day) if flagged else None))
    return rows


def data_quality() -> Rows:
    shares = (0.61, 0.008, 0.55, 0.003, 0.12, 0.02, 0.03, 0.011, 0.001, 1.7, 1.9, 0.02, 0.0005, 2.8, 0.04)
    return [
        (n, f"Check number {n}", "distances", int(share * 100_000), share)
        for n, share in enumerate(shares, 1)
    ]


def trip_list() -> Rows:
    return [("2015-06-01", 1, "12.80")]


def about_the_data() -> Rows:
    return [
        (date(2015, n, 1).isoformat(), 30, 12_000_000 - 100_000 * n, 12_000_000 - 100_000 * n + 5_000)
        for n in range(1, 13)
    ]


SAMPLES = {
    "fares-revenue": (
        "period_start days trips fares extras mta_tax tips tolls surcharges total revenue_per_day fare_trips",
        fares_revenue,
    ),
    "tips": ("payment tip_band trips share_percent tips fares card_trips no_tip_trips", tips),
    "payment-mix": ("week_start days method trips share_percent card_trips change_points", payment_mix),
    "airports": ("airport direction hour trips share_percent share_of_all", airports),
    "zone-map": ("zone_id zone borough longitude latitude trips value manhattan_percent", zone_map),
    "od-flows": ("rank journey trips", od_flows),
    "trip-length": ("bin_from bin trips median p90", trip_length),
    "speed-hour": ("weekday weekday_name hour mph trips miles hours weekdays_mph weekend_mph", speed_hour),
    "passengers": ("passengers trips riders rider_trips solo_trips", passengers),
    "vendors": ("rank measure unit vendor_1 vendor_2 gap_percent", vendors),
    "unusual-days": ("pickup_date trips normal difference_percent flagged note", unusual_days),
    "data-quality": ("rank check_name affects trips share_percent", data_quality),
    "trip-list": ("pickup_date trips total", trip_list),
    "about-the-data": ("month days trips published_trips", about_the_data),
}
