"""`make data-export`: writes the data in use as files for the warehouse's COPY, trips in the TLC's columns."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from infra.local.data.dataset import one_sentence, prepare
from infra.local.data.errors import DataError
from infra.local.data.progress import Progress
from infra.local.data.storage import Dataset, quoted, reading

_REFUSED = 2
_MONTHS = range(1, 13)
# The types of the TLC's Parquet files; the last two have none there, and a warehouse takes no column without a type.
_TRIPS = """
    SELECT
        vendorid::BIGINT AS "VendorID",
        tpep_pickup_datetime,
        tpep_dropoff_datetime,
        passenger_count::BIGINT AS passenger_count,
        trip_distance,
        ratecodeid::BIGINT AS "RatecodeID",
        store_and_fwd_flag,
        pulocationid::BIGINT AS "PULocationID",
        dolocationid::BIGINT AS "DOLocationID",
        payment_type::BIGINT AS payment_type,
        fare_amount::DOUBLE AS fare_amount,
        extra::DOUBLE AS extra,
        mta_tax::DOUBLE AS mta_tax,
        tip_amount::DOUBLE AS tip_amount,
        tolls_amount::DOUBLE AS tolls_amount,
        improvement_surcharge::DOUBLE AS improvement_surcharge,
        total_amount::DOUBLE AS total_amount,
        congestion_surcharge,
        airport_fee
    FROM kept.nyc_yellow_taxi
    WHERE {condition}
"""
_COUNT = "SELECT count(*) FROM kept.nyc_yellow_taxi WHERE {condition}"
_ENTRIES = {"trips", "taxi_zones.csv", "calendar.csv", "data"}
_ELSEWHEN = "tpep_pickup_datetime IS NULL OR year(tpep_pickup_datetime) <> 2015"


def export(dataset: Dataset, folder: Path, say: Callable[[str], None]) -> None:
    """Write `trips/*.parquet`, `taxi_zones.csv`, `calendar.csv` and `data/about.json`, the last one last.

    Raises:
        DataError: the folder cannot be written or has no room.
    """
    progress = Progress(say)
    with one_sentence(folder), reading(dataset.database) as connection:
        _require_ours(folder)
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "trips").mkdir(parents=True)
        for month in _MONTHS:
            name = f"yellow_tripdata_2015-{month:02}.parquet"
            _copy_trips(connection, folder / "trips" / name, _in_month(month))
            progress.reached(f"trips of month {month}", month / len(_MONTHS))
        if connection.execute(_COUNT.format(condition=_ELSEWHEN)).fetchall() != [(0,)]:
            _copy_trips(connection, folder / "trips" / "yellow_tripdata_elsewhen.parquet", _ELSEWHEN)
        for table in ("taxi_zones", "calendar"):
            connection.execute(f"COPY kept.{table} TO '{quoted(folder / table)}.csv' (HEADER)")
        (folder / "data").mkdir()
        (folder / "data" / "about.json").write_text(json.dumps(dataset.about, indent=1), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Export; give the exit status of the process."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.local.data.export", description="Write files for COPY."
    )
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder of the warehouse's files")
    parser.add_argument(
        "--out", type=Path, default=Path("build/data-export"), help="folder to write, made anew"
    )
    options = parser.parse_args(arguments)
    try:
        dataset = prepare(options.data, None, _say)
        export(dataset, options.out, _say)
    except DataError as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED
    _say(
        f"{dataset.about['rows']:,} trips ({dataset.about['source']}) stand in {options.out}/, ready for COPY."
    )
    return 0


def _require_ours(folder: Path) -> None:
    """Refuse to make a folder anew that holds anything but an earlier export."""
    strange = {entry.name for entry in folder.iterdir()} - _ENTRIES if folder.exists() else set()
    if strange:
        raise DataError(
            f"{folder.absolute()} holds {min(strange)}, which no export wrote, and would be emptied: choose another "
            "folder with --out, then start again. Nothing was touched."
        )


def _in_month(month: int) -> str:
    end = f"2015-{month + 1:02}-01" if month < len(_MONTHS) else "2016-01-01"
    return (
        f"tpep_pickup_datetime >= TIMESTAMP '2015-{month:02}-01' AND tpep_pickup_datetime < TIMESTAMP '{end}'"
    )


def _copy_trips(connection: duckdb.DuckDBPyConnection, file: Path, condition: str) -> None:
    query = _TRIPS.format(condition=condition)
    connection.execute(f"COPY ({query}) TO '{quoted(file)}' (FORMAT parquet, COMPRESSION zstd)")


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
