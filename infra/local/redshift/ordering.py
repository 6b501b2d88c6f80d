"""ORDER BY of a whole query: columns and aliases of the select list, positions, and expressions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.names import unnamed
from infra.local.redshift.operators import ordered
from infra.local.redshift.parts import check_parts
from infra.local.redshift.scope import Columns
from infra.local.redshift.translation import Translate


def order_by(
    node: exp.Expr, translate: Translate, columns: Columns, written: Sequence[exp.Expr] = ()
) -> None:
    """Translate ORDER BY in place. What also stands in the select list is ordered by its position there.

    `columns` are those of the query, `written` its select list as the analyst wrote it; a UNION has none of its own.

    Raises:
        SqlError: an item has no translation.
    """
    clause = node.args.get("order")
    if clause is None:
        return
    positions = {unnamed(part): number for number, part in enumerate(written, start=1)}
    for item in clause.expressions:
        check_parts(item)
        value = item.this
        place = _place(value, columns, written) or positions.get(value)
        if place is not None:
            item.set("this", exp.Literal.number(place))
            continue
        item.set("this", ordered(item, translate).this)
        if isinstance(node, exp.Select) and node.args.get("distinct"):
            _check_listed(value, item.this, node)


def _check_listed(written: exp.Expr, translated: exp.Expr, select: exp.Select) -> None:
    if translated not in [part.unalias() for part in select.expressions]:
        refuse(written, "for SELECT DISTINCT, ORDER BY expressions must appear in select list")


def _place(item: exp.Expr, columns: Columns, written: Sequence[exp.Expr]) -> int | None:
    """The place in the select list, from 1, that the item names by number or name; None if it names none."""
    if is_position(item):
        check_position(item, "ORDER BY", len(columns))
        return int(item.name)
    if not isinstance(item, exp.Column) or item.table:
        return None
    place = place_of_name(item, "ORDER BY", columns, written)
    return None if place is None else place + 1


def place_of_name(item: exp.Column, clause: str, columns: Columns, written: Sequence[exp.Expr]) -> int | None:
    """The place in the select list, from 0, of the column that has the item's name; None if none has.

    Raises:
        SqlError: several have it that are not the same.
    """
    name = item.name.lower()
    places = [number for number, column in enumerate(columns) if column.name == name]
    if len(places) > 1 and len({unnamed(written[place]) for place in places if written}) != 1:
        refuse(item, f'{clause} "{name}" is ambiguous', "Give the columns different names.")
    return places[0] if places else None


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
