"""Loading real trips: every row, in its order, with the table's own types; and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from infra.local.data.progress import Progress
from infra.local.data.tlc import TlcYear, insert_trips
from tests.infra.local.data.tlc.loads import Warehouse, load, rows
from tests.infra.local.data.tlc.made import TRIPS, TYPES, Columns, at, month_of, write_month

MONEY = re.compile("_amount$|^extra$|^mta_tax$|^improvement_surcharge$")
OTHER_RELEASE = "The calendar's published trips are those of the TLC's former CSV files"


def as_stored(columns: Columns) -> Iterable[tuple[Any, ...]]:
    """What the table must hold of these columns."""
    cents = {
        name: [_in_cents(value) for value in values] for name, values in columns.items() if MONEY.search(name)
    }
    return zip(*({**columns, **cents}[name] for name in TYPES), strict=True)


def _in_cents(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(f"{amount:.2f}")


def defects(year: TlcYear) -> list[str]:
    """The sentences that are not about numbers of published trips."""
    return [
        sentence
        for sentence in year.known_defects
        if "the TLC published" not in sentence and not sentence.startswith(OTHER_RELEASE)
    ]


def test_every_trip_is_loaded_with_every_value(warehouse: Warehouse, folder: Path) -> None:
    year = load(warehouse, folder)

    written = [row for month in range(1, 13) for row in as_stored(month_of(month))]
    assert sorted(rows(warehouse), key=repr) == sorted(written, key=repr)
    assert year.rows == (TRIPS,) * 12
    assert defects(year) == []


def test_trips_stand_in_order_of_pickup(warehouse: Warehouse, folder: Path) -> None:
    load(warehouse, folder)

    pickups = [pickup for (pickup,) in rows(warehouse, "tpep_pickup_datetime")]
    assert pickups == sorted(pickups)


def test_nothing_but_the_warehouses_tables_is_left(warehouse: Warehouse, folder: Path) -> None:
    before = warehouse.execute("SHOW ALL TABLES").fetchall()
    load(warehouse, folder)

    assert warehouse.execute("SHOW ALL TABLES").fetchall() == before


def test_a_month_without_a_single_flag_has_no_type_for_it_and_is_loaded(
    warehouse: Warehouse, folder: Path
) -> None:
    columns = month_of(6) | {"store_and_fwd_flag": [None] * TRIPS}
    write_month(folder, 6, columns, {**TYPES, "store_and_fwd_flag": "null"})

    load(warehouse, folder)

    flags = rows(warehouse, "store_and_fwd_flag", "month(tpep_pickup_datetime) = 6")
    assert flags == [(None,)] * TRIPS


def test_a_later_publication_is_loaded_as_well(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(6)
    later = {
        "Airport_fee": "double",
        "congestion_surcharge": "double",
        **{
            name: kind
            for name, kind in reversed(TYPES.items())
            if name not in {"airport_fee", "congestion_surcharge"}
        },
        "VendorID": "int32",
        "PULocationID": "uint8",
        "tpep_pickup_datetime": "timestamp[ns]",
        "passenger_count": "double",
        "RatecodeID": "double",
        "store_and_fwd_flag": "large_string",
    }
    places: Columns = {"PULocationID": [value % 256 for value in columns["PULocationID"]]}
    fees: Columns = {
        "congestion_surcharge": [2.5] * TRIPS,
        "airport_fee": [None] * TRIPS,
        "Airport_fee": [None] * TRIPS,
    }
    write_month(folder, 6, columns | places | fees, later)
    load(warehouse, folder)

    loaded = rows(warehouse, condition="month(tpep_pickup_datetime) = 6")
    assert sorted(loaded, key=repr) == sorted(as_stored(columns | places | fees), key=repr)


def test_files_without_the_charges_of_later_years_are_loaded(warehouse: Warehouse, folder: Path) -> None:
    of_2015 = {
        name: kind for name, kind in TYPES.items() if name not in {"congestion_surcharge", "airport_fee"}
    }
    write_month(folder, 6, types=of_2015)
    load(warehouse, folder)

    loaded = rows(warehouse, condition="month(tpep_pickup_datetime) = 6")
    assert sorted(loaded, key=repr) == sorted(as_stored(month_of(6)), key=repr)


@pytest.mark.parametrize("name", ["vendorid=9", "it's [1-9] of *?"])
def test_a_folder_with_signs_that_mean_something_elsewhere_is_only_a_folder(
    warehouse: Warehouse, folder: Path, name: str
) -> None:
    odd = folder.rename(folder.with_name(name))

    assert sum(load(warehouse, odd).rows) == 12 * TRIPS
    assert {vendor for (vendor,) in rows(warehouse, "vendorid")} == {1, 2}


def test_strays_are_loaded_behind_all_others_and_counted(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(3)
    strays = [at("2016-01-01"), at("2015-07-04 12:00"), at("2015-04-01"), at("2003-02-01")]
    columns["tpep_pickup_datetime"][:4] = strays
    columns["tpep_pickup_datetime"][4:6] = [at("2015-03-01"), at("2015-03-31 23:59:59")]
    write_month(folder, 3, columns)
    year = load(warehouse, folder)

    pickups = [pickup for (pickup,) in rows(warehouse, "tpep_pickup_datetime")]
    assert pickups[-4:] == sorted(strays)
    assert pickups[:-4] == sorted(pickups[:-4])
    assert len(pickups) == 12 * TRIPS
    assert defects(year) == ["4 trips began outside the month of their file, 2 of them outside 2015."]


def test_a_trip_without_a_time_of_pickup_is_loaded_last_and_counted(
    warehouse: Warehouse, folder: Path
) -> None:
    columns = month_of(3)
    columns["tpep_pickup_datetime"][:2] = [None, at("2015-12-31 23:59:59")]
    write_month(folder, 3, columns)
    year = load(warehouse, folder)

    assert rows(warehouse, "tpep_pickup_datetime")[-2:] == [(at("2015-12-31 23:59:59"),), (None,)]
    assert len(rows(warehouse)) == 12 * TRIPS
    assert defects(year) == [
        "1 trip began outside the month of their file, 0 of them outside 2015.",
        "1 trip without a time of pickup: no question about a period counts them.",
    ]


def test_fractions_of_a_cent_are_rounded_and_counted(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(3)
    columns["tip_amount"][0], columns["fare_amount"][0], columns["tip_amount"][1] = 1.666, 2.001, 0.999
    write_month(folder, 3, columns)
    year = load(warehouse, folder)

    assert rows(warehouse, "count(*)", "tip_amount in (1.67, 1.00)") == [(2,)]
    assert defects(year) == ["2 trips had an amount of money with fractions of a cent, which was rounded."]


def test_columns_that_nobody_knows_are_left_out_and_named(warehouse: Warehouse, folder: Path) -> None:
    more: Columns = {"cbd_congestion_fee": [0.75] * TRIPS, "trip_type": [1] * TRIPS}
    write_month(
        folder, 3, month_of(3) | more, {**TYPES, "cbd_congestion_fee": "double", "trip_type": "int64"}
    )
    write_month(folder, 4, month_of(4) | more, {**TYPES, "trip_type": "int64"})

    assert defects(load(warehouse, folder)) == [
        "The files have more columns, which were not loaded: cbd_congestion_fee, trip_type."
    ]


def test_the_greatest_and_least_values_that_fit_are_loaded(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(8)
    columns["PULocationID"][0], columns["VendorID"][0] = 32_767, -32_768
    columns["fare_amount"][0], columns["total_amount"][0] = 9_999_999.99, -9_999_999.99
    write_month(folder, 8, columns)
    load(warehouse, folder)

    found = "pulocationid = 32767 AND vendorid = -32768 AND fare_amount = 9999999.99 AND total_amount = -9999999.99"
    assert rows(warehouse, "count(*)", found) == [(1,)]


def test_half_of_the_trips_elsewhere_is_not_yet_another_month(warehouse: Warehouse, folder: Path) -> None:
    columns = month_of(9)
    columns["tpep_pickup_datetime"][: TRIPS // 2] = [at("2014-01-01")] * (TRIPS // 2)
    write_month(folder, 9, columns)

    assert sum(load(warehouse, folder).rows) == 12 * TRIPS


def test_progress_is_told_as_a_share_of_the_whole(warehouse: Warehouse, folder: Path) -> None:
    said: list[str] = []
    seconds = iter(range(1_000))
    insert_trips(warehouse, folder, Progress(said.append, lambda: float(next(seconds))))

    assert said[0] == "Loading 2,400 trips from the TLC's files; each file is checked first"
    assert said[1].startswith("Data: checked yellow_tripdata_2015-01.parquet, 1%")
    assert any(re.fullmatch(r"Data: trips of March, 36%, about \d+ s left", sentence) for sentence in said)
    assert said[-1] == "Data: trips of December, 100%"
