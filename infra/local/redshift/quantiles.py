"""Several quantiles of one column become one list of quantiles: the rows are sorted once instead of each time."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from infra.local.redshift.translation import call

_NAME = "quantile_cont"


def merge_quantiles(select: exp.Select) -> None:
    """Rewrite, in a translated SELECT, all quantiles of the same expression to elements of one list."""
    groups: dict[exp.Expr, list[exp.Anonymous]] = {}
    for node in list(_quantiles(select)):
        groups.setdefault(node.expressions[0], []).append(node)
    for value, calls in groups.items():
        shares = sorted({str(one.expressions[1].name) for one in calls})
        if len(shares) > 1:
            _rewrite(value, calls, shares)


def _rewrite(value: exp.Expr, calls: list[exp.Anonymous], shares: list[str]) -> None:
    for one in calls:
        wanted = exp.Array(expressions=[exp.Literal.number(share) for share in shares])
        place = exp.Literal.number(shares.index(str(one.expressions[1].name)) + 1)
        one.replace(call("list_extract", call(_NAME, value.copy(), wanted), place))


def _quantiles(select: exp.Select) -> Iterator[exp.Anonymous]:
    """The quantiles of this SELECT itself, as aggregates: DuckDB computes windows one by one anyway."""
    for node in select.walk(
        prune=lambda part: part is not select and isinstance(part, exp.Query | exp.Window)
    ):
        if isinstance(node, exp.Anonymous) and node.name == _NAME:
            yield node
