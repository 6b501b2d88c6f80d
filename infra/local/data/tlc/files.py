"""The twelve files of a year in a folder, checked by their footers before a single row is read."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.local.data.errors import DataError
from infra.local.data.tlc.footers import Footer, read_footer
from infra.local.data.tlc.schema import TLC_COLUMNS, TlcColumn, file_name

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class MonthFile:
    """A file of one month: `types` by the table's names for its columns, and the columns that are `unknown` to it."""

    month: int
    path: Path
    rows: int
    types: Mapping[str, str]
    unknown: tuple[str, ...]
    digest: str

    @property
    def month_name(self) -> str:
        """For example `January`."""
        return calendar.month_name[self.month]


@dataclass(frozen=True, slots=True)
class YearFiles:
    """The files of a year, January first."""

    months: tuple[MonthFile, ...]

    @property
    def trips(self) -> int:
        """How many rows the twelve footers announce."""
        return sum(file.rows for file in self.months)


def read_year(folder: Path) -> YearFiles:
    """Read the footers of a folder's twelve files.

    Raises:
        DataError: there is no such folder, a month is missing, or a file is not what the TLC publishes; the text names
            the file and the reason.
    """
    if not folder.is_dir():
        raise DataError(
            f"There is no folder {folder.absolute()}: nothing was loaded. Name the folder that holds the TLC's twelve "
            "files of 2015; make data TLC=download fetches them."
        )
    _require_all(folder)
    return YearFiles(tuple(_read_month(month, folder / file_name(month)) for month in MONTHS))


def _require_all(folder: Path) -> None:
    missing = [file_name(month) for month in MONTHS if not (folder / file_name(month)).exists()]
    if missing:
        raise DataError(
            f"{folder.absolute()} lacks {', '.join(missing)}: nothing was loaded. All twelve months of 2015 are "
            "needed; make data TLC=download fetches them."
        )


def _read_month(month: int, path: Path) -> MonthFile:
    footer = read_footer(path)
    if footer.rows == 0:
        raise DataError(f"{path.name} holds no trips. Nothing was loaded: fetch it again from the TLC.")
    known = {column.table_name: column for column in TLC_COLUMNS}
    found = [(name, kind) for name, kind in footer.columns if name.lower() in known]
    _require_columns(path, [name.lower() for name, _ in found])
    for name, kind in found:
        _require_type(path, known[name.lower()], kind)
    return MonthFile(
        month=month,
        path=path,
        rows=footer.rows,
        types={name.lower(): kind for name, kind in found},
        unknown=_unknown(footer, known),
        digest=footer.digest,
    )


def _require_columns(path: Path, found: Sequence[str]) -> None:
    missing = [column.name for column in TLC_COLUMNS if column.required and column.table_name not in found]
    if missing:
        raise DataError(f"{path.name} lacks the column {', '.join(missing)}. {_OTHER_SHAPE}")
    twice = sorted({name for name in found if found.count(name) > 1})
    if twice:
        raise DataError(f"{path.name} has the column {', '.join(twice)} twice. {_OTHER_SHAPE}")


def _require_type(path: Path, column: TlcColumn, found: str) -> None:
    if found not in column.accepted:
        raise DataError(
            f"{path.name}: the column {column.name} is {found}, where {column.published} is expected. {_OTHER_SHAPE}"
        )


_OTHER_SHAPE = (
    "Nothing was loaded: this is not the shape in which the TLC publishes the yellow trips of 2015; fetch the file "
    "again with make data TLC=download or from the TLC."
)


def _unknown(footer: Footer, known: Mapping[str, TlcColumn]) -> tuple[str, ...]:
    return tuple(name for name, _ in footer.columns if name.lower() not in known)
