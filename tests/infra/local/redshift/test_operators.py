"""Comparisons translate each of their sides once: within each other they would else double the work each time."""

from __future__ import annotations

import pytest
from sqlglot import exp

from infra.local.redshift.operators import comparable
from infra.local.redshift.scope import Columns, Typed
from infra.local.redshift.types import INT4

pytestmark = pytest.mark.fast


class Counting:
    """Translates every side to an integer, and remembers the sides."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def value(self, node: exp.Expr) -> Typed:
        self.asked.append(node.name)
        return Typed(node, INT4)

    def query(self, node: exp.Expr) -> tuple[exp.Expr, Columns]:
        raise AssertionError(f"{node} is no side of a comparison")


def test_each_side_is_translated_once() -> None:
    counting = Counting()

    comparable(exp.Null(), counting, *(exp.column(name) for name in ("a", "b", "c", "d")))

    assert counting.asked == ["a", "b", "c", "d"]
