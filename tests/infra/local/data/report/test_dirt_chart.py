"""The chart of the dirt."""

from __future__ import annotations

import pytest

from infra.local.data.report.dirt_chart import dirt_chart

pytestmark = pytest.mark.fast

RATES = {"Fare $0": (0.0005, 0.0006), "Passengers, distance, fare or total not above 0": (0.007, 0.0)}


def test_long_names_are_broken_so_that_a_telephone_has_room_for_the_drawing() -> None:
    drawn = dirt_chart("Published", "Ours", RATES).panels[0].figure.data[0]

    assert list(drawn.y) == ["Fare $0", "Passengers, distance, fare<br>or total not above 0"]


def test_what_never_occurs_has_no_symbol_but_a_row_in_the_table() -> None:
    chart = dirt_chart("Published", "Ours", RATES)

    assert list(chart.panels[0].figure.data[1].x) == [pytest.approx(0.06), None]
    assert chart.readings.rows[0] == ("Passengers, distance, fare or total not above 0", "0.7000%", "0.0000%")
