"""Refuses a construct that carries a part which no rule looks at.

sqlglot hangs what it parsed onto the node as a named part (`negate` for NOT LIKE, `by_name` for UNION BY NAME …).
A part that is overlooked would change the answer without an error.
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse

_USUAL = frozenset({"this", "expression", "expressions"})
_MORE: dict[type[exp.Expr], frozenset[str]] = {
    exp.Between: frozenset({"low", "high"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.Cast: frozenset({"to"}),
    exp.Column: frozenset({"table", "db"}),
    exp.CTE: frozenset({"alias"}),
    exp.CurrentTimestamp: frozenset({"sysdate"}),
    exp.Div: frozenset({"typed", "safe"}),
    exp.DPipe: frozenset({"safe"}),
    exp.Except: frozenset({"with_", "order", "limit", "offset", "distinct"}),
    exp.ILike: frozenset({"negate"}),
    exp.In: frozenset({"query"}),
    exp.Intersect: frozenset({"with_", "order", "limit", "offset", "distinct"}),
    exp.Interval: frozenset({"unit", "fraction_in_string"}),
    exp.Like: frozenset({"negate"}),
    exp.Literal: frozenset({"is_string"}),
    exp.Ordered: frozenset({"desc", "nulls_first"}),
    exp.StrPosition: frozenset({"substr"}),
    exp.Subquery: frozenset({"with_", "alias", "order", "limit", "offset"}),
    exp.Substring: frozenset({"start", "length"}),
    exp.TryCast: frozenset({"to", "safe"}),
    exp.Trim: frozenset({"position"}),
    exp.Union: frozenset({"with_", "order", "limit", "offset", "distinct"}),
    exp.Window: frozenset({"partition_by", "order", "spec", "over"}),
    exp.WindowSpec: frozenset({"kind", "start", "start_side", "end", "end_side"}),
}


def check_parts(node: exp.Expr) -> None:
    """Refuse the node if it has a part that its rule does not know.

    Raises:
        SqlError: it has one.
    """
    known = _USUAL | _MORE.get(type(node), frozenset())
    for part, value in node.args.items():
        if value and part not in known:
            refuse(
                node, f"{part.replace('_', ' ').upper()} of {node.key.upper()} is not imitated on the laptop"
            )
