"""What a SELECT reads, and where in the file it says so."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from infra.local.redshift.positions import position
from pipeline.core.report_text import ReportText
from pipeline.core.reports import Problem
from pipeline.core.sql_places import statement_position


def tables(select: exp.Select) -> Iterator[exp.Table]:
    """Give the tables and views that a SELECT reads itself: no part of it, and no name of a WITH."""
    for clause in (select.args.get("from_"), *(select.args.get("joins") or [])):
        table = clause.this if clause is not None else None
        if isinstance(table, exp.Table) and not _is_own(table):
            yield table


def all_tables(tree: exp.Query) -> Iterator[exp.Table]:
    """Give the tables and views that a statement reads in any of its parts."""
    return (table for table in tree.find_all(exp.Table) if not _is_own(table))


def problem_at(text: ReportText, node: exp.Expr, message: str) -> Problem:
    """Say what is wrong with a part of the SELECT, on its line of the file."""
    _, line = statement_position(position(node))
    return Problem(text.file, text.sql_line + (line or 1) - 1, message)


def _is_own(table: exp.Table) -> bool:
    """Whether the name is that of a WITH that can be seen here; only with RECURSIVE its own definition sees it."""
    within = {id(common) for common in _ancestors(table) if isinstance(common, exp.CTE)}
    for query in _ancestors(table):
        clause = query.args.get("with_")
        if clause is None:
            continue
        for common in clause.expressions:
            is_seen = id(common) not in within or clause.args.get("recursive")
            if is_seen and common.alias.lower() == table.name.lower():
                return True
    return False


def _ancestors(node: exp.Expr) -> Iterator[exp.Expr]:
    parent = node.parent
    while parent is not None:
        yield parent
        parent = parent.parent
