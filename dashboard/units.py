"""The units that an answer itself names: miles or minutes, by what was asked for. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from pipeline.core.reports import Column, Format
from pipeline.core.result_pages import Cell

_FORMATS: Mapping[str, Format] = MappingProxyType({"$": "usd", "mi": "miles", "min": "minutes", "mph": "mph"})
"""How numbers of a unit are written, as where the declaration says so itself."""


def with_units(columns: Sequence[Column], records: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Give the columns with the units that their `unit_from` names; rows of several units have none in common."""
    return tuple(_with_unit(column, columns, records) for column in columns)


def _with_unit(column: Column, columns: Sequence[Column], records: Sequence[Sequence[Cell]]) -> Column:
    if column.unit_from is None:
        return column
    place = next((number for number, other in enumerate(columns) if other.name == column.unit_from), None)
    units = {record[place] for record in records} if place is not None else set()
    if len(units) != 1 or None in units:
        return column
    (unit,) = map(str, units)
    return replace(column, unit=unit, format=_FORMATS.get(unit))
