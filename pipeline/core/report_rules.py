"""What must hold inside a declaration beyond the types of its fields: nothing contradicts anything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from pipeline.core.chart_rules import NUMBERS, Fault, chart_faults, kpi_faults
from pipeline.core.errors import Refusal
from pipeline.core.example_rules import example_faults
from pipeline.core.parameters import ORDERS, canonical
from pipeline.core.reports import LONGEST_SECONDS, MOST_ROWS, Column, Declaration, Format, Parameter

CONTROL_PREFIX = "control_"
"""A control column is named after the measure that it controls: `control_trips`."""
_PARAMETER_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_COLUMN_NAME = re.compile(r"[a-z_][a-z0-9_]*")
# What an address already says of a question (docs/protocol.md).
_TAKEN = frozenset({"topicName", "queryId"})
_RANGE = ("startDate", "endDate")
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
    parameter_faults = list(_all_parameter_faults(declaration))
    yield from parameter_faults
    for number, column in enumerate(declaration.columns):
        yield from _column_faults(f"columns[{number}]", column, declaration)
    yield from _twice("Column", "columns", [column.name for column in declaration.columns])
    yield from kpi_faults(declaration)
    yield from chart_faults(declaration)
    if not parameter_faults:  # values can be held against bounds that are bounds only
        yield from example_faults(declaration)


def _all_parameter_faults(declaration: Declaration) -> Iterator[Fault]:
    for number, parameter in enumerate(declaration.parameters):
        yield from _parameter_faults(f"parameters[{number}]", parameter)
    yield from _twice("Parameter", "parameters", [parameter.name for parameter in declaration.parameters])


def _text_faults(declaration: Declaration) -> Iterator[Fault]:
    for name in ("title", "question", "maintainer"):
        if not getattr(declaration, name).strip():
            yield name, f"{name} is empty."
    if not declaration.columns:
        yield "columns", "The report declares no columns."
    for group in declaration.groups:
        if not re.fullmatch(r"[^\s,]+", group):
            yield "groups", "A group is one word without spaces and commas."


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
    if days is not None and (days < 1 or not all(declaration.parameter(name) for name in _RANGE)):
        yield "maximumDays", "maximumDays is at least 1 and belongs to a report with startDate and endDate."


def _parameter_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    name = parameter.name
    if not _PARAMETER_NAME.fullmatch(name) or name in _TAKEN:
        yield f"{place}.name", f"{name or 'An empty name'} cannot name a parameter."
    if name in _RANGE and parameter.type != "date":
        yield f"{place}.type", f"{name} must be a date: it is one end of a range of days."
    yield from _choice_faults(place, parameter)
    if parameter.default is None and not parameter.required:
        yield f"{place}.name", f"{name} is not required and needs a default."
    if parameter.type not in ORDERS and (parameter.minimum or parameter.maximum) is not None:
        yield f"{place}.name", f"{name} is a {parameter.type} and has no minimum or maximum."
    else:
        yield from _value_faults(place, parameter)


def _choice_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    values = [choice.value for choice in parameter.choices or ()]
    if parameter.type != "choice":
        if parameter.choices is not None:
            yield f"{place}.choices", f"{parameter.name} is no choice, so it has no choices."
    elif not values:
        yield f"{place}.name", f"{parameter.name} is a choice and needs choices or choicesFrom."
    elif "" in values:
        yield f"{place}.choices", f"{parameter.name} has an empty choice, which cannot be bound."
    elif len(set(values)) < len(values):
        yield f"{place}.choices", f"{parameter.name} has a choice twice."


def _value_faults(place: str, parameter: Parameter) -> Iterator[Fault]:
    """Hold the bounds against the type, then the default against the bounds."""
    unbounded = replace(parameter, minimum=None, maximum=None)
    upwards = replace(parameter, maximum=None)
    unfit = [
        *_unfit(place, unbounded, "minimum", parameter.minimum),
        *_unfit(place, unbounded, "maximum", parameter.maximum),
    ]
    unfit = unfit or [*_unfit(place, upwards, "maximum", parameter.maximum)]
    yield from unfit or _unfit(place, parameter, "default", parameter.default)


def _unfit(place: str, parameter: Parameter, role: str, value: str | None) -> Iterator[Fault]:
    if value is None:
        return
    try:
        canonical(parameter, value)
    except Refusal as error:
        yield f"{place}.{role}", f"The {role} of {parameter.name} does not fit: {error}"


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
    if column.role == "control":
        yield from _control_faults(place, column, declaration)


def _unit_faults(place: str, column: Column, declaration: Declaration) -> Iterator[Fault]:
    named = declaration.column(column.unit_from or "")
    if named is None or named.type != "text":
        yield place, f"unitFrom names a text column with the unit; {column.unit_from} is none."
    if column.unit is not None or column.format is not None:
        yield place, f"Column {column.name} has its unit from {column.unit_from}: leave out unit and format."


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
