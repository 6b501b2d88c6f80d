"""The files of a data set: the database, and beside it what it says about itself.

A data set is there when both files are there and agree. It is made under another name and put in place in one step,
so that a start that was interrupted leaves nothing that looks finished.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.lock import alone
from infra.local.data.setup_files import setup_hash
from pipeline.core.reports import DataDescription
from pipeline.core.schema import SchemaError, from_wire, to_wire

MEMORY = "1500MB"
"""What DuckDB may hold while a data set is made or read as a whole; what needs more goes to disk."""
_SUFFIXES = {".duckdb", ".json", ".lock"}
_ROWS = """
    SELECT
        (SELECT count(*) FROM kept.nyc_yellow_taxi),
        (SELECT count(*) FROM kept.taxi_zones),
        (SELECT count(*) FROM kept.calendar)
"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A warehouse file, and what it says about itself: the object `data/about.json` of the reports bucket."""

    database: Path
    about: dict[str, Any]


def find(folder: Path, version: str) -> Dataset | None:
    """The data set of this version; None if it is missing, unfinished, damaged, or set up in another way than now."""
    database, about_file = files_of(folder, version)
    try:
        kept = json.loads(about_file.read_text(encoding="utf-8"))
        about = from_wire(DataDescription, kept["about"])
        whole = (
            kept["setup"] == setup_hash()
            and database.stat().st_size == kept["bytes"]
            and _rows(database) == (about.rows, 265, 365)
        )
    except (OSError, ValueError, KeyError, TypeError, SchemaError, duckdb.Error):
        return None
    return Dataset(database, to_wire(about)) if whole and about.version == version else None


@contextmanager
def unfinished(folder: Path, version: str) -> Iterator[Path]:
    """A name for the database while it is made; what is left under it is removed, before and after."""
    file = folder / f"{version}.unfinished"
    _remove(file)
    try:
        yield file
    finally:
        _remove(file)


@contextmanager
def writing(file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that is being made: bounded in memory, with its spilled rows beside it."""
    with connect(str(file)) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = ?", [str(_spilled(file))])
        yield connection


@contextmanager
def reading(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session of its own in which the database is `kept`: a process that has the file open already may look too."""
    with connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"ATTACH '{quoted(database)}' AS kept (READ_ONLY)")
        yield connection


def quoted(path: Path) -> str:
    """The path as it stands between the quotes of a SQL text."""
    return str(path).replace("'", "''")


def connect(database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Open a database without DuckDB's progress bar: standard output belongs to the stand-in's own lines."""
    connection = duckdb.connect(database)
    connection.execute("SET enable_progress_bar = false")
    return connection


def keep(file: Path, folder: Path, description: DataDescription) -> Dataset:
    """Put a finished database in its place, with its description."""
    database, about_file = files_of(folder, description.version)
    about = to_wire(description)
    kept = {"about": about, "bytes": file.stat().st_size, "setup": setup_hash()}
    write_whole(about_file, json.dumps(kept, indent=1))
    file.replace(database)
    return Dataset(database, about)


def remove_older(folder: Path, version: str, served: str | None) -> None:
    """Remove the data sets of the same kind that this one replaces, but the one in use.

    A process that has one open keeps it.
    """
    kind = version.rpartition("-")[0]
    for file in folder.glob(f"{kind}-*"):
        if file.stem not in {version, served} and file.suffix in _SUFFIXES:
            # Some systems do not let go of a file that is open: it is removed another time.
            with suppress(PermissionError):
                file.unlink(missing_ok=True)


def remove_abandoned(folder: Path) -> None:
    """Remove what a load that was killed left half made; one that is still being made holds the lock of its version."""
    for file in folder.glob("*.unfinished"):
        with suppress(DataError), alone(folder / f"{file.stem}.lock"):
            _remove(file)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a reader sees the old text or the new one, whatever fails between."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def files_of(folder: Path, version: str) -> tuple[Path, Path]:
    """Where the database of a version stands, and its description."""
    return folder / f"{version}.duckdb", folder / f"{version}.json"


def _rows(database: Path) -> tuple[int, ...] | None:
    with reading(database) as connection:
        return connection.execute(_ROWS).fetchone()


def _spilled(file: Path) -> Path:
    return file.with_name(f"{file.name}.spilled")


def _remove(file: Path) -> None:
    for leftover in (file, file.with_name(f"{file.name}.wal")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(_spilled(file), ignore_errors=True)
