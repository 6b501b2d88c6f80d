"""A look at a report's answer before anybody else has one: its first rows, its types, the engine's plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from infra.local.redshift import Engine
from infra.local.redshift.parameters import bound_values
from infra.reports.asking import Answer, ask, usual_question
from pipeline.core.parameters import validate_parameters
from pipeline.core.reports import Report
from pipeline.core.result_pages import Cell

FIRST_ROWS = 10
_WIDEST_CELL = 40


def preview(database: Path, report: Report, given: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of a preview; what is not given is asked as the form has it.

    Raises:
        Refusal: the values do not fit the declaration.
        SqlError: the statement fails.
    """
    asked = validate_parameters(report, {**usual_question(report), **given})
    engine = Engine(database)
    try:
        answer = ask(engine, report, asked)
        translation = engine.translate(report.statement_sql)
    finally:
        engine.close()
    yield " ".join(f"{name}={value}" for name, value in asked.items())
    yield ""
    yield from _rows(answer)
    yield ""
    served = {column.name: column.type for column in answer.columns}
    types = [(column.name, served[column.name], str(column.type)) for column in translation.columns]
    yield from _table(("column", "type", "on Redshift"), types)
    yield ""
    yield "Plan of the stand-in's engine (Redshift makes its own):"
    yield _plan(database, translation.sql, bound_values(translation.parameters, asked))


def _rows(answer: Answer) -> Iterator[str]:
    shown = [[_text(cell) for cell in record] for record in answer.records[:FIRST_ROWS]]
    yield from _table([column.name for column in answer.columns], shown)
    more = " and more: maximumRows cuts the answer here" if answer.truncated else ""
    yield f"{len(shown)} of {len(answer.records):,} rows{more}, in {answer.seconds:.2f} s"


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(heading, *rows, strict=True)]
    for row in (heading, ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _text(cell: Cell) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= _WIDEST_CELL else f"{text[: _WIDEST_CELL - 1]}…"


def _plan(database: Path, sql: str, values: Mapping[str, str]) -> str:
    with duckdb.connect(str(database), read_only=True) as connection:
        lines = connection.execute(f"EXPLAIN {sql}", dict(values)).fetchall()
    return "\n".join(str(text).rstrip() for _, text in lines)
