"""A figure of the bench: medians side by side, a ratio, and a budget that may be broken."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from bench.figures import Figure, Taken, side_by_side


@pytest.mark.fast
@pytest.mark.parametrize(
    ("ours", "limit", "broken"),
    [(1.25, 1.25, False), (1.26, 1.25, True), (0.5, 1.25, False), (99, None, False)],
)
def test_a_budget_is_broken_by_a_ratio_above_its_limit(
    ours: float, limit: float | None, broken: bool
) -> None:
    assert Figure("a question", Taken(9, ours), Taken(1, 1), limit).broken is broken


@pytest.mark.fast
def test_a_figure_may_be_judged_by_the_clock_on_the_wall() -> None:
    waited_for = Figure("a page", Taken(wall=3, cpu=1), Taken(wall=1, cpu=1), limit=2.5, by="wall")

    assert waited_for.broken
    assert not replace(waited_for, by="cpu").broken


@pytest.mark.fast
def test_a_figure_is_one_line_that_says_both_times_the_ratio_and_the_budget() -> None:
    figure = Figure("a question", Taken(0.012, 0.02), Taken(1.04, 0.01), 1.25)

    assert str(figure) == (
        "a question: 12.0 ms (CPU 20.0 ms) beside 1.0 s (CPU 10.0 ms), ratio 2.00 (at most 1.25) OVER BUDGET"
    )


@pytest.mark.fast
def test_the_two_take_turns_as_often_as_asked() -> None:
    turns: list[str] = []

    side_by_side(lambda: turns.append("ours"), lambda: turns.append("plain"), rounds=3)

    assert turns == ["ours", "plain"] * 3


def test_what_a_child_computes_is_counted() -> None:
    busy = [sys.executable, "-c", "sum(range(5_000_000))"]

    ours, plain = side_by_side(lambda: subprocess.run(busy, check=True), lambda: None, rounds=1)

    assert ours.cpu > 10 * plain.cpu
