"""Whether a report reads only the days that are asked for, the last of them included.

Trips and roll-ups are sorted by day: a part of a SELECT that reads one of them without both bounds reads the year.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from infra.local.redshift.dialect import parse
from infra.local.redshift.positions import position
from pipeline.core.report_text import ReportText
from pipeline.core.reports import Problem, Report
from pipeline.core.sql_places import statement_position

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
    """Say where trips or a roll-up are read without both bounds, or without the last day.

    Raises:
        SqlError: the SQL cannot be read.
    """
    tree = parse(report.sql)
    for select in tree.find_all(exp.Select):
        bounds = list(_bounds(select))
        for table in _sources(select):
            if report.whole_year is None and not _is_bounded(table, bounds):
                message = (
                    f"{table.name} is read without both dates: bound tpep_pickup_datetime or pickup_day with "
                    ">= :startDate::date and < :endDate::date + 1, or say in wholeYear why every day is read."
                )
                yield _problem(text, table, message)
        yield from _lost_days(text, bounds)


def _sources(select: exp.Select) -> Iterator[exp.Table]:
    """Give the large tables and views that a SELECT reads itself."""
    for clause in (select.args.get("from_"), *(select.args.get("joins") or [])):
        table = clause.this if clause is not None else None
        if isinstance(table, exp.Table) and table.name.lower() not in _SMALL and not _is_own(table):
            yield table


def _is_own(table: exp.Table) -> bool:
    """Whether the name is that of a WITH that can be seen here; its own definition does not see it."""
    within = {id(common) for common in _ancestors(table) if isinstance(common, exp.CTE)}
    for query in _ancestors(table):
        clause = query.args.get("with_")
        for common in clause.expressions if clause is not None else ():
            if common.alias.lower() == table.name.lower() and id(common) not in within:
                return True
    return False


def _ancestors(node: exp.Expr) -> Iterator[exp.Expr]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent


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


def _lost_days(text: ReportText, bounds: list[Bound]) -> Iterator[Problem]:
    for column, kind, other in bounds:
        is_end = isinstance(other, exp.Cast) and other.this == exp.Placeholder(this="endDate")
        is_moment = column.name.lower().endswith("_datetime") and not isinstance(column.parent, exp.Cast)
        if is_end and (kind is exp.LT or (kind is exp.LTE and is_moment)):
            message = "This leaves out the last day, which is asked for too: write < :endDate::date + 1."
            yield _problem(text, column, message)


def _problem(text: ReportText, node: exp.Expr, message: str) -> Problem:
    _, line = statement_position(position(node))
    return Problem(text.file, text.sql_line + (line or 1) - 1, message)
