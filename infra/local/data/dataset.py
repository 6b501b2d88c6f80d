"""Finds the data that the stand-in serves, and makes the sample on the first start, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from infra.local.data.errors import DataError
from infra.local.data.lock import exclusive
from infra.local.data.serving import served_version, serving
from infra.local.data.storage import Dataset, find, remove_older
from infra.local.data.version import data_version

SAMPLE = 0.01
"""The share of the year that a first start makes."""


def prepare(folder: Path, scale: float | None, say: Callable[[str], None]) -> Dataset:
    """The data of `folder`, made if it is not there yet or is damaged.

    Without a scale it is what was loaded last, else the sample; with one (1.0 is the full year) it is that share.
    `say` is told what takes longer than a second. Any number of processes may call this at the same time.

    Raises:
        DataError: the scale is out of range, or the folder cannot be named, cannot be written or has no room.
    """
    if scale is None:
        return _loaded(folder, say) or prepare(folder, SAMPLE, say)
    require_scale(scale)
    version = data_version(scale)
    with one_sentence(folder):
        return find(folder, version) or _make_alone(folder, version, scale, say)


def require_scale(scale: float) -> None:
    """Refuse what is no share of a year.

    Raises:
        DataError: the scale is not above 0 and at most 1.
    """
    if not 0 < scale <= 1:
        raise DataError(
            f"The scale of the sample data must be above 0 and at most 1 (the full year), not {scale:g}."
        )


@contextmanager
def one_sentence(folder: Path) -> Iterator[None]:
    """Turn whatever the folder or the database complains of into one sentence.

    Raises:
        DataError: the folder cannot be named, cannot be written or has no room.
    """
    _require_readable_name(folder)
    try:
        yield
    except (OSError, duckdb.Error) as error:
        raise DataError(
            f"The data could not be written to {folder.absolute()} ({_first_line(error)}). Nothing else was "
            "touched: make room there, or choose another folder with --data, and start again."
        ) from error


def _loaded(folder: Path, say: Callable[[str], None]) -> Dataset | None:
    dataset = serving(folder)
    if dataset is None and (version := served_version(folder)) is not None:
        say(
            f"The data that was loaded into {folder} ({version}) is missing, damaged or of another version of this "
            "project; the sample is used until make data is run again"
        )
    return dataset


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
    from infra.local.data.progress import Progress  # noqa: PLC0415 - see above
    from infra.local.data.synthetic import SyntheticYear  # noqa: PLC0415 - see above

    with exclusive(folder / f"{version}.lock", say):
        dataset = find(folder, version) or make(folder, SyntheticYear(scale), Progress(say))
        remove_older(folder, version, served=served_version(folder))
    return dataset


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
