"""The output columns of a query: where two queries meet, and the cast that makes each column's type true."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.literals import check_literal
from infra.local.redshift.names import named
from infra.local.redshift.numbers import common_type
from infra.local.redshift.scope import Column, Columns
from infra.local.redshift.translation import cast
from infra.local.redshift.types import RedshiftType


def meeting(node: exp.SetOperation, left: Columns, right: Columns) -> Columns:
    """The columns of a UNION, EXCEPT or INTERSECT, under the names of the left query.

    Raises:
        SqlError: the queries differ in the number of columns, or two columns have no common type.
    """
    if len(left) != len(right):
        refuse(node, f"each {node.key.upper()} query must have the same number of columns")
    return [
        Column(one.name, _common(node, one.type, other.type)) for one, other in zip(left, right, strict=True)
    ]


def _common(node: exp.SetOperation, left: RedshiftType, right: RedshiftType) -> RedshiftType:
    kind = common_type(left, right)
    if kind is None:
        refuse(node, f"{node.key.upper()} types {left} and {right} cannot be matched", "Cast one of them.")
    return kind


def with_output_types(node: exp.Expr, columns: Columns) -> exp.Expr:
    """The query with every output column cast to its Redshift type, which makes the result's metadata true.

    Raises:
        SqlError: a literal meets another type in a UNION and cannot be read as it.
    """
    if isinstance(node, exp.SetOperation):
        node.set("this", with_output_types(node.left, columns))
        node.set("expression", with_output_types(node.right, columns))
    elif isinstance(node, exp.Subquery):
        node.set("this", with_output_types(node.this, columns))
    else:
        node.set("expressions", _cast_items(node, columns))
    return node


def _cast_items(node: exp.Expr, columns: Columns) -> list[exp.Expr]:
    for item, column in zip(node.expressions, columns, strict=True):
        check_literal(item.this, column.type)
    return [
        named(cast(item.this, column.type).sql, item.alias)
        for item, column in zip(node.expressions, columns, strict=True)
    ]
