"""Which zone a place in degrees lies in."""

from __future__ import annotations

import numpy as np
import pytest

from infra.local.data.facts import Facts
from infra.local.data.report.places import OUTSIDE, UNKNOWN, zones_at

pytestmark = pytest.mark.fast


@pytest.mark.parametrize(
    ("longitude", "latitude", "zone"),
    [
        pytest.param(-73.9857, 40.7577, 230, id="Times Square"),
        pytest.param(-73.9680, 40.7663, 237, id="Upper East Side South"),
        pytest.param(-73.7789, 40.6441, 132, id="JFK, terminals"),
        pytest.param(-73.8726, 40.7743, 138, id="LaGuardia, terminal B"),
        pytest.param(-73.9845, 40.6946, 65, id="Downtown Brooklyn"),
        pytest.param(0.0, 0.0, UNKNOWN, id="no place"),
        pytest.param(np.nan, np.nan, UNKNOWN, id="not a number"),
        pytest.param(-75.1652, 39.9526, OUTSIDE, id="Philadelphia"),
    ],
)
def test_a_place_lies_in_the_zone_that_the_tlc_draws_around_it(
    longitude: float, latitude: float, zone: int, facts: Facts
) -> None:
    assert zones_at(facts, np.array([longitude]), np.array([latitude])).tolist() == [zone]


def test_every_middle_of_a_zone_lies_in_its_zone_or_beside_it(facts: Facts) -> None:
    known = [zone for zone in facts.zones if zone.longitude and zone.latitude]

    found = zones_at(
        facts, np.array([zone.longitude for zone in known]), np.array([zone.latitude for zone in known])
    )

    right = [zone.id == at for zone, at in zip(known, found, strict=True)]
    assert len(known) == 260
    assert sum(right) >= 255  # the middle of a crescent lies outside of it
