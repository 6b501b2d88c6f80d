"""The TLC's own trips of 2015 as a source of a data set."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from infra.local.data.progress import Progress
from infra.local.data.tlc.files import YearFiles, read_year
from infra.local.data.tlc.loading import insert_trips
from infra.local.data.tlc.version import version_of


@dataclass(frozen=True, slots=True)
class RealYear:
    """The twelve files of a folder, as they were when `open_year` read their footers."""

    folder: Path
    files: YearFiles

    @property
    def version(self) -> str:
        """The name of the data set."""
        return version_of(self.files)

    @property
    def synthetic(self) -> bool:
        """False: each row is a trip that somebody paid for."""
        return False

    @property
    def description(self) -> str:
        """What every page says of these trips."""
        return "trip records of the NYC TLC"

    @property
    def trips(self) -> int:
        """How many there will be."""
        return self.files.trips

    def insert_trips(self, connection: duckdb.DuckDBPyConnection, progress: Progress) -> tuple[str, ...]:
        """Fill the empty table `checked_trips`; give a sentence for each known defect.

        Raises:
            DataError: a file cannot be loaded; the text names it and the reason.
        """
        return insert_trips(connection, self.folder, progress).known_defects


def open_year(folder: Path) -> RealYear:
    """The files of a folder.

    Raises:
        DataError: a month is missing, or a file is not what the TLC publishes.
    """
    return RealYear(folder, read_year(folder))
