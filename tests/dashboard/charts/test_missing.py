from __future__ import annotations

import pytest

from dashboard.charts.missing import missing_values
from pipeline.core.reports import Chart
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to
from tests.dashboard.samples import small_answer

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("topic", "number", "counted"),
    [
        ("tips", 0, (1, 13)),
        ("airports", 0, (0, 121)),
        ("zone-map", 0, (0, 49)),
        ("zone-map", 1, (1, 50)),
        ("fares-revenue", 1, (0, 180)),
        ("od-flows", 0, (0, 20)),
        ("speed-hour", 0, (1, 168)),
        ("speed-hour", 1, (0, 48)),
        ("vendors", 0, (1, 20)),
    ],
)
def test_what_is_missing_is_counted_among_what_there_could_be(
    topic: str, number: int, counted: tuple[int, int]
) -> None:
    assert missing_values(answer_to(topic), CHARTS[topic][number]) == counted


def test_a_place_on_the_map_without_a_value_is_missing_and_a_value_without_a_place_is_told_elsewhere() -> (
    None
):
    rows = [
        (1, "A", "Queens", -73.9, 40.7, 5, None, 9.0),
        (2, "B", "Queens", -73.9, 40.8, 5, 7.0, 9.0),
        (None, "Unknown", "Unknown", None, None, 5, None, 9.0),
    ]
    assert missing_values(answer_to("zone-map", rows), CHARTS["zone-map"][0]) == (1, 2)


def test_a_null_beside_a_row_that_knows_is_not_missing() -> None:
    rows = [("JFK", 7, None, None, 0, 0), ("JFK", 7, 5, None, 0, 0)]
    assert missing_values(small_answer(rows), Chart("bar", "", "zone", ("trips",))) == (0, 1)
