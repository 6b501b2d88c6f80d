"""Reads a folder of real rows in any of the shapes that the TLC has given its yellow taxi records of 2015."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from infra.local.data.errors import DataError
from infra.local.data.facts import Facts
from infra.local.data.report.histograms import Numbers
from infra.local.data.report.measures import COLUMNS, one_row
from infra.local.data.report.passes import DROPOFF, PICKUP
from infra.local.data.report.places import zones_at

ROWS_AT_MOST = 1_000_000
BYTES_PER_CSV_ROW = 90
PLACES = ("pickup_longitude", "pickup_latitude", "dropoff_longitude", "dropoff_latitude")
OTHER_NAMES = {
    "pickup_datetime": PICKUP,
    "dropoff_datetime": DROPOFF,
    "vendor_id": "vendorid",
    "rate_code": "ratecodeid",
}
_TYPES = {PICKUP: "TIMESTAMP", DROPOFF: "TIMESTAMP", "store_and_fwd_flag": "VARCHAR"}
_IN_2015 = f"{PICKUP} >= '2015-01-01' AND {PICKUP} < '2016-01-01'"


@dataclass(frozen=True, slots=True)
class RealRows:
    """Real rows in the table `real_rows`: how many, the columns that hold something, what to say about reading them."""

    rows: int
    columns: frozenset[str]
    notes: tuple[str, ...]

    @property
    def has_places(self) -> bool:
        """Whether the rows came with coordinates, from which their zones were found."""
        return set(PLACES) <= self.columns


def read_folder(
    connection: duckdb.DuckDBPyConnection, folder: Path, facts: Facts, reached: Callable[[str], None]
) -> RealRows:
    """Fill the table `real_rows` from the folder's CSV and Parquet files; no more than about a million rows are taken.

    Raises:
        DataError: there is nothing to read, a file cannot be read, or no row is of 2015.
    """
    files = _files(folder)
    one_in = -(-sum(_estimated_rows(connection, file) for file in files) // ROWS_AT_MOST)
    names = [*COLUMNS, *PLACES]
    columns = ", ".join(f"{name} {_TYPES.get(name, 'DOUBLE')}" for name in names)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE real_raw ({columns})")
    notes: list[str] = []
    for file in files:
        if _append(connection, file, names, max(one_in, 1)):
            notes.extend(_separated(connection, file))
        else:
            notes.append(f"{file.name} has no column with pickup times and was left out.")
        reached(f"read {file.name}")
    return _finish(connection, folder, facts, notes, one_in)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise DataError(
            f"There is no folder {folder.absolute()} with real rows: name one that holds CSV or Parquet files "
            "of the TLC. Nothing was changed."
        )
    try:
        files = sorted(
            file
            for file in folder.iterdir()
            if file.is_file() and file.name.lower().endswith((".csv", ".csv.gz", ".parquet"))
        )
    except OSError as error:
        raise DataError(
            f"The folder {folder.absolute()} cannot be read ({error.strerror}): allow this user to read it. "
            "Nothing was changed."
        ) from error
    if not files:
        raise DataError(
            f"The folder {folder.absolute()} holds no CSV and no Parquet file: put files of the TLC's yellow taxi "
            "records there. Nothing was changed."
        )
    return files


def _estimated_rows(connection: duckdb.DuckDBPyConnection, file: Path) -> int:
    if file.suffix.lower() != ".parquet":
        return file.stat().st_size // BYTES_PER_CSV_ROW
    try:
        found = connection.execute(
            "SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(file)]
        ).fetchall()
    except duckdb.Error as error:
        raise _unreadable(file, error) from error
    return int(found[0][0] or 0)


def _append(connection: duckdb.DuckDBPyConnection, file: Path, names: list[str], one_in: int) -> bool:
    """Take a file's rows, one in so many, chosen by what is in them; False if it has no pickup times."""
    parquet = file.suffix.lower() == ".parquet"
    source = (
        "read_parquet(?)"
        if parquet
        else "read_csv(?, header = true, all_varchar = true, null_padding = true)"
    )
    try:
        described = connection.execute(f"FROM {source} LIMIT 0", [str(file)]).description or []
        found = {_known_name(column[0]): column[0] for column in described}
        if PICKUP not in found:
            return False
        selected = ", ".join(_cast(name, found.get(name)) for name in names)
        connection.execute(
            f"INSERT INTO real_raw FROM (FROM {source} SELECT {selected}) "
            f"WHERE {_IN_2015} AND hash({PICKUP}, {DROPOFF}, total_amount, pulocationid) % {one_in} = 0",
            [str(file)],
        )
    except (duckdb.Error, OSError) as error:
        raise _unreadable(file, error) from error
    return True


