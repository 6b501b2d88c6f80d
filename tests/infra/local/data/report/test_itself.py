"""The report on itself: halves of one year agree, and a spoiled year fails at what was spoiled and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from infra.local.data.report.comparison import Comparison, Verdict, broken
from infra.local.data.report.real import RealComparison

Compare = Callable[..., RealComparison]
BesidePublished = Callable[[str], list[Comparison]]


def shuffled(*columns: str) -> str:
    """The year with these columns of each trip taken from another one of it."""
    moved = ", ".join(f"other.{column} AS {column}" for column in columns)
    return f"""
        WITH numbered AS (FROM {{year}} SELECT *, row_number() OVER (ORDER BY rowid) AS place),
        others AS (FROM {{year}} SELECT {", ".join(columns)}, row_number() OVER (ORDER BY hash(rowid)) AS place)
        FROM numbered JOIN others AS other USING (place)
        SELECT numbered.* EXCLUDE (place) REPLACE ({moved})
    """


# Of each hour of a weekday as many trips stay as of its emptiest hour; then of each day the same share of its trips.
UNIFORM_HOURS = """
    WITH placed AS (
        FROM {year} SELECT *, rowid AS place, tpep_pickup_datetime::DATE AS day,
            count(*) OVER (PARTITION BY isodow(tpep_pickup_datetime), hour(tpep_pickup_datetime)) AS of_hour,
            count(*) OVER (PARTITION BY isodow(tpep_pickup_datetime)) AS of_weekday,
            count(*) OVER (PARTITION BY day) AS of_day
    ), thinned AS (
        FROM placed
        WHERE hash(place) % 1000000 < 1000000 * (FROM placed SELECT min(of_hour / of_weekday)) * of_weekday / of_hour
    )
    FROM thinned SELECT * EXCLUDE (place, day, of_hour, of_weekday, of_day)
    QUALIFY row_number() OVER (PARTITION BY day ORDER BY hash(place)) <= 0.09 * of_day
"""
SHUFFLED_ZONES = """
    WITH known AS (FROM range(1, 264) AS zones(zone)),
    numbered AS (
        FROM known
        SELECT zone, row_number() OVER (ORDER BY zone) AS place, row_number() OVER (ORDER BY hash(zone)) AS drawn
    ), moved AS (
        FROM numbered a JOIN numbered b ON a.place = b.drawn SELECT a.zone AS old, b.zone AS new
        UNION ALL VALUES (264, 264), (265, 265)
    )
    FROM {year} JOIN moved p ON p.old = pulocationid JOIN moved d ON d.old = dolocationid
    SELECT {year}.* REPLACE (p.new AS pulocationid, d.new AS dolocationid)
"""
MORE_CASH = """
    FROM {year} SELECT * REPLACE (
        CASE WHEN payment_type = 1 AND rowid % 20 = 0 THEN 2 ELSE payment_type END AS payment_type
    )
"""
PASSENGERS_SHUFFLED = shuffled("passenger_count")
TOLLS_SHUFFLED = shuffled("tolls_amount")
TOLLS_DOUBLED = """
    FROM {year} SELECT * REPLACE (2 * tolls_amount AS tolls_amount, total_amount + tolls_amount AS total_amount)
"""
ENDS_SHUFFLED = shuffled("pulocationid", "dolocationid")
LATER_IN_THE_YEAR = """
    FROM {year} SELECT * REPLACE (
        CASE WHEN month(tpep_pickup_datetime) > 1
        THEN tpep_dropoff_datetime
            + to_milliseconds(70 * datediff('second', tpep_pickup_datetime, tpep_dropoff_datetime))
        ELSE tpep_dropoff_datetime END AS tpep_dropoff_datetime
    )
"""
# A third of the trips before and after fill the hour that is not there.
SPRING_FILLED = """
    FROM {year} SELECT * REPLACE (
        CASE WHEN tpep_pickup_datetime >= '2015-03-08 01:00' AND tpep_pickup_datetime < '2015-03-08 04:00'
            AND rowid % 3 = 0
        THEN TIMESTAMP '2015-03-08 02:00' + to_seconds(rowid % 3600) ELSE tpep_pickup_datetime
        END AS tpep_pickup_datetime
    )
"""
AUTUMN_HALVED = """
    FROM {year} WHERE NOT (
        tpep_pickup_datetime >= '2015-11-01 01:00' AND tpep_pickup_datetime < '2015-11-01 02:00' AND rowid % 2 = 0
    )
