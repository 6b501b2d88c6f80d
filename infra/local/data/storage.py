"""The files of a data set: the database, and beside it what it says about itself.

A data set is there when both files are there and agree. It is made under another name and put in place in one step,
so that a start that was interrupted leaves nothing that looks finished.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipeline.core.reports import DataDescription
from pipeline.core.schema import SchemaError, from_wire, to_wire

_ROWS = """
    SELECT
        (SELECT count(*) FROM kept.trips),
        (SELECT count(*) FROM kept.taxi_zones),
        (SELECT count(*) FROM kept.calendar)
"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A warehouse file, and what it says about itself: the object `data/about.json` of the reports bucket."""

    database: Path
    about: dict[str, Any]


def find(folder: Path, version: str) -> Dataset | None:
    """The data set of this version; None if it is missing, unfinished or damaged."""
    database, about_file = _files(folder, version)
    try:
        kept = json.loads(about_file.read_text(encoding="utf-8"))
        about = from_wire(DataDescription, kept["about"])
        whole = database.stat().st_size == kept["bytes"] and _rows(database) == (about.rows, 265, 365)
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


def connect(database: str = ":memory:") -> duckdb.DuckDBPyConnection:
    """Open a database without DuckDB's progress bar: standard output belongs to the stand-in's own lines."""
    connection = duckdb.connect(database)
    connection.execute("SET enable_progress_bar = false")
    return connection


def keep(file: Path, folder: Path, description: DataDescription) -> Dataset:
    """Put a finished database in its place, with its description."""
    database, about_file = _files(folder, description.version)
    about = to_wire(description)
    kept = {"about": about, "bytes": file.stat().st_size}
    about_file.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    file.replace(database)
    return Dataset(database, about)


def _files(folder: Path, version: str) -> tuple[Path, Path]:
    return folder / f"{version}.duckdb", folder / f"{version}.json"


def _rows(database: Path) -> tuple[int, ...] | None:
    """Count in a session of its own: a process that already has the file open may look too."""
    quoted = str(database).replace("'", "''")
    with connect() as connection:
        connection.execute(f"ATTACH '{quoted}' AS kept (READ_ONLY)")
        return connection.execute(_ROWS).fetchone()


def _remove(file: Path) -> None:
    for leftover in (file, file.with_name(f"{file.name}.wal")):
        leftover.unlink(missing_ok=True)
