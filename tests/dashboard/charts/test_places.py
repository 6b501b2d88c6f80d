from __future__ import annotations

import pytest

from dashboard.charts.places import outline, placeless, places_of
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to

pytestmark = pytest.mark.fast

ZONES = CHARTS["zone-map"][0]


def test_the_outlines_are_the_five_boroughs_and_newark() -> None:
    spots = [spot for spot in outline() if spot]
    assert outline().count(None) >= 6
    assert -74.3 < min(x for x, _ in spots) < -74.2
    assert -73.75 < max(x for x, _ in spots) < -73.68
    assert 40.48 < min(y for _, y in spots) < 40.52
    assert 40.90 < max(y for _, y in spots) < 40.93


def test_what_has_no_place_is_not_on_the_map_but_named() -> None:
    assert "Unknown" not in {place.name for place in places_of(answer_to("zone-map"), ZONES)}
    assert placeless(answer_to("zone-map"), ZONES) == ["Unknown (n/a)"]
    counted = answer_to(
        "zone-map", [*answer_to("zone-map").records[:1], (None, "Unknown", "", None, None, 5, 7.0, 9.0)]
    )
    assert len(places_of(counted, ZONES)) == 1
    assert placeless(counted, ZONES) == ["Unknown (7)"]
