"""Whether a report reads only the days that are asked for, the first and the last of them included.

Trips and roll-ups are sorted by day: a part of a SELECT that reads one of them without both bounds reads the year.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from infra.local.redshift.dialect import parse
from infra.reports.sources import problem_at, tables
from pipeline.core.report_text import ReportText
from pipeline.core.reports import Problem, Report

_DAYS = frozenset({"tpep_pickup_datetime", "pickup_day"})
"""By these trips and roll-ups are sorted: a bound on another column still reads the year."""
_SMALL = frozenset({"taxi_zones", "calendar"})
_MIRRORED: dict[type[exp.Binary], type[exp.Binary]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
    exp.EQ: exp.EQ,
}
_LOWER: frozenset[type[exp.Binary]] = frozenset({exp.GT, exp.GTE, exp.EQ})
_UPPER: frozenset[type[exp.Binary]] = frozenset({exp.LT, exp.LTE, exp.EQ})
Bound = tuple[exp.Column, type[exp.Binary], exp.Expr]
"""A column, how it is compared, and with what."""


def scan_problems(report: Report, text: ReportText) -> Iterator[Problem]:
    """Say where trips or a roll-up are read without both bounds, or without the first or the last day.

    Raises:
        SqlError: the SQL cannot be read.
    """
    tree = parse(report.sql)
    for select in tree.find_all(exp.Select):
        bounds = list(_bounds(select))
        for table in tables(select):
            is_large = table.name.lower() not in _SMALL
            if is_large and report.whole_year is None and not _is_bounded(table, bounds):
                message = (
                    f"{table.name} is read without both dates: bound tpep_pickup_datetime or pickup_day with "
                    ">= :startDate::date and < :endDate::date + 1, or say in wholeYear why every day is read."
                )
                yield problem_at(text, table, message)
        yield from _edge_faults(text, select, bounds)


def _is_bounded(table: exp.Table, bounds: list[Bound]) -> bool:
    name = table.alias_or_name.lower()
    kinds = {
        kind
        for column, kind, _ in bounds
        if column.table.lower() in {"", name} and column.name.lower() in _DAYS
    }
    return bool(kinds & _LOWER) and bool(kinds & _UPPER)


def _bounds(select: exp.Select) -> Iterator[Bound]:
    """Give the comparisons of a column with a parameter that every row of a SELECT must meet."""
    conditions = [select.args.get("where"), *(join.args.get("on") for join in select.args.get("joins") or [])]
    for condition in conditions:
        if condition is not None:
            yield from _compared(condition.this if isinstance(condition, exp.Where) else condition)


def _compared(condition: exp.Expr) -> Iterator[Bound]:
    if isinstance(condition, exp.And):  # a condition of OR bounds nothing
        yield from _compared(condition.left)
        yield from _compared(condition.right)
    elif isinstance(condition, exp.Paren):
        yield from _compared(condition.this)
    elif isinstance(condition, exp.Between):
        yield from _bound(condition.this, exp.GTE, condition.args["low"])
        yield from _bound(condition.this, exp.LTE, condition.args["high"])
    elif isinstance(condition, exp.Binary) and type(condition) in _MIRRORED:
        yield from _bound(condition.left, type(condition), condition.right)
        yield from _bound(condition.right, _MIRRORED[type(condition)], condition.left)


def _bound(side: exp.Expr, kind: type[exp.Binary], other: exp.Expr) -> Iterator[Bound]:
    column = side.this if isinstance(side, exp.Cast) else side
    if isinstance(column, exp.Column) and other.find(exp.Placeholder) is not None:
        yield column, kind, other


def _edge_faults(text: ReportText, select: exp.Select, bounds: list[Bound]) -> Iterator[Problem]:
    names = {table.alias_or_name.lower() for table in tables(select)}
    for column, kind, other in bounds:
        is_of_a_table = column.table.lower() in names or (names and not column.table)
        message = _edge_fault(column, kind, other) if is_of_a_table else None
        if message:
            yield problem_at(text, column, message)


def _edge_fault(column: exp.Column, kind: type[exp.Binary], other: exp.Expr) -> str | None:
    is_moment = column.name.lower().endswith("_datetime") and not isinstance(column.parent, exp.Cast)
    if kind is exp.GT and _is_date(other, "startDate"):
        lost = "the first moment of the first day" if is_moment else "the first day"
        return f"This leaves out {lost}, which is asked for too: write >= :startDate::date."
    if _is_date(other, "endDate") and (kind is exp.LT or (kind is exp.LTE and is_moment)):
        return "This leaves out the last day, which is asked for too: write < :endDate::date + 1."
    if kind is exp.LTE and _is_day_after(other):
        more = "the first moment of the day" if is_moment else "the day"
        return f"This takes in {more} after the last, which is not asked for: write < :endDate::date + 1."
    return None


def _is_date(node: exp.Expr, parameter: str) -> bool:
    return isinstance(node, exp.Cast) and node.this == exp.Placeholder(this=parameter)


def _is_day_after(node: exp.Expr) -> bool:
    node = node.unnest()
    return (
        isinstance(node, exp.Add) and _is_date(node.left, "endDate") and node.right == exp.Literal.number(1)
    )
