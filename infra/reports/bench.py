"""The data that reports are tried on: those in use, else the sample, which is made if it is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.data import DataError, Dataset, prepare
from infra.local.redshift import Engine
from infra.reports.check import Bench
from infra.reports.errors import CommandError
from pipeline.core.reports import DataDescription
from pipeline.core.schema import from_wire


def dataset(folder: Path, say: Callable[[str], None]) -> Dataset:
    """Give the data of a folder.

    Raises:
        CommandError: they cannot be made there.
    """
    try:
        return prepare(folder, None, say)
    except DataError as error:
        raise CommandError(str(error)) from error


@contextmanager
def bench(folder: Path, say: Callable[[str], None]) -> Iterator[Bench]:
    """Open an engine on the data of a folder, and close it at the end.

    Raises:
        CommandError: they cannot be made there.
    """
    found = dataset(folder, say)
    engine = Engine(found.database)
    try:
        yield Bench(engine, from_wire(DataDescription, found.about))
    finally:
        engine.close()