"""
NEVER_AWAY = "FROM {year} SELECT * REPLACE (pulocationid AS dolocationid)"
CLOCK = "Clock changes: 8 March's hour that is not there, 1 November's that is there twice"
NO_TIPS = "FROM {year} SELECT * REPLACE (total_amount - tip_amount AS total_amount, 0 AS tip_amount)"
LONGER = "FROM {year} SELECT * REPLACE (trip_distance * 1.1 AS trip_distance)"
# A quarter of the trips of the three Mondays and Tuesdays before go to 26 and 27 January: neither is a low day now.
NO_BLIZZARD = """
    WITH moved AS (
        FROM {year} SELECT *, CASE
            WHEN rowid % 4 > 0 THEN INTERVAL 0 DAY
            WHEN tpep_pickup_datetime::DATE IN ('2015-01-19', '2015-01-20') THEN INTERVAL 7 DAY
            WHEN tpep_pickup_datetime::DATE IN ('2015-01-12', '2015-01-13') THEN INTERVAL 14 DAY
            WHEN tpep_pickup_datetime::DATE IN ('2015-01-05', '2015-01-06') THEN INTERVAL 21 DAY
            ELSE INTERVAL 0 DAY END AS later
    )
    FROM moved SELECT * EXCLUDE (later) REPLACE (
        tpep_pickup_datetime + later AS tpep_pickup_datetime, tpep_dropoff_datetime + later AS tpep_dropoff_datetime
    )
"""


def test_two_halves_of_a_year_agree_in_every_figure(half_a: Path, compared_with: Compare) -> None:
    lines = compared_with(half_a).lines

    assert [line.name for line in broken(lines)] == []
    within = {line.group for line in lines if line.verdict is Verdict.WITHIN}
    assert within >= {
        "days",
        "hours",
        "distance",
        "duration",
        "speed",
        "tariff",
        "payment",
        "tips",
        "zones",
        "dirt",
    }


@pytest.mark.parametrize(
    ("spoiled", "groups"),
    [
        pytest.param(UNIFORM_HOURS, {"hours"}, id="uniform hours"),
        pytest.param(SHUFFLED_ZONES, {"zones", "tolls"}, id="shuffled zones"),
        pytest.param(NO_TIPS, {"tips"}, id="no tips"),
        pytest.param(LONGER, {"distance"}, id="distances longer by a tenth"),
        pytest.param(NO_BLIZZARD, {"days"}, id="blizzard removed"),
    ],
)
def test_a_spoiled_year_fails_at_the_figure_that_was_spoiled(
    spoiled: str,
    groups: set[str],
    half_a: Path,
    halves: duckdb.DuckDBPyConnection,
    compared_with: Compare,
) -> None:
    halves.execute(f"CREATE OR REPLACE TABLE spoiled AS {spoiled.format(year='half_b')}")

    found = compared_with(half_a, "spoiled")

    assert {line.group for line in broken(found.lines)} == groups


def test_the_year_agrees_with_everything_that_was_published(beside_published: BesidePublished) -> None:
    lines = beside_published("year")

    assert [line.name for line in broken(lines)] == []
    assert {line.verdict for line in lines} == {Verdict.WITHIN}


@pytest.mark.parametrize(
    ("spoiled", "figures"),
    [
        pytest.param(UNIFORM_HOURS, {"Hour × weekday"}, id="uniform hours"),
        pytest.param(SHUFFLED_ZONES, {"Pickups by zone", "Drop-offs by zone"}, id="shuffled zones"),
        pytest.param(NO_TIPS, {"Tip by card, mean", "Card tips at the 20 % button, vendor 1"}, id="no tips"),
        pytest.param(
            LONGER,
            {"Distance, 90 %", "Distance, mean of 0.1–50 mi and $2.50–100"},
            id="distances longer by a tenth",
        ),
        pytest.param(
            NO_BLIZZARD, {"Days with events (blizzard, holidays): all are within"}, id="no blizzard"
        ),
        pytest.param(MORE_CASH, {"Paid by card", "Payment types"}, id="one card in twenty is cash"),
        pytest.param(
            PASSENGERS_SHUFFLED,
            {"Passengers of each vendor: all shares are within"},
            id="passengers shuffled",
        ),
        pytest.param(
            TOLLS_SHUFFLED,
            {"Trips with a toll: JFK and Manhattan, LaGuardia and Manhattan, others"},
            id="tolls shuffled",
        ),
        pytest.param(TOLLS_DOUBLED, {"Tolls that are the price of one crossing"}, id="tolls doubled"),
        pytest.param(
            ENDS_SHUFFLED,
            {"From borough to borough: mean miles of the four busiest pairs, all are within"},
            id="pairs of zones shuffled",
        ),
        pytest.param(
            LATER_IN_THE_YEAR,
            {"Fare beside what miles and minutes cost (rate 1), mean of each month: all are within"},
            id="durations longer by 7 % from February on",
        ),
        pytest.param(SPRING_FILLED, {CLOCK}, id="8 March has a second hour"),
        pytest.param(AUTUMN_HALVED, {CLOCK}, id="1 November has its first hour once"),
        pytest.param(NEVER_AWAY, {"Drop-offs by zone", "From a zone to itself, both known"}, id="never away"),
    ],
)
def test_a_spoiled_year_fails_without_real_rows_too(
    spoiled: str, figures: set[str], halves: duckdb.DuckDBPyConnection, beside_published: BesidePublished
) -> None:
    halves.execute(f"CREATE OR REPLACE TABLE spoiled AS {spoiled.format(year='year')}")

    names = {line.name for line in broken(beside_published("spoiled"))}

    assert names >= figures
