from __future__ import annotations

from typing import Any

import pytest

from tests.reports.twins.common.rules import parts_miss
from tests.reports.twins.frames import export_of

pytestmark = pytest.mark.fast


EDGES: tuple[tuple[dict[str, Any], str, bool], ...] = (
    ({"trip_distance": 0.0}, "has_distance", False),
    ({"trip_distance": 0.004}, "has_distance", True),
    ({"trip_distance": 100.0}, "has_distance", True),
    ({"trip_distance": 100.01}, "has_distance", False),
    ({"trip_distance": None}, "has_distance", False),
    ({"minutes": 1}, "has_duration", True),
    ({"minutes": 59 / 60}, "has_duration", False),
    ({"minutes": 180}, "has_duration", True),
    ({"minutes": 180 + 1 / 60}, "has_duration", False),
    ({"minutes": None}, "has_duration", False),
    ({"fare_amount": 0.01}, "has_fare", True),
    ({"fare_amount": 0.0}, "has_fare", False),
    ({"total_amount": 0.0}, "has_fare", False),
    ({"total_amount": 999.99}, "has_fare", True),
    ({"total_amount": 1000.0}, "has_fare", False),
    ({"total_amount": None}, "has_fare", False),
    ({"trip_distance": 65.0, "minutes": 60}, "has_speed", True),
    ({"trip_distance": 65.01, "minutes": 60}, "has_speed", False),
    ({"trip_distance": 7.15, "minutes": 6.6}, "has_speed", True),
    ({"trip_distance": 0.0}, "has_speed", False),
    ({"PULocationID": 264}, "has_zone", False),
    ({"PULocationID": 0}, "has_zone", False),
    ({"PULocationID": None}, "has_zone", False),
    ({"DOLocationID": 263}, "has_dropoff_zone", True),
    ({"DOLocationID": 265}, "has_dropoff_zone", False),
)


def test_a_rule_holds_up_to_its_edge() -> None:
    trips = export_of(*(difference for difference, _, _ in EDGES)).trips
    found = tuple(
        (difference, rule, bool(trips[rule].iloc[number]))
        for number, (difference, rule, _) in enumerate(EDGES)
    )
    assert found == EDGES


def test_parts_miss_the_total_when_a_cent_or_an_amount_is_missing() -> None:
    trips = export_of({}, {"total_amount": 12.81}, {"tip_amount": None}).trips
    assert parts_miss(trips).tolist() == [False, True, True]