def _separated(connection: duckdb.DuckDBPyConnection, file: Path) -> Iterator[str]:
    """A sentence for a text file whose values are not separated by commas."""
    if file.suffix.lower() != ".parquet":
        found = connection.execute("FROM sniff_csv(?) SELECT delimiter", [str(file)]).fetchall()
        if found[0][0] != ",":
            yield (
                f"{file.name} separates its values by {found[0][0]!r}, unlike the TLC: numbers with a decimal comma "
                "count as missing."
            )


def _known_name(column: str) -> str:
    lowered = column.strip().lower()
    return OTHER_NAMES.get(lowered, lowered)


def _cast(name: str, column: str | None) -> str:
    if column is None:
        return f"NULL::{_TYPES.get(name, 'DOUBLE')} AS {name}"
    quoted = '"' + column.replace('"', '""') + '"'
    if _TYPES.get(name) == "TIMESTAMP":
        american = f"try_strptime({quoted}::VARCHAR, '%m/%d/%Y %I:%M:%S %p')"
        return f"coalesce(try_cast({quoted} AS TIMESTAMP), {american}) AS {name}"
    if name in _TYPES:
        return f"try_cast({quoted} AS {_TYPES[name]}) AS {name}"
    return f"nullif(try_cast({quoted} AS DOUBLE), 'nan'::DOUBLE) AS {name}"


def _finish(
    connection: duckdb.DuckDBPyConnection, folder: Path, facts: Facts, notes: list[str], one_in: int
) -> RealRows:
    counts = ", ".join(f"count({name})" for name in (*COLUMNS, *PLACES))
    rows, *filled = one_row(connection, f"FROM real_raw SELECT count(*), {counts}")
    if not rows:
        raise DataError(
            f"The files in {folder.absolute()} hold no trips of 2015: put the TLC's yellow taxi records of that year "
            "there. Nothing was changed."
        )
    columns = {name for name, count in zip((*COLUMNS, *PLACES), filled, strict=True) if count}
    if one_in > 1:
        notes.append(f"One row in {one_in} of the files was taken.")
    if set(PLACES) <= columns:
        _find_zones(connection, facts)
        notes.append(
            "The zone of each end was found from its coordinates and the outlines of the TLC's zones."
        )
        columns |= {"pulocationid", "dolocationid"}
    else:
        connection.execute("CREATE OR REPLACE TEMP TABLE real_rows AS FROM real_raw")
    return RealRows(int(rows), frozenset(columns), tuple(notes))


def _find_zones(connection: duckdb.DuckDBPyConnection, facts: Facts) -> None:
    places = connection.execute(f"FROM real_raw SELECT {', '.join(PLACES)} ORDER BY rowid").fetchnumpy()
    west, south, east, north = (_filled(places[name]) for name in PLACES)
    found = {"begin_zone": zones_at(facts, west, south), "end_zone": zones_at(facts, east, north)}
    connection.register("found_zones", found)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE real_rows AS "
        "SELECT real_raw.* REPLACE (coalesce(pulocationid, begin_zone) AS pulocationid, "
        "coalesce(dolocationid, end_zone) AS dolocationid) "
        "FROM real_raw POSITIONAL JOIN found_zones"
    )
    connection.unregister("found_zones")


def _filled(column: object) -> Numbers:
    """A column that may hold NULL as numbers, 0 where it does."""
    numbers: Numbers = np.ma.filled(np.ma.asarray(column), 0.0).astype(float)
    return numbers


def _unreadable(file: Path, error: Exception) -> DataError:
    return DataError(
        f"{file.absolute()} cannot be read as the TLC's trip records ({str(error).splitlines()[0]}): fetch it again or "
        "take it out of the folder. Nothing was changed."
    )
