"""What an example of a declaration must say, so that it can be run and can fail."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.chart_rules import NUMBERS, Fault, column_faults
from pipeline.core.errors import Refusal
from pipeline.core.parameters import validate_parameters
from pipeline.core.reports import Declaration, Example, Expectation


def example_faults(declaration: Declaration) -> Iterator[Fault]:
    """Say which examples ask what the report does not take, or expect what every answer meets."""
    for number, example in enumerate(declaration.example):
        place = f"example[{number}]"
        yield from _question_faults(place, declaration, example)
        yield from _rows_faults(place, declaration, example)
        for key, expected in (("value", example.value), ("total", example.total)):
            if expected is not None:
                yield from _expectation_faults(
                    f"{place}.{key}", declaration, expected, is_total=key == "total"
                )


def _question_faults(place: str, declaration: Declaration, example: Example) -> Iterator[Fault]:
    try:
        validate_parameters(declaration, example.parameters)
    except Refusal as error:
        parameter = declaration.parameter(error.field or "")
        has_default = error.code == "missing_parameter" and parameter and parameter.default is not None
        form_only = " Its default is for the form alone." if has_default else ""
        yield f"{place}.parameters", f"The example's parameters do not fit: {error}{form_only}"


def _rows_faults(place: str, declaration: Declaration, example: Example) -> Iterator[Fault]:
    counts = (example.rows, example.minimum_rows, example.maximum_rows)
    known = [count for count in counts if count is not None]
    if not _can_fail(declaration, example):
        limits = f"minimumRows above 0, maximumRows below {declaration.maximum_rows:,}"
        yield place, f"The example cannot fail: give rows, {limits}, value or total."
    if example.rows is not None and len(known) > 1:
        yield f"{place}.rows", "rows is exact, so minimumRows and maximumRows have no use beside it."
    if not all(0 <= count <= declaration.maximum_rows for count in known):
        yield place, "The example expects a number of rows that the report cannot have."
    low, high = example.minimum_rows, example.maximum_rows
    if low is not None and high is not None and low > high:
        yield f"{place}.minimumRows", "minimumRows must not be more than maximumRows."


def _can_fail(declaration: Declaration, example: Example) -> bool:
    """Say whether an answer could be other than expected: each has between no row and as many as the report may."""
    expects_a_row = example.minimum_rows is not None and example.minimum_rows > 0
    is_limited = example.maximum_rows is not None and example.maximum_rows < declaration.maximum_rows
    exact = (example.rows, example.value, example.total)
    return expects_a_row or is_limited or any(expected is not None for expected in exact)


def _expectation_faults(
    place: str, declaration: Declaration, expected: Expectation, is_total: bool
) -> Iterator[Fault]:
    column = declaration.column(expected.column)
    yield from column_faults(place, column, expected.column, numeric=is_total)
    for name in expected.where:
        yield from column_faults(place, declaration.column(name), name, numeric=False)
    if is_total and expected.where:
        yield place, "A total is over all rows: where belongs to a value."
    widest = max(1, abs(expected.equals)) if isinstance(expected.equals, int | float) else 0
    if not 0 <= expected.tolerance <= widest:
        yield place, f"tolerance must be a number from 0 to {widest}: with more, hardly an answer fails."
    if column is not None and (column.type in NUMBERS) != isinstance(expected.equals, int | float):
        form = "a number" if column.type in NUMBERS else "a text"
        yield place, f"Column {column.name} is {column.type}: equals must be {form}."
