"""Makes a data set, whatever its trips come from: only a first start and a load need this and its libraries."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import duckdb

from infra.local.data.checked_trips import make_tables
from infra.local.data.errors import DataError
from infra.local.data.fact_tables import read_facts
from infra.local.data.progress import Progress
from infra.local.data.reference_tables import insert_reference_tables
from infra.local.data.setup_files import ROLL_UPS
from infra.local.data.setup_sql import statements_of
from infra.local.data.storage import Dataset, keep, unfinished, writing
from pipeline.core.instants import instant_text
from pipeline.core.reports import DataDescription

BYTES_PER_TRIP = 28
BYTES_AT_LEAST = 60_000_000
"""Roll-ups of few trips take more than a share of the year's, and the database keeps a log while it is filled."""
_DAYS = """
    SELECT tpep_pickup_datetime::DATE AS day, count(*) FROM nyc_yellow_taxi
    WHERE tpep_pickup_datetime >= DATE '2015-01-01' AND tpep_pickup_datetime < DATE '2016-01-01'
    GROUP BY day ORDER BY day
"""


class Source(Protocol):
    """Where the trips of a data set come from."""

    @property
    def version(self) -> str:
        """The name of the data set."""

    @property
    def synthetic(self) -> bool:
        """Whether the trips are made up."""

    @property
    def description(self) -> str:
        """Where the trips come from, in a few words."""

    @property
    def trips(self) -> int:
        """How many there will be."""

    def insert_trips(self, connection: duckdb.DuckDBPyConnection, progress: Progress) -> tuple[str, ...]:
        """Fill the empty table `checked_trips`; give a sentence for each defect that readers should know of.

        Raises:
            DataError: the trips are not what they should be.
        """


def make(folder: Path, source: Source, progress: Progress) -> Dataset:
    """Make the data set of a source; nobody else may make the same one at the same time.

    Raises:
        DataError: the folder has no room, or the source refuses.
        OSError: the folder cannot be written.
        duckdb.Error: neither can the database.
    """
    require_room(shutil.disk_usage(folder).free, source.trips, folder)
    with unfinished(folder, source.version) as file:
        with writing(file) as connection:
            make_tables(connection)
            insert_reference_tables(connection, read_facts())
            defects = source.insert_trips(connection, progress)
            _add_up(connection, progress)
            # Closing would do this too, but says nothing when the disk is full.
            connection.execute("CHECKPOINT")
            description = _description(connection, source, defects)
        return keep(file, folder, description)


def require_room(free_bytes: int, trips: int, folder: Path) -> None:
    """Refuse to start what the disk cannot hold.

    Raises:
        DataError: `trips` trips need more than is free.
    """
    needed = BYTES_AT_LEAST + trips * BYTES_PER_TRIP
    if free_bytes < needed:
        raise DataError(
            f"The data needs {needed / 1e6:,.0f} MB in {folder.absolute()}, where {free_bytes / 1e6:,.0f} MB "
            "are free: make room there, or choose another folder with --data, and start again."
        )


def _add_up(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    statements = statements_of(ROLL_UPS)
    for number, statement in enumerate(statements, start=1):
        progress.reached(f"adding up the year, step {number} of {len(statements)}")
        connection.execute(statement)
    progress.reached("writing the last of it to disk")


def _description(
    connection: duckdb.DuckDBPyConnection, source: Source, defects: tuple[str, ...]
) -> DataDescription:
    present = [day for day, _ in connection.execute(_DAYS).fetchall()]
    rows = connection.execute("SELECT count(*) FROM nyc_yellow_taxi").fetchall()[0][0]
    missing = sorted(set(_days_of_2015()) - set(present))
    return DataDescription(
        version=source.version,
        synthetic=source.synthetic,
        source=source.description,
        rows=rows,
        first_day=present[0].isoformat() if present else "2015-01-01",
        last_day=present[-1].isoformat() if present else "2015-12-31",
        missing_days=tuple(day.isoformat() for day in missing),
        loaded_at=instant_text(datetime.now(UTC)),
        known_defects=defects,
    )


def _days_of_2015() -> list[date]:
    return [date(2015, 1, 1) + timedelta(days=days) for days in range(365)]
