from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.data.trips.dice import BITS, Dice
from infra.local.data.trips.tables import choices, entries, normal, quantiles

pytestmark = pytest.mark.fast

DAY = date(2015, 6, 1)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=50), st.integers(1, BITS))
def test_every_entry_of_a_table_is_given_away_in_proportion(weights: list[float], size: int) -> None:
    counts = entries(weights, size)

    assert counts.sum() == size
    assert np.abs(counts - np.array(weights) / sum(weights) * size).max() <= 1.001


def test_each_row_of_a_matrix_is_given_away_by_itself() -> None:
    rows = [[1.0, 3.0], [2.0, 2.0]]

    assert entries(np.array(rows), 100).tolist() == [entries(row, 100).tolist() for row in rows]


def test_a_choice_stands_in_the_table_as_often_as_its_weight_says() -> None:
    table = choices({7: 1, 300: 2.5, -4: 0.5})

    assert {key: int((table == key).sum()) for key in (7, 300, -4)} == {7: 16384, 300: 40960, -4: 8192}


def test_a_table_of_quantiles_has_its_values_at_their_levels() -> None:
    table = quantiles((0.1, 0.5, 0.9), (1.0, 2.0, 10.0), 1000)

    assert np.quantile(table, [0.1, 0.3, 0.5, 0.9]) == pytest.approx([1, 1.5, 2, 10], abs=0.02)
    assert (table.min(), table.max()) == (1, 10)


def test_a_normal_table_has_its_spread_and_no_bias() -> None:
    table = normal(40.0)

    assert table.mean() == pytest.approx(0, abs=0.01)
    assert table.std() == pytest.approx(40, rel=0.01)


def test_chances_are_even_and_differ_from_day_to_day() -> None:
    bits = Dice(7, DAY).bits(200_001)

    assert len(bits) == 200_001
    assert bits.mean() == pytest.approx(BITS / 2, rel=0.01)
    assert np.array_equal(bits, Dice(7, DAY).bits(200_001))
    assert not np.array_equal(bits[:100], Dice(7, date(2015, 6, 2)).bits(100))


@pytest.mark.parametrize("share", [0.0001, 0.02, 0.1])
def test_about_so_many_rows_are_chosen(share: float) -> None:
    chosen = np.unique(Dice(7, DAY).some(300_000, share))

    assert len(chosen) / 300_000 == pytest.approx(share, rel=0.03)
    assert chosen.max() < 300_000


def test_of_no_rows_none_is_chosen() -> None:
    assert len(Dice(7, DAY).some(0, 0.9)) == 0
