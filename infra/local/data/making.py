"""Makes a data set: only a first start needs this, and the half of its libraries that no other start loads."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from infra.local.data.errors import DataError
from infra.local.data.facts import read_facts
from infra.local.data.load import fill
from infra.local.data.progress import Progress
from infra.local.data.storage import Dataset, connect, keep, unfinished
from infra.local.data.trips.counts import trips_per_day
from infra.local.data.trips.generator import build_generator
from pipeline.core.instants import instant_text
from pipeline.core.reports import DataDescription

SOURCE = "made by this project to resemble 2015"
BYTES_PER_TRIP = 50
BYTES_AT_LEAST = 20_000_000


def make(folder: Path, version: str, scale: float, seed: int, say: Callable[[str], None]) -> Dataset:
    """Make the data set of a version; nobody else may do so at the same time.

    Raises:
        DataError: the folder has no room.
        OSError: the folder cannot be written.
        duckdb.Error: neither can the database.
    """
    facts = read_facts()
    counts = trips_per_day(facts, scale)
    require_room(shutil.disk_usage(folder).free, sum(counts.values()), folder)
    progress = Progress(say)
    progress.announce(f"Making {sum(counts.values()):,} synthetic trips of 2015; this happens once")
    with unfinished(folder, version) as file:
        with connect(str(file)) as connection:
            fill(connection, facts, build_generator(facts, counts, seed), counts, progress)
        return keep(file, folder, _description(version, counts))


def require_room(free_bytes: int, trips: int, folder: Path) -> None:
    """Refuse to start what the disk cannot hold.

    Raises:
        DataError: `trips` trips need more than is free.
    """
    needed = BYTES_AT_LEAST + trips * BYTES_PER_TRIP
    if free_bytes < needed:
        raise DataError(
            f"The sample data needs {needed / 1e6:,.0f} MB in {folder.absolute()}, where {free_bytes / 1e6:,.0f} MB "
            "are free: make room there, or choose another folder with --data, and start again."
        )


def _description(version: str, counts: Mapping[date, int]) -> DataDescription:
    days = sorted(counts)
    present = [day for day in days if counts[day]]
    return DataDescription(
        version=version,
        synthetic=True,
        source=SOURCE,
        rows=sum(counts.values()),
        first_day=(present or days)[0].isoformat(),
        last_day=(present or days)[-1].isoformat(),
        missing_days=tuple(day.isoformat() for day in days if not counts[day]),
        loaded_at=instant_text(datetime.now(UTC)),
        known_defects=(),
    )
