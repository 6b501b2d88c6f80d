"""Functions that choose between values: they find the type in which all of them meet.

Source: AWS, Redshift Database Developer Guide, "Conditional expressions".
"""

from __future__ import annotations

from sqlglot import exp

from infra.local.redshift.errors import refuse
from infra.local.redshift.literals import check_literal
from infra.local.redshift.scope import Typed
from infra.local.redshift.translation import Rule, Translate, call, cast
from infra.local.redshift.values import one_type, widened


def _first_of(duckdb: str) -> Rule:
    def rule(node: exp.Anonymous, translate: Translate) -> Typed:
        values = [translate.value(part) for part in node.expressions]
        if len(values) < 2:
            refuse(node, f"{node.name.upper()} takes at least two arguments")
        kind = one_type(node, values)
        return Typed(call(duckdb, *(widened(value, kind) for value in values)), kind)

    return rule


def _nullif(node: exp.Anonymous, translate: Translate) -> Typed:
    values = [translate.value(part) for part in node.expressions]
    if len(values) != 2:
        refuse(node, "NULLIF takes two arguments")
    kind = one_type(node, values)
    for value in values:
        check_literal(value.sql, kind)
    return cast(call("nullif", *(value.sql for value in values)), values[0].type)


def _nvl2(node: exp.Anonymous, translate: Translate) -> Typed:
    values = [translate.value(part) for part in node.expressions]
    if len(values) != 3:
        refuse(node, "NVL2 takes three arguments")
    kind = one_type(node, values[1:])
    present = exp.Not(this=exp.Is(this=exp.Paren(this=values[0].sql), expression=exp.Null()))
    chosen = exp.If(this=present, true=widened(values[1], kind))
    return Typed(exp.Case(ifs=[chosen], default=widened(values[2], kind)), kind)


def _decode(node: exp.Anonymous, translate: Translate) -> Typed:
    if len(node.expressions) < 3:
        refuse(node, "DECODE takes an expression, then pairs of search and result")
    subject, *rest = [translate.value(part) for part in node.expressions]
    searches, results = rest[: len(rest) // 2 * 2 : 2], rest[1::2]
    default = rest[-1:] if len(rest) % 2 else []
    subject_kind = one_type(node, [subject, *searches])
    for value in (subject, *searches):
        check_literal(value.sql, subject_kind)
    kind = one_type(node, [*results, *default])
    ifs = [
        exp.If(this=_same(subject, search), true=widened(result, kind))
        for search, result in zip(searches, results, strict=True)
    ]
    return Typed(exp.Case(ifs=ifs, default=widened(default[0], kind) if default else None), kind)


def _same(left: Typed, right: Typed) -> exp.Expr:
    # In DECODE a NULL matches a NULL.
    return exp.NullSafeEQ(this=exp.Paren(this=left.sql.copy()), expression=exp.Paren(this=right.sql))


FUNCTIONS: dict[str, Rule] = {
    "COALESCE": _first_of("coalesce"),
    "NVL": _first_of("coalesce"),
    "GREATEST": _first_of("greatest"),
    "LEAST": _first_of("least"),
    "NULLIF": _nullif,
    "NVL2": _nvl2,
    "DECODE": _decode,
}
