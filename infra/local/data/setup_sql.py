"""The warehouse's own set-up files, run in DuckDB: one text for both engines, so that they cannot drift apart."""

from __future__ import annotations

from pathlib import Path

import duckdb
import sqlglot
from sqlglot import exp

from infra.local.data.setup_files import ROLL_UPS, TABLES, VIEW
from infra.warehouse import FOLDER, filled

__all__ = ["FOLDER", "ROLL_UPS", "TABLES", "VIEW", "for_duckdb", "run_setup", "statements_of"]


def run_setup(connection: duckdb.DuckDBPyConnection, *files: Path) -> None:
    """Execute every statement of these files of Redshift SQL, in order."""
    for file in files:
        for statement in statements_of(file):
            connection.execute(statement)


def statements_of(file: Path) -> list[str]:
    """The statements of a file in DuckDB's SQL; a roll-up reads `checked_trips`, whose rules are computed already."""
    return for_duckdb(filled(file.read_text(encoding="utf-8"), {"trips": "select * from checked_trips"}))


def for_duckdb(redshift_sql: str) -> list[str]:
    """The same statements in DuckDB's SQL.

    Sort keys and distribution mean nothing in one file: they are left out. A materialized view becomes a table in the
    order of its sort key, so that a range of days is one stretch of the file.
    """
    statements = sqlglot.parse(redshift_sql, read="redshift", error_level=sqlglot.ErrorLevel.RAISE)
    return [_for_duckdb(one) for one in statements if one is not None]


def _for_duckdb(statement: exp.Expr) -> str:
    properties = statement.args.get("properties")
    if properties is not None and properties.find(exp.MaterializedProperty):
        statement.set("kind", "TABLE")
        statement.set("expression", _in_order(statement.expression, properties))
    if isinstance(statement, exp.Drop) and statement.args.get("materialized"):
        statement.set("kind", "TABLE")
        statement.set("materialized", None)
    statement.set("properties", None)
    return statement.sql(dialect="duckdb", comments=False)


def _in_order(query: exp.Expr, properties: exp.Expr) -> exp.Expr:
    keys = properties.find(exp.SortKeyProperty)
    if keys is None or not isinstance(query, exp.Select):
        return query
    return query.order_by(*(key.name for key in keys.this))
