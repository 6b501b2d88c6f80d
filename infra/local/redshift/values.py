"""Literals, placeholders, CASE, IN and subqueries as values."""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.literals import check_literal
from infra.local.redshift.numbers import common_type
from infra.local.redshift.operators import comparable, truth
from infra.local.redshift.placement import check_in_list
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, cast
from infra.local.redshift.types import (
    BOOL,
    FLOAT8,
    INT4,
    INT8,
    UNKNOWN,
    VARCHAR,
    RedshiftType,
    numeric,
)


def _literal(node: exp.Literal, translate: Translate) -> Typed:
    del translate
    if node.is_string:
        return Typed(node.copy(), UNKNOWN)
    return _number(node.name)


def _number(written: str) -> Typed:
    literal = exp.Literal.number(written)
    if "e" in written.lower():
        return cast(literal, FLOAT8)
    if "." in written:
        digits, decimals = written.split(".")
        return cast(literal, numeric(max(1, len(digits)) + len(decimals), len(decimals)))
    value = int(written)
    if value < 2**63:
        # Redshift widens smallint * 2 to int4; DuckDB would shrink a bare 2 to smallint.
        return cast(literal, INT4 if value < 2**31 else INT8)
    return cast(literal, numeric(len(written), 0))


def _null(node: exp.Null, translate: Translate) -> Typed:
    del node, translate
    return Typed(exp.Null(), UNKNOWN)


def _boolean(node: exp.Boolean, translate: Translate) -> Typed:
    del translate
    return Typed(node.copy(), BOOL)


def _placeholder(node: exp.Placeholder, translate: Translate) -> Typed:
    del translate
    refuse(
        node,
        f"the type of :{node.name} is not known here, because a parameter is bound as text",
        f"Write its type directly behind it, for example :{node.name}::date or :{node.name}::int.",
    )


def _case(node: exp.Case, translate: Translate) -> Typed:
    branches = [*(branch.args["true"] for branch in node.args["ifs"])]
    default = node.args.get("default")
    results = [translate.value(branch) for branch in [*branches, *([default] if default else [])]]
    kind = one_type(node, results)
    conditions = _conditions(node, [branch.this for branch in node.args["ifs"]], translate)
    ifs = [
        exp.If(this=condition, true=widened(result, kind))
        for condition, result in zip(conditions, results, strict=False)
    ]
    return Typed(exp.Case(ifs=ifs, default=widened(results[-1], kind) if default else None), kind)


def _conditions(node: exp.Case, whens: list[exp.Expr], translate: Translate) -> list[exp.Expr]:
    if node.this is None:
        return [truth(translate, when) for when in whens]
    left, *rights = comparable(node, translate, node.this, *whens)
    return [
        exp.EQ(this=exp.Paren(this=left.sql.copy()), expression=exp.Paren(this=right.sql)) for right in rights
    ]


def one_type(node: exp.Expr, values: list[Typed]) -> RedshiftType:
    """The type of a column in which all of these meet; quoted literals alone make a text.

    Raises:
        SqlError: they have no common type.
    """
    kind = values[0].type
    for value in values[1:]:
        common = common_type(kind, value.type)
        if common is None:
            refuse(node, f"types {kind} and {value.type} cannot be matched", "Cast one of them.")
        kind = common
    return VARCHAR if kind == UNKNOWN else kind


def widened(value: Typed, kind: RedshiftType) -> exp.Expr:
    """The value in the type of the column that it goes into.

    Raises:
        SqlError: it is a literal that cannot be read as that type.
    """
    check_literal(value.sql, kind)
    return value.sql if value.type == kind or kind.is_text else cast(value.sql, kind).sql


def _in(node: exp.In, translate: Translate) -> Typed:
    if node.args.get("query"):
        left = translate.value(node.this)
        check_in_list(node.args["query"])
        query, columns = translate.query(node.args["query"])
        if len(columns) != 1 or common_type(left.type, columns[0].type) is None:
            refuse(node, "the subquery of IN must give one column of a comparable type")
        check_literal(left.sql, columns[0].type)
        return Typed(exp.In(this=left.sql, query=query), BOOL)
    if not node.expressions:
        refuse(node, "this form of IN is not imitated on the laptop")
    left, *items = comparable(node, translate, node.this, *node.expressions)
    return Typed(exp.In(this=left.sql, expressions=[item.sql for item in items]), BOOL)


def _exists(node: exp.Exists, translate: Translate) -> Typed:
    query, _ = translate.query(node.this)
    return Typed(exp.Exists(this=query), BOOL)


def _subquery(node: exp.Subquery, translate: Translate) -> Typed:
    query, columns = translate.query(node)
    if len(columns) != 1:
        refuse(node, "subquery must return only one column")
    return Typed(query, columns[0].type)


RULES: dict[type[exp.Expr], Rule] = {
    exp.Literal: _literal,
    exp.Null: _null,
    exp.Boolean: _boolean,
    exp.Placeholder: _placeholder,
    exp.Case: _case,
    exp.In: _in,
    exp.Exists: _exists,
    exp.Subquery: _subquery,
}
