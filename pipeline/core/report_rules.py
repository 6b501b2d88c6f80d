"""What must hold inside a declaration beyond the types of its fields: nothing contradicts anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.core.chart_rules import NUMBERS, Fault, chart_faults, kpi_faults
from pipeline.core.example_rules import example_faults
from pipeline.core.parameter_rules import RANGE, default_range_faults, parameter_faults
from pipeline.core.reports import LONGEST_SECONDS, MOST_ROWS, Column, Declaration, Format

CONTROL_PREFIX = "control_"
"""A control column is named after the measure that it controls: `control_trips`."""
_COLUMN_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_FORMATS: Mapping[Format, frozenset[str]] = MappingProxyType(
    {
        "date": frozenset({"date", "timestamp"}),
        "text": frozenset({"text", "integer", "decimal", "double", "boolean", "date", "timestamp"}),
    }
)
"""The types that a format can show; one that is not listed shows numbers."""


def declaration_faults(declaration: Declaration) -> Iterator[Fault]:
    """Give the place and the sentence of everything that is wrong."""
    yield from _text_faults(declaration)
    yield from _limit_faults(declaration)
    in_parameters = list(_all_parameter_faults(declaration))
    yield from in_parameters
    for number, column in enumerate(declaration.columns):
        yield from _column_faults(f"columns[{number}]", column, declaration)
    yield from _twice("Column", "columns", [column.name for column in declaration.columns])
    yield from kpi_faults(declaration)
    yield from chart_faults(declaration)
    if not in_parameters:  # values can be held against bounds that are bounds only
        yield from default_range_faults(declaration)
        yield from example_faults(declaration)


def _all_parameter_faults(declaration: Declaration) -> Iterator[Fault]:
    for number, parameter in enumerate(declaration.parameters):
        yield from parameter_faults(f"parameters[{number}]", parameter)
    yield from _twice("Parameter", "parameters", [parameter.name for parameter in declaration.parameters])


def _text_faults(declaration: Declaration) -> Iterator[Fault]:
    for place, words in _words(declaration):
        key = place.rpartition(".")[2]
        if not words.strip():
            yield place, f"{key} is empty."
        elif not words.isprintable():
            yield place, f"{key} must be one line, of characters that can be seen."
    if not declaration.columns:
        yield "columns", "The report declares no columns."
    for group in declaration.groups:
        if not re.fullmatch(r"[^\s,]+", group):
            yield "groups", "A group is one word without spaces and commas."


def _words(declaration: Declaration) -> Iterator[tuple[str, str]]:
    """Give the place and the text of what stands in a heading, a menu, an axis or a table's head."""
    for name in ("title", "question", "maintainer"):
        yield name, getattr(declaration, name)
    for table in ("parameters", "columns", "kpis"):
        for number, row in enumerate(getattr(declaration, table)):
            yield f"{table}[{number}].label", row.label
    for number, chart in enumerate(declaration.charts):
        yield f"charts[{number}].title", chart.title


def _limit_faults(declaration: Declaration) -> Iterator[Fault]:
    usual, deadline, rows = (
        declaration.usual_seconds,
        declaration.deadline_seconds,
        declaration.maximum_rows,
    )
    for name, value in (("usualSeconds", usual), ("deadlineSeconds", deadline), ("maximumRows", rows)):
        if value < 1:
            yield name, f"{name} must be at least 1."
    if deadline > LONGEST_SECONDS:
        yield (
            "deadlineSeconds",
            f"deadlineSeconds must be at most {LONGEST_SECONDS}, the warehouse's own limit.",
        )
    if usual > deadline > 0:
        yield "usualSeconds", "usualSeconds must not be more than deadlineSeconds."
    if rows > MOST_ROWS:
        yield "maximumRows", f"maximumRows must be at most {MOST_ROWS:,}."
    days = declaration.maximum_days
    if days is not None and (days < 1 or not all(declaration.parameter(name) for name in RANGE)):
        yield "maximumDays", "maximumDays is at least 1 and belongs to a report with startDate and endDate."


def _column_faults(place: str, column: Column, declaration: Declaration) -> Iterator[Fault]:
    name = column.name
    if not _COLUMN_NAME.fullmatch(name):
        yield f"{place}.name", f"Column {name} must be written in small letters, as the warehouse returns it."
    if column.role == "excluded" and not column.reason:
        yield f"{place}.name", f"Column {name} is excluded and needs a reason."
    if column.role != "excluded" and column.reason:
        yield f"{place}.reason", f"Column {name} leaves nothing out, so it has no reason."
    if column.role == "excluded" and column.type != "integer":
        yield f"{place}.type", f"Column {name} counts what was left out: it must be an integer."
    if column.format is not None and column.type not in _FORMATS.get(column.format, NUMBERS):
        yield f"{place}.format", f"Column {name} is {column.type} and cannot be shown as {column.format}."
    if column.unit_from is not None:
        yield from _unit_faults(f"{place}.unitFrom", column, declaration)
    yield from _label_faults(f"{place}.labelFrom", column, declaration)
    if column.role == "control":
        yield from _control_faults(place, column, declaration)


def _unit_faults(place: str, column: Column, declaration: Declaration) -> Iterator[Fault]:
    named = declaration.column(column.unit_from or "")
    if named is None or named.type != "text":
        yield place, f"unitFrom names a text column with the unit; {column.unit_from} is none."
    if column.unit is not None or column.format is not None:
        yield place, f"Column {column.name} has its unit from {column.unit_from}: leave out unit and format."


def _label_faults(place: str, column: Column, declaration: Declaration) -> Iterator[Fault]:
    choices = [parameter.name for parameter in declaration.parameters if parameter.type == "choice"]
    if column.label_from is not None and column.label_from not in choices:
        yield place, f"labelFrom names a parameter of type choice; {column.label_from} is none."


def _control_faults(place: str, column: Column, declaration: Declaration) -> Iterator[Fault]:
    measure = declaration.column(column.name.removeprefix(CONTROL_PREFIX))
    named = column.name.startswith(CONTROL_PREFIX) and measure is not None
    if not named:
        yield f"{place}.name", f"Column {column.name} controls no column: name it control_ and that column."
    elif column.type not in NUMBERS or (measure and measure.type not in NUMBERS):
        yield f"{place}.type", f"Column {column.name} and what it controls must be numbers."


def _twice(what: str, table: str, names: list[str]) -> Iterator[Fault]:
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"{table}[{number}].name", f"{what} {name} is declared twice."
