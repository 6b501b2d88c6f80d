"""Makes the sample data on the first start, whole or not at all, and finds it again on every later one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.facts import read_facts
from infra.local.data.load import fill
from infra.local.data.lock import exclusive
from infra.local.data.progress import Progress
from infra.local.data.storage import Dataset, connect, find, keep, unfinished
from infra.local.data.trips.counts import trips_per_day
from infra.local.data.trips.generator import build_generator
from infra.local.data.version import data_version
from pipeline.core.instants import instant_text
from pipeline.core.reports import DataDescription

SEED = 2015
SOURCE = "made by this project to resemble 2015"
BYTES_PER_TRIP = 50
BYTES_AT_LEAST = 20_000_000


def prepare(folder: Path, scale: float, say: Callable[[str], None]) -> Dataset:
    """The data at this scale (1.0 is the full year) in `folder`, made if it is not there yet or is damaged.

    `say` is told what takes longer than a second. Any number of processes may call this at the same time.

    Raises:
        DataError: the scale is out of range, or the folder cannot be written or has no room.
    """
    if not 0 < scale <= 1:
        raise DataError(
            f"The scale of the sample data must be above 0 and at most 1 (the full year), not {scale:g}."
        )
    version = data_version(scale, SEED)
    try:
        return find(folder, version) or _make_alone(folder, version, scale, say)
    except (OSError, duckdb.Error) as error:
        raise DataError(
            f"The sample data could not be written to {folder.absolute()} ({_first_line(error)}). Nothing else was "
            "touched: make room there, or choose another folder with --data, and start again."
        ) from error


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


def _make_alone(folder: Path, version: str, scale: float, say: Callable[[str], None]) -> Dataset:
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / "making-data.lock", say):
        return find(folder, version) or _make(folder, version, scale, say)


def _make(folder: Path, version: str, scale: float, say: Callable[[str], None]) -> Dataset:
    facts = read_facts()
    counts = trips_per_day(facts, scale)
    require_room(shutil.disk_usage(folder).free, sum(counts.values()), folder)
    progress = Progress(say)
    progress.announce(f"Making {sum(counts.values()):,} synthetic trips of 2015; this happens once")
    with unfinished(folder, version) as file:
        with connect(str(file)) as connection:
            fill(connection, facts, build_generator(facts, counts, SEED), counts, progress)
        return keep(file, folder, _description(version, counts))


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


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
