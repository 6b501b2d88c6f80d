"""Functions that run on Redshift's compute nodes only: they need a table to work on.

Source: AWS, Redshift Database Developer Guide, the pages of LISTAGG, MEDIAN and PERCENTILE_CONT.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.within_group import SORTING


def check_tables(nodes: Sequence[exp.Expr], relations: Container[str]) -> None:
    """Refuse a statement, given by its nodes, that sorts in an aggregate and reads no table.

    Raises:
        SqlError: it does.
    """
    if any(isinstance(node, exp.Table) and node.name.lower() in relations for node in nodes):
        return
    for node in nodes:
        if isinstance(node, exp.Anonymous) and node.name.upper() in SORTING:
            refuse(node, f"function {node.name.lower()} must be applied on at least one user created table")
