"""What is read from counts: a group that holds too little has no value."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.report import values

pytestmark = pytest.mark.fast


def test_a_month_of_a_few_rows_has_no_mean() -> None:
    # Two groups of three bins, worth 0, 2 and 4: 10 rows, and a single one.
    counts = np.array([[0.0, 5.0, 5.0, 0.0, 0.0, 1.0]])

    few = values.means(2, 2.0, at_least=10)(counts)
    any_row = values.means(2, 2.0)(counts)

    assert few[0, 0] == any_row[0, 0] == 3.0
    assert np.isnan(few[0, 1])
    assert any_row[0, 1] == 4.0
