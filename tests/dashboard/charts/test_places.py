from __future__ import annotations

import pytest

from dashboard.charts.places import outline, placeless, places_of, symbol_map
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to

pytestmark = pytest.mark.fast

ZONES = CHARTS["zone-map"][0]


def test_symbols_stand_at_their_places_with_the_value_as_area_and_the_small_ones_on_top() -> None:
    _, symbols = symbol_map(answer_to("zone-map"), ZONES).data
    assert (symbols.x[0], symbols.y[0]) == (-73.9656, 40.7681)
    assert symbols.marker.sizemode == "area"
    assert list(symbols.marker.size) == sorted(symbols.marker.size, reverse=True)
    assert symbols.customdata[0] == "Upper East Side South<br>Trips per square mile: 4,123"


def test_a_mile_north_is_as_long_as_a_mile_east() -> None:
    axis = symbol_map(answer_to("zone-map"), ZONES).layout.yaxis
    assert axis.scaleanchor == "x"
    assert axis.scaleratio == pytest.approx(1.319, abs=0.01)


def test_the_map_asks_nobody_for_anything() -> None:
    figure = symbol_map(answer_to("zone-map"), ZONES)
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert not {"map", "mapbox", "geo"} & set(figure.to_plotly_json()["layout"])


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
    assert len(symbol_map(counted, ZONES).data[1].x) == 1
    assert placeless(counted, ZONES) == ["Unknown (7)"]


def test_a_value_of_zero_or_below_has_the_smallest_symbol() -> None:
    rows = [(1, "A", "Queens", -73.9, 40.7, 5, value, 9.0) for value in (-2.0, 0.0)]
    _, symbols = symbol_map(answer_to("zone-map", rows), ZONES).data
    assert list(symbols.marker.size) == [0, 0]
    assert symbols.marker.sizemin > 1
    assert symbols.marker.sizeref == 1
