"""An answer as the page holds it: rows that have all arrived, with the declaration of the version that ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.core.reports import Column, Report, Role
from pipeline.core.result_pages import Cell, ResultColumn, ResultPage


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns as declared, in the order of the rows. `current` False: the report has changed since it ran."""

    query_id: str
    report: Report
    columns: tuple[Column, ...]
    records: tuple[tuple[Cell, ...], ...]
    truncated: bool
    synthetic: bool
    current: bool = True

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


def assemble(pages: Sequence[ResultPage], report: Report, *, current: bool) -> Answer:
    """Join all pages of one statement, in the order in which they came."""
    first = pages[0]
    return Answer(
        query_id=first.query_id,
        report=report,
        columns=tuple(_declared(report, column) for column in first.columns),
        records=tuple(chain.from_iterable(page.records for page in pages)),
        truncated=first.truncated,
        synthetic=first.synthetic,
        current=current,
    )


def _declared(report: Report, returned: ResultColumn) -> Column:
    """A column that the declaration lacks shows its name."""
    kind = returned.type if returned.type in _NUMBERS else "text"
    role: Role = "measure" if kind in _NUMBERS else "dimension"
    return report.column(returned.name) or Column(returned.name, "text", returned.name, role)


_NUMBERS = frozenset({"integer", "decimal", "double"})
