"""Makes the sample data on the first start, whole or not at all, and finds it again on every later one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.lock import exclusive
from infra.local.data.storage import Dataset, find
from infra.local.data.version import data_version

SEED = 2015


def prepare(folder: Path, scale: float, say: Callable[[str], None]) -> Dataset:
    """The data at this scale (1.0 is the full year) in `folder`, made if it is not there yet or is damaged.

    `say` is told what takes longer than a second. Any number of processes may call this at the same time.

    Raises:
        DataError: the scale is out of range, or the folder cannot be named, cannot be written or has no room.
    """
    if not 0 < scale <= 1:
        raise DataError(
            f"The scale of the sample data must be above 0 and at most 1 (the full year), not {scale:g}."
        )
    _require_readable_name(folder)
    version = data_version(scale, SEED)
    try:
        return find(folder, version) or _make_alone(folder, version, scale, say)
    except (OSError, duckdb.Error) as error:
        raise DataError(
            f"The sample data could not be written to {folder.absolute()} ({_first_line(error)}). Nothing else was "
            "touched: make room there, or choose another folder with --data, and start again."
        ) from error


def _require_readable_name(folder: Path) -> None:
    """Refuse a name that Python could not decode: DuckDB takes Unicode only, and fails with a text of C++."""
    try:
        str(folder).encode()
    except UnicodeEncodeError as error:
        raise DataError(
            f"The name of the data folder {str(folder)!a} cannot be read in this character set: set "
            "LC_ALL=C.UTF-8, or choose another folder with --data, and start again."
        ) from error


def _make_alone(folder: Path, version: str, scale: float, say: Callable[[str], None]) -> Dataset:
    folder.mkdir(parents=True, exist_ok=True)
    # The generator is loaded only where it must run: no later start waits for it.
    from infra.local.data.making import make  # noqa: PLC0415 - see above

    with exclusive(folder / "making-data.lock", say):
        return find(folder, version) or make(folder, version, scale, SEED, say)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
