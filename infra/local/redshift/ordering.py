"""ORDER BY of a whole query: columns and aliases of the select list, positions, and expressions."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.operators import ordered
from infra.local.redshift.parts import check_parts
from infra.local.redshift.translation import Translate
from infra.local.redshift.types import RedshiftType


def order_by(
    node: exp.Expr,
    translate: Translate,
    names: Mapping[str, RedshiftType],
    positions: Mapping[exp.Expr, int],
) -> None:
    """Translate ORDER BY in place. What also stands in the select list is ordered by its position there.

    Raises:
        SqlError: an item has no translation.
    """
    clause = node.args.get("order")
    if clause is not None:
        clause.set(
            "expressions", [_ordered(item, translate, names, positions) for item in clause.expressions]
        )


def _ordered(
    item: exp.Ordered,
    translate: Translate,
    names: Mapping[str, RedshiftType],
    positions: Mapping[exp.Expr, int],
) -> exp.Ordered:
    check_parts(item)
    value = item.this
    made = exp.Ordered(desc=item.args.get("desc"), nulls_first=item.args.get("nulls_first"))
    if is_position(value):
        check_position(value, "ORDER BY", len(names))
        made.set("this", value.copy())
    elif isinstance(value, exp.Column) and not value.table and value.name.lower() in names:
        made.set("this", exp.column(value.name.lower(), quoted=True))
    elif value in positions:
        made.set("this", exp.Literal.number(positions[value]))
    else:
        made = ordered(item, translate)
    return made


def is_position(item: exp.Expr) -> bool:
    """Whether the item is a bare number, which names a column of the select list."""
    return isinstance(item, exp.Literal) and not item.is_string


def check_position(item: exp.Expr, clause: str, columns: int) -> None:
    """Refuse a number that names no column of the select list.

    Raises:
        SqlError: it does not.
    """
    if not item.name.isdigit() or not 1 <= int(item.name) <= columns:
        refuse(item, f"{clause} position {item.name} is not in select list")
