"""Ours are made like the real rows before they are compared: the same box, the same minutes, as clean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from infra.local.data.report.comparison import Verdict, broken
from infra.local.data.report.real import RealComparison
from tests.infra.local.data.report.conftest import TLC_COLUMNS

Compare = Callable[..., RealComparison]
OLD_COLUMNS = """
    vendorid AS "VendorID", tpep_pickup_datetime, tpep_dropoff_datetime, passenger_count, trip_distance,
    p.longitude AS pickup_longitude, p.latitude AS pickup_latitude, d.longitude AS dropoff_longitude,
    d.latitude AS dropoff_latitude, fare_amount, total_amount
"""

BOXED = """
    half_a JOIN kept.taxi_zones p ON p.locationid = pulocationid JOIN kept.taxi_zones d ON d.locationid = dolocationid
"""
WITHIN = """
    p.longitude BETWEEN -74.02 AND -73.93 AND p.latitude BETWEEN 40.70 AND 40.82
    AND d.longitude BETWEEN -74.02 AND -73.93 AND d.latitude BETWEEN 40.70 AND 40.82
"""


def copy(connection: duckdb.DuckDBPyConnection, query: str, folder: Path) -> Path:
    folder.mkdir()
    connection.execute(f"COPY ({query}) TO '{folder}/rows.csv' (HEADER)")
    return folder


def box_of(found: RealComparison) -> list[str]:
    return [note for note in found.notes if "cut to a box" in note]


def test_rows_cut_to_a_box_are_held_against_the_same_cut_of_ours(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    # Without the airports trips are shorter by a quarter: uncut, the mean distance would be far off.
    query = f"FROM {BOXED} SELECT {OLD_COLUMNS} WHERE {WITHIN} AND half_a.rowid % 5 = 0"

    found = compared_with(copy(halves, query, tmp_path / "box"))

    assert broken(found.lines) == []
    assert any("cut to a box" in note for note in found.notes)
    mean = next(line for line in found.lines if line.name.startswith("Distance, mean"))
    assert float(mean.ours.removesuffix(" mi")) < 2.5


def test_a_box_shows_in_rows_that_have_zones_alone(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    # A box is cut through coordinates: of the zones that it cuts through, some trips remain.
    remain = "half_a.rowid % 400 = 0 AND pulocationid < 264 AND dolocationid < 264"
    query = f"FROM {BOXED} SELECT {TLC_COLUMNS} WHERE half_a.rowid % 5 = 0 AND ({WITHIN}) OR {remain}"

    found = compared_with(copy(halves, query, tmp_path / "zones"))

    assert broken(found.lines) == []
    assert {note.split(" in ")[0] for note in found.notes if "zones alone" in note} == {
        "The real rows begin",
        "The real rows end",
    }


def test_rows_that_begin_in_some_zones_alone_are_held_against_ours_that_begin_there(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE pulocationid IN (132, 138)"

    found = compared_with(copy(halves, query, tmp_path / "airports"))

    assert broken(found.lines) == []
    clock = next(line for line in found.lines if line.name.startswith("Clock changes"))
    assert clock.reason == "fewer than 10 rows are of the hours about a change"
    assert any(note.startswith("The real rows begin in 2 zones alone, where 9") for note in found.notes)
    assert not any(note.startswith("The real rows end in") for note in found.notes)
    mean = next(line for line in found.lines if line.name.startswith("Distance, mean"))
    assert float(mean.ours.removesuffix(" mi")) > 9


def test_a_single_busy_zone_that_is_missing_was_left_out(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE dolocationid <> 132 AND rowid % 9 = 0"

    found = compared_with(copy(halves, query, tmp_path / "without_jfk"))

    assert broken(found.lines) == []
    assert [note.split(" in ")[0] for note in found.notes if "zones alone" in note] == ["The real rows end"]


def test_ours_with_the_trips_in_other_zones_are_no_choice_of_the_real_rows(
    halves: duckdb.DuckDBPyConnection, half_a: Path, compared_with: Compare
) -> None:
    # 132 zones further on: the busiest zones change places with some of the emptiest.
    halves.execute("""
        CREATE OR REPLACE TABLE displaced AS FROM half_b SELECT * REPLACE (
            CASE WHEN pulocationid < 264 THEN (pulocationid + 131) % 263 + 1 ELSE pulocationid END AS pulocationid
        )
    """)

    found = compared_with(half_a, "displaced")

    assert not any("zones alone" in note for note in found.notes)
    assert "Pickups by zone" in {line.name for line in broken(found.lines)}


def test_a_few_rows_without_a_place_leave_a_box_as_it_is(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    boxed = f"FROM {BOXED} SELECT {OLD_COLUMNS} WHERE {WITHIN} AND half_a.rowid % 5 = 0"
    lost = f"FROM ({boxed} LIMIT 10) SELECT * REPLACE (0 AS pickup_longitude, 0 AS pickup_latitude)"

    clean = compared_with(copy(halves, boxed, tmp_path / "box"))
    found = compared_with(copy(halves, f"({boxed}) UNION ALL ({lost})", tmp_path / "lost"))

    assert broken(found.lines) == []
    assert box_of(found) == box_of(clean) != []


@pytest.mark.parametrize(
    ("chosen", "note"),
    [
        ("payment_type = 1", "no way of paying 2, 3, 4"),
        ("vendorid = 2", "no vendor 1"),
        ("ratecodeid = 1", "no rate code 2, 3, 4, 5"),
        (
            "hour(tpep_pickup_datetime) BETWEEN 2 AND 22",
            "no trips that begin at 0:00–0:59, 1:00–1:59, 23:00–23:59",
        ),
        (
            "month(tpep_pickup_datetime) = 2 AND day(tpep_pickup_datetime) < 19",
            "no trips of 10 days from 19 February",
        ),
        ("trip_distance BETWEEN 0.5 AND 10", "a distance, in miles, of 0.5 to 10, which"),
    ],
)
def test_rows_that_somebody_chose_are_held_against_ours_chosen_alike(
    chosen: str, note: str, halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE {chosen}"

    found = compared_with(copy(halves, query, tmp_path / "chosen"))

    assert broken(found.lines) == []
    assert any(note in sentence for sentence in found.notes)


def test_a_single_row_is_compared_in_no_figure(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    found = compared_with(copy(halves, f"FROM half_a SELECT {TLC_COLUMNS} LIMIT 1", tmp_path / "one"))

    assert {line.verdict for line in found.lines} == {Verdict.NOT_COMPARED}


def test_rows_of_a_few_days_are_held_against_ours_of_these_days(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE day(tpep_pickup_datetime) IN (1, 15, 27)"

    found = compared_with(copy(halves, query, tmp_path / "days"))

    assert broken(found.lines) == []
    assert "Ours are of the very same days." in found.notes
    hours = next(line for line in found.lines if line.name == "Hour × weekday")
    assert hours.verdict is Verdict.WITHIN


def test_the_first_hours_of_each_month_are_held_against_the_same_hours(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE day(tpep_pickup_datetime) = 1 AND hour(tpep_pickup_datetime) < 2"

    found = compared_with(copy(halves, query, tmp_path / "heads"))

    assert broken(found.lines) == []
    assert any("a few stretches of time" in note for note in found.notes)
    missing = {line.group for line in found.lines if line.verdict is Verdict.NOT_COMPARED}
    assert {"days", "hours"} <= missing


@pytest.mark.parametrize("left", [0, 1], ids=["all of it", "all but one in twenty"])
def test_rows_that_were_cleaned_are_held_against_ours_cleaned_alike(
    left: int, halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    clean = "trip_distance > 0 AND pulocationid < 264 AND dolocationid < 264"
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE rowid % 3 = 0 AND ({clean} OR hash(rowid) % 20 < {left})"

    found = compared_with(copy(halves, query, tmp_path / "clean"))

    assert broken(found.lines) == []
    reasons = {line.name: line.reason for line in found.lines if line.verdict is Verdict.NOT_COMPARED}
    assert reasons["Distance 0"] == reasons["Pickup zone unknown"] == "the real rows were cleaned of it"


def test_half_of_the_dirt_is_no_cleaning(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} WHERE trip_distance > 0 OR hash(rowid) % 2 = 0"

    found = compared_with(copy(halves, query, tmp_path / "half"))

    assert "Distance 0" in {line.name for line in broken(found.lines)}


def test_a_column_that_the_real_rows_lack_is_named(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    query = f"FROM half_a SELECT {TLC_COLUMNS} LIMIT 20000"
    halves.execute(f"CREATE OR REPLACE TABLE narrow AS {query}")

    found = compared_with(copy(halves, "FROM narrow SELECT * EXCLUDE (payment_type)", tmp_path / "narrow"))

    reasons = {line.name: line.reason for line in found.lines if line.verdict is Verdict.NOT_COMPARED}
    assert reasons["Payment types"] == "the real rows lack payment_type"
    assert "Tip of all trips, mean" in {line.name for line in found.lines if line.verdict is Verdict.WITHIN}


def test_rows_with_other_hours_differ_in_their_hours_and_not_in_what_hours_bring_along(
    halves: duckdb.DuckDBPyConnection, compared_with: Compare, tmp_path: Path
) -> None:
    # Nights are fast: held against all of ours, trips of the night would be longer.
    query = f"""
        FROM half_a SELECT {TLC_COLUMNS}
        WHERE hour(tpep_pickup_datetime) BETWEEN 1 AND 5 OR hash(rowid) % 20 = 0
    """

    groups = {line.group for line in broken(compared_with(copy(halves, query, tmp_path / "nights")).lines)}

    assert "hours" in groups
    assert not groups & {"distance", "duration", "fares", "speed", "zones", "payment"}
