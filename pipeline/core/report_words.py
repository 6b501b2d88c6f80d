"""What a declaration says, in words for people: one way for the page of reports and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.core.reports import Column, Declaration, Parameter

_MOST_CHOICES = 12


def takes(parameter: Parameter) -> str:
    """Say which values a parameter takes: `date from 2015-01-01 to 2015-12-31`, `distance, duration`."""
    if parameter.choices is not None:
        values = [choice.value for choice in parameter.choices]
        more = f" … ({len(values):,} in all)" if len(values) > _MOST_CHOICES else ""
        return ", ".join(values[:_MOST_CHOICES]) + more
    return f"{parameter.type} {bounds(parameter)}".rstrip()


def bounds(parameter: Parameter) -> str:
    """Say between which values a parameter must be: `from 10 to 50`; nothing where it may be any."""
    ends = (("from", parameter.minimum), ("to", parameter.maximum))
    return " ".join(f"{word} {value}" for word, value in ends if value is not None)


def unit_of(column: Column) -> str:
    """Say the unit of a column, or which column says it; nothing where there is none."""
    return f"as {column.unit_from} says" if column.unit_from else column.unit or ""


def rules(declaration: Declaration) -> Iterator[str]:
    """Say what to know before a figure is used: notes, what is left out, and why every day is read."""
    yield from declaration.notes
    for column in declaration.columns:
        if column.reason:
            yield f"{column.label}: {column.reason}."
    if declaration.whole_year:
        yield f"It reads the whole year: {declaration.whole_year.rstrip('.')}."


def limits(declaration: Declaration) -> str:
    """Say how long an answer takes, how long it may be, over how many days, and who may ask."""
    longest = f"at most {declaration.deadline_seconds} s and {declaration.maximum_rows:,} rows"
    days = f", {declaration.maximum_days} days" if declaration.maximum_days else ""
    groups = f", for {', '.join(declaration.groups)}" if declaration.groups else ""
    return f"usually {declaration.usual_seconds} s, {longest}{days}{groups}"
