"""Fills the warehouse's table with the trips of the TLC's own files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from infra.local.data.checked_trips import inserting
from infra.local.data.errors import DataError
from infra.local.data.progress import Progress
from infra.local.data.tlc.checks import Contents, TableTypes, check, table_types
from infra.local.data.tlc.defects import known_defects
from infra.local.data.tlc.files import MonthFile, YearFiles, read_year
from infra.local.data.tlc.statements import elsewhere, in_month, loaded_columns, rows_of

_CHECKING = 0.15
"""The part of the time that the check of all values takes; the rest is the load."""
_MAKE_ROOM = "CREATE OR REPLACE TEMP TABLE tlc_strays AS FROM nyc_yellow_taxi LIMIT 0"
_SET_STRAYS_ASIDE = "INSERT INTO tlc_strays BY NAME FROM tlc_file WHERE {elsewhere}"
_IN_ORDER = " ORDER BY tpep_pickup_datetime"


@dataclass(frozen=True, slots=True)
class TlcYear:
    """What was loaded: trips of each month's file, January first, and a sentence for each defect."""

    rows: tuple[int, ...]
    known_defects: tuple[str, ...]


def insert_trips(connection: duckdb.DuckDBPyConnection, folder: Path, progress: Progress) -> TlcYear:
    """Fill the empty table `checked_trips` with every trip of a folder's twelve files.

    Trips stand in order of pickup. Those that began outside the month of their file stand behind all others, so that
    the few of them do not widen what each block of rows says of its earliest and latest pickup.

    Raises:
        DataError: a file is missing, damaged, of another shape or another year, or has a value that the table cannot
            hold. What is in the table then is of no use.
    """
    year = read_year(folder)
    types = table_types(connection)
    contents = _check_all(connection, year, types, progress)
    connection.execute(_MAKE_ROOM)
    done = 0
    for file, content in zip(year.months, contents, strict=True):
        _insert(connection, file, content, types)
        done += file.rows
        share = _CHECKING + (1 - _CHECKING) * done / year.trips
        progress.reached(f"trips of {file.month_name}", share)
    connection.execute(inserting("FROM tlc_strays") + _IN_ORDER)
    connection.execute("DROP TABLE tlc_strays")
    connection.execute("DROP VIEW tlc_file")
    return TlcYear(tuple(file.rows for file in year.months), known_defects(year, contents))


def _check_all(
    connection: duckdb.DuckDBPyConnection, year: YearFiles, types: TableTypes, progress: Progress
) -> Sequence[Contents]:
    progress.announce(f"Loading {year.trips:,} trips from the TLC's files; each file is checked first")
    contents, done = list[Contents](), 0
    for file in year.months:
        contents.append(check(connection, file, types))
        done += file.rows
        progress.reached(f"checked {file.path.name}", _CHECKING * done / year.trips)
    return contents


def _insert(
    connection: duckdb.DuckDBPyConnection, file: MonthFile, content: Contents, types: TableTypes
) -> None:
    # The rules judge what the table holds: an amount rounded to cents, say.
    columns = [f"{name}::{types[name]} AS {name}" for name in loaded_columns(file)]
    rows_of(connection, file).project(", ".join(columns)).create_view("tlc_file")
    in_order = inserting(f"FROM tlc_file WHERE {in_month(file.month)}") + _IN_ORDER
    rows = _rows(connection.execute(in_order))
    if content.elsewhere:
        rows += _rows(connection.execute(_SET_STRAYS_ASIDE.format(elsewhere=elsewhere(file.month))))
    if rows != file.rows:
        raise DataError(
            f"{file.path.name} announces {file.rows:,} trips in its footer and holds {rows:,}. Nothing was kept: fetch "
            "it again with make data TLC=download or from the TLC, and start again."
        )


def _rows(inserted: duckdb.DuckDBPyConnection) -> int:
    return int(inserted.fetchall()[0][0])
