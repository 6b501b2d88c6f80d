"""Whether an answer is what its example expects, and whether its totals agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from infra.reports.asking import Answer
from pipeline.core.report_rules import CONTROL_PREFIX
from pipeline.core.reports import Example, Expectation, Report
from pipeline.core.result_pages import Cell

FLOAT_TOLERANCE = Decimal("1e-9")
"""How far two sums of floats may lie apart, in proportion: engines add in any order."""


def example_faults(example: Example, answer: Answer) -> Iterator[str]:
    """Say what an example expected, and what came."""
    rows = len(answer.records)
    if example.rows is not None and rows != example.rows:
        yield f"{example.rows} rows were expected; there are {rows}."
    if example.minimum_rows is not None and rows < example.minimum_rows:
        yield f"At least {example.minimum_rows} rows were expected; there are {rows}."
    if example.maximum_rows is not None and rows > example.maximum_rows:
        yield f"At most {example.maximum_rows} rows were expected; there are {rows}."
    if example.value is not None:
        yield from _value_faults(example.value, answer)
    if example.total is not None:
        total = _total(answer.values(example.total.column))
        if not _equals(total, example.total, answer.is_float(example.total.column)):
            yield f"The total of {example.total.column} should be {example.total.equals}; it is {total}."


def control_faults(report: Report, answer: Answer) -> Iterator[str]:
    """Say which independent totals differ from their sums, and which columns should be the same in each row."""
    for column in report.columns:
        if column.role not in {"control", "excluded"} or not answer.records:
            continue
        values = answer.values(column.name)
        if len(set(values)) > 1:
            yield f"Column {column.name} must have the same value in each row."
        elif column.role == "control" and not answer.truncated:
            name = column.name.removeprefix(CONTROL_PREFIX)
            total, control = _total(answer.values(name)), _number(values[0])
            allowed = abs(total) * FLOAT_TOLERANCE if answer.is_float(name) else Decimal(0)
            if control is None or not _near(total, control, allowed):
                yield f"{column.name} says {values[0]}; the rows of {name} add up to {total}."


def _value_faults(expected: Expectation, answer: Answer) -> Iterator[str]:
    wanted = " and ".join(f"{name} = {value}" for name, value in expected.where.items())
    rows = [n for n in range(len(answer.records)) if _is_row(answer, n, expected)]
    if not rows:
        yield f"There is no row with {wanted}." if wanted else "There is no row, so there is no value."
    elif wanted and len(rows) > 1:
        yield f"{len(rows)} rows have {wanted}: name one of them."
    else:
        value = answer.values(expected.column)[rows[0]]
        place = f" where {wanted}" if wanted else " in the first row"
        if not _equals(value, expected, answer.is_float(expected.column)):
            yield f"{expected.column}{place} should be {expected.equals}; it is {_shown(value)}."


def _is_row(answer: Answer, number: int, expected: Expectation) -> bool:
    return all(
        _equals(answer.values(name)[number], Expectation(name, value), answer.is_float(name))
        for name, value in expected.where.items()
    )


def _equals(value: Cell | Decimal, expected: Expectation, is_float: bool) -> bool:
    if isinstance(expected.equals, str):
        return value == expected.equals
    found, wanted = _number(value), Decimal(str(expected.equals))
    allowed = max(Decimal(str(expected.tolerance)), abs(wanted) * FLOAT_TOLERANCE if is_float else Decimal(0))
    return found is not None and _near(found, wanted, allowed)


def _total(values: list[Cell]) -> Decimal:
    return sum((number for cell in values if (number := _number(cell)) is not None), Decimal(0))


def _near(one: Decimal, other: Decimal, allowed: Decimal) -> bool:
    return abs(one - other) <= allowed


def _number(cell: Cell | Decimal) -> Decimal | None:
    """Read a number; decimals travel as text."""
    return None if cell is None or isinstance(cell, bool) else Decimal(str(cell))


def _shown(cell: Cell) -> str:
    return "empty" if cell is None else str(cell)
