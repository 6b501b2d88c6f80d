"""An answer as the page holds it: rows that have arrived, with the declaration of the version that ran."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from types import MappingProxyType
from typing import Any, get_args

from dashboard.units import with_units
from pipeline.core.reports import Column, ColumnType, Report, Role
from pipeline.core.result_pages import Cell, ResultColumn, ResultPage


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns as declared, in the order of the rows. `current` False: the report has changed since it ran.

    `statement_id` and `data_version` say what ran, and over which data; empty where nothing ran. `part_of` is the
    number of rows where only the first of them have arrived; None where they all have. `truncated`: the report's limit
    cut the rows that there are.
    """

    query_id: str
    report: Report
    columns: tuple[Column, ...]
    records: tuple[tuple[Cell, ...], ...]
    truncated: bool
    synthetic: bool
    current: bool = True
    statement_id: str = ""
    data_version: str = ""
    part_of: int | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether these are all rows that the question has."""
        return self.part_of is None and not self.truncated

    def values(self, name: str) -> tuple[Cell, ...]:
        """Give one column's cells, from the first row to the last; empty where there is no such column."""
        place = next((n for n, column in enumerate(self.columns) if column.name == name), None)
        return () if place is None else tuple(record[place] for record in self.records)

    def column(self, name: str) -> Column | None:
        """Find a column of the answer."""
        return next((column for column in self.columns if column.name == name), None)

    def with_role(self, *roles: Role) -> tuple[Column, ...]:
        """Give the columns that play one of these roles."""
        return tuple(column for column in self.columns if column.role in roles)


def typed(cells: Iterable[Cell], kind: ColumnType) -> list[Any]:
    """Give a column's cells as Python values: decimals exact, dates and times as such, NULL as None."""
    read = _READERS.get(kind)
    return [None if cell is None else read(cell) for cell in cells] if read else list(cells)


def assemble(
    pages: Sequence[ResultPage], report: Report, asked: Mapping[str, str], *, current: bool
) -> Answer:
    """Join the pages of one statement that have come, from the first on, in their order.

    `asked` are the values of the parameters; a column may have its label from one of them.
    """
    first, last = pages[0], pages[-1]
    records = tuple(chain.from_iterable(page.records for page in pages))
    return Answer(
        query_id=first.query_id,
        report=report,
        columns=with_units([_declared(report, column, asked) for column in first.columns], records),
        records=records,
        truncated=first.truncated,
        synthetic=first.synthetic,
        current=current,
        statement_id=first.statement_id,
        data_version=first.data_version,
        part_of=None if last.next_page is None else first.total_rows,
    )


def _declared(report: Report, returned: ResultColumn, asked: Mapping[str, str]) -> Column:
    """Give the declared column, with the type that came; one that the declaration lacks shows its name."""
    kind = _TYPES.get(returned.type, "text")
    declared = report.column(returned.name)
    if declared is not None:
        return replace(declared, type=kind, label=_label(report, declared, asked))
    return Column(returned.name, kind, returned.name, "measure" if kind in _NUMBERS else "dimension")


def _label(report: Report, column: Column, asked: Mapping[str, str]) -> str:
    """Give the label of a column, or that of the value that was asked for."""
    parameter = report.parameter(column.label_from or "")
    choices = parameter.choices if parameter else None
    labels = {choice.value: choice.label for choice in choices or ()}
    return labels.get(asked.get(column.label_from or "", ""), column.label)


_TYPES: Mapping[str, ColumnType] = MappingProxyType({kind: kind for kind in get_args(ColumnType)})
_NUMBERS = frozenset({"integer", "decimal", "double"})
_READERS: Mapping[ColumnType, Callable[[Any], Any]] = MappingProxyType(
    {"decimal": Decimal, "date": date.fromisoformat, "timestamp": datetime.fromisoformat}
)
