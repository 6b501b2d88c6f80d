"""Functions that run on Redshift's compute nodes only: they need a table to work on.

Source: AWS, Redshift Database Developer Guide, the pages of LISTAGG, MEDIAN and PERCENTILE_CONT.
"""

from __future__ import annotations

from collections.abc import Container

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.within_group import SORTING


def check_tables(tree: exp.Expr, relations: Container[str]) -> None:
    """Refuse a statement that sorts in an aggregate and reads no table.

    Raises:
        SqlError: it does.
    """
    if any(table.name.lower() in relations for table in tree.find_all(exp.Table)):
        return
    for node in tree.find_all(exp.Anonymous):
        if node.name.upper() in SORTING:
            refuse(node, f"function {node.name.lower()} must be applied on at least one user created table")
