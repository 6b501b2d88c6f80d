"""Says in words where an answer differs from its twin: to the cent, to a billionth for doubles, else exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from tests.reports.twins.common.question import Kind, Row, Value
from tests.reports.warehouse import Answer

RELATIVE = 1e-9
_MOST = 12


def differences(answer: Answer, columns: Mapping[str, Kind], expected: Sequence[Row]) -> list[str]:
    """Name the first differences: columns, kinds and their order, the number of rows, then cells row by row."""
    if list(answer.columns.items()) != list(columns.items()):
        return [f"columns: {answer.columns}, expected {dict(columns)}"]
    found = list(_in_cells(answer.rows, expected, columns))
    if len(answer.rows) != len(expected):
        found.insert(0, f"{len(answer.rows)} rows, {len(expected)} expected")
    return found[:_MOST]


def _in_cells(rows: Sequence[Row], expected: Sequence[Row], columns: Mapping[str, Kind]) -> Iterator[str]:
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=False)):
        assert wanted.keys() == columns.keys(), f"the twin's own columns: {wanted.keys() ^ columns.keys()}"
        for name in columns:
            if not _alike(row[name], wanted[name]):
                place = list(row.values())[:3]
                yield f"row {number} {place} {name}: {row[name]!r}, expected {wanted[name]!r}"


def _alike(value: Value, expected: Value) -> bool:
    if value is None or expected is None:
        return value is expected
    if isinstance(value, float) and isinstance(expected, float):
        return math.isclose(value, expected, rel_tol=RELATIVE)
    if isinstance(value, Decimal) and not isinstance(expected, Decimal):
        return False
    return value == expected
