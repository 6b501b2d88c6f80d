"""Walks over expressions: finds the rule for each construct, or refuses the construct by name.

A new construct is a function in one of the rule modules and a line in its table; nothing here changes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from infra.local.redshift import (
    aggregates,
    arithmetic,
    casts,
    dateparts,
    functions_choice,
    functions_dates,
    functions_numbers,
    functions_simple,
    functions_text,
    months,
    operators,
    patterns,
    text_forms,
    values,
    windows,
)
from infra.local.redshift.dialect import OWN_GRAMMAR
from infra.local.redshift.errors import refuse
from infra.local.redshift.gate import check_function
from infra.local.redshift.parts import check_parts
from infra.local.redshift.refusals import SENTENCES
from infra.local.redshift.scope import Columns, Scope, Typed
from infra.local.redshift.translation import Rule
from infra.local.redshift.window_functions import WINDOW_ONLY
from infra.local.redshift.within_group import SORTING

EXPRESSIONS: dict[type[exp.Expr], Rule] = {
    **values.RULES,
    **casts.RULES,
    **arithmetic.RULES,
    **operators.RULES,
    **patterns.RULES,
    **windows.RULES,
    **dateparts.RULES,
    **functions_dates.RULES,
    **text_forms.RULES,
}
FUNCTIONS: dict[str, Rule] = {
    **functions_simple.FUNCTIONS,
    **functions_numbers.FUNCTIONS,
    **functions_choice.FUNCTIONS,
    **functions_text.FUNCTIONS,
    **functions_dates.FUNCTIONS,
    **months.FUNCTIONS,
}

AGGREGATES = {**aggregates.AGGREGATES, **windows.SORTED}

# Every name that may stand before a parenthesis, the forms with a grammar of their own included.
FUNCTION_NAMES = frozenset(
    {*FUNCTIONS, *AGGREGATES, *WINDOW_ONLY, *SORTING, *OWN_GRAMMAR, "CASE", "CURRENT_DATE", "SYSDATE"}
)

QueryRule = Callable[[exp.Expr, Scope], tuple[exp.Expr, Columns]]


@dataclass(frozen=True, slots=True)
class Walk:
    """The translation of expressions in one scope; `inner_query` translates subqueries seen from it."""

    scope: Scope
    inner_query: QueryRule

    def value(self, node: exp.Expr) -> Typed:
        """The translation of an expression, which knows its place. Raises SqlError for what is not imitated."""
        made = self._translated(node)
        made.sql.update_positions(node)
        return made

    def query(self, node: exp.Expr) -> tuple[exp.Expr, Columns]:
        """The translation of a subquery and its output columns. Raises SqlError as well."""
        return self.inner_query(node, self.scope)

    def _translated(self, node: exp.Expr) -> Typed:
        if node.args.get("join_mark"):
            refuse(node, "the outer join sign (+) is lost on the laptop", "Write LEFT JOIN … ON ….")
        if isinstance(node, exp.Column) and isinstance(node.this, exp.Identifier):
            check_parts(node)
            return self.scope.column(node)
        if isinstance(node, exp.Anonymous):
            return self._function(node)
        rule = EXPRESSIONS.get(type(node))
        if rule is None:
            says, instead = SENTENCES.get(
                type(node), (f"{node.key.upper()} is not imitated on the laptop", "")
            )
            refuse(node, says, instead)
        check_parts(node)
        return rule(node, self)

    def _function(self, node: exp.Anonymous) -> Typed:
        name = node.name.upper()
        aggregate = AGGREGATES.get(name)
        if aggregate is not None:
            made = aggregate(node, self)
            return made.typed(made.call)
        if name in WINDOW_ONLY:
            refuse(node, f"window function {name.lower()} needs OVER (…)")
        rule = FUNCTIONS.get(name)
        if rule is None:
            check_function(node)
        return rule(node, self)
