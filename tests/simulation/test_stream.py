"""Numbers that can be repeated, and do not depend on one another."""

from __future__ import annotations

import pytest

from tests.simulation.stream import Stream

pytestmark = pytest.mark.fast


def test_a_key_gives_the_same_numbers_each_time() -> None:
    first, again = Stream(7), Stream(7)
    assert [first.random() for _ in range(5)] == [again.random() for _ in range(5)]


def test_a_part_draws_the_same_whatever_was_drawn_before() -> None:
    used, fresh = Stream(7), Stream(7)
    used.random()
    assert used.child("page", 2).random() == fresh.child("page", 2).random()


def test_parts_with_other_names_or_numbers_draw_others() -> None:
    stream = Stream(7)
    drawn = {stream.child(name, n).random() for name in ("page", "frame") for n in range(50)}
    assert len(drawn) == 100


def test_numbers_are_spread_evenly() -> None:
    stream = Stream(7)
    tenths = [int(stream.random() * 10) for _ in range(10_000)]
    assert all(900 < tenths.count(tenth) < 1100 for tenth in range(10))
