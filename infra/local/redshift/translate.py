"""Translates one Redshift SELECT to DuckDB, with the Redshift type of every output column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift.compute_nodes import check_tables
from infra.local.redshift.dialect import parse
from infra.local.redshift.errors import SqlError
from infra.local.redshift.outputs import with_output_types
from infra.local.redshift.query import result_columns, translate_query
from infra.local.redshift.reserved import check_names
from infra.local.redshift.scope import Columns, Scope
from infra.local.redshift.types import RedshiftType, declared


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter of a statement: its name as written, DuckDB's name, and the types it is cast to."""

    name: str
    duckdb: str
    casts: Sequence[RedshiftType]


@dataclass(frozen=True, slots=True)
class Translation:
    """DuckDB's SQL, its parameters, the columns of the result, and its LIMIT (None without one)."""

    sql: str
    parameters: Sequence[Parameter]
    columns: Columns
    limit: int | None


def translate(sql: str, relations: Mapping[str, Columns]) -> Translation:
    """The translation of `sql`, which may read the tables and views of `relations`.

    Raises:
        SqlError: the text is not Redshift's SQL, or uses what the laptop does not imitate.
    """
    try:
        return _translation(sql, relations)
    except RecursionError as error:
        raise SqlError("the statement is nested too deeply. Split it with WITH.") from error


def _translation(sql: str, relations: Mapping[str, Columns]) -> Translation:
    query, parameters, outputs = _translated(sql, relations)
    limit = _limit(query)
    return Translation(query.sql(dialect="duckdb", comments=False, copy=False), parameters, outputs, limit)


def translated_query(sql: str, relations: Mapping[str, Columns]) -> exp.Expr:
    """DuckDB's form of a statement that has a translation; its parts know where in `sql` they come from."""
    return _translated(sql, relations)[0]


def _translated(sql: str, relations: Mapping[str, Columns]) -> tuple[exp.Expr, Sequence[Parameter], Columns]:
    tree = parse(sql)
    nodes = tuple(tree.walk())
    check_names(nodes)
    check_tables(nodes, relations)
    parameters = _parameters(nodes)
    query, columns = translate_query(tree, Scope(relations))
    outputs = result_columns(columns)
    query = with_output_types(query, outputs)
    _rename(query, parameters)
    return query, parameters, outputs


def _limit(query: exp.Expr) -> int | None:
    clause = query.args.get("limit")
    return int(clause.expression.name) if clause is not None else None


def _parameters(nodes: Sequence[exp.Expr]) -> Sequence[Parameter]:
    casts: dict[str, list[RedshiftType]] = {}
    for placeholder in nodes:
        if not isinstance(placeholder, exp.Placeholder):
            continue
        found = casts.setdefault(placeholder.name, [])
        parent = placeholder.parent
        kind = declared(parent.args["to"]) if isinstance(parent, exp.Cast) else None
        if kind is not None:
            found.append(kind)
    return [Parameter(name, f"p{number}", tuple(found)) for number, (name, found) in enumerate(casts.items())]


def _rename(query: exp.Expr, parameters: Sequence[Parameter]) -> None:
    # DuckDB's parameter names do not tell cases apart, the report's do.
    names = {parameter.name: parameter.duckdb for parameter in parameters}
    for placeholder in query.find_all(exp.Placeholder):
        placeholder.set("this", names[placeholder.name])
