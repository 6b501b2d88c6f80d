from __future__ import annotations

import pytest

from dashboard.charts.map import symbol_map
from dashboard.palette import SURFACE
from tests.dashboard.charts.said import said_by
from tests.dashboard.sample_columns import CHARTS
from tests.dashboard.sample_rows import answer_to

pytestmark = pytest.mark.fast

ZONES = CHARTS["zone-map"][0]
FIGURE = symbol_map(answer_to("zone-map"), ZONES)
CITY, NEAR = 1, 3


def test_symbols_stand_at_their_places_with_the_value_as_area_and_the_small_ones_on_top() -> None:
    symbols = FIGURE.data[CITY]
    assert (symbols.x[0], symbols.y[0]) == (-73.9656, 40.7681)
    assert symbols.marker.sizemode == "area"
    assert list(symbols.marker.size) == sorted(symbols.marker.size, reverse=True)
    assert said_by(symbols)[0] == "Upper East Side South<br>Trips per square mile: 4,123"


def test_neighbours_are_parted_by_the_ground_and_seen_through_each_other() -> None:
    for symbols in (FIGURE.data[CITY], FIGURE.data[NEAR]):
        assert symbols.marker.line.color == SURFACE
        assert 0 < symbols.marker.opacity < 1


@pytest.mark.parametrize("name", ["yaxis", "yaxis2"])
def test_a_mile_north_is_as_long_as_a_mile_east(name: str) -> None:
    axis = FIGURE.layout[name]
    assert axis.scaleanchor == axis.anchor
    assert axis.scaleratio == pytest.approx(1.319, abs=0.01)
    assert axis.constrain == "domain"


def test_the_city_has_all_the_room_of_the_figure_and_degrees_are_not_written() -> None:
    x, y = FIGURE.layout.xaxis, FIGURE.layout.yaxis
    assert (x.domain, y.domain) == ((0, 1), (0, 1))
    assert x.range == pytest.approx((-74.256, -73.70), abs=0.02)
    assert y.range == pytest.approx((40.496, 40.916), abs=0.02)
    assert not any(axis.visible for axis in (x, y, FIGURE.layout.xaxis2, FIGURE.layout.yaxis2))


def test_where_manhattan_is_crowded_it_stands_once_more_at_more_than_twice_the_scale_of_a_phone() -> None:
    city, near = FIGURE.data[CITY], FIGURE.data[NEAR]
    shown = dict(zip(near.x, said_by(near), strict=True))
    assert shown[-73.9777] == "Midtown Center<br>Trips per square mile: 3,981"
    assert "JFK Airport<br>Trips per square mile: 2,214" in said_by(city)
    assert "JFK Airport<br>Trips per square mile: 2,214" not in said_by(near)
    city_degrees, near_degrees = (axis.range[1] - axis.range[0] for axis in FIGURE.select_xaxes())
    assert 0.46 * city_degrees / near_degrees > 2
    (name,) = FIGURE.layout.annotations
    assert name.text == "Manhattan to 110th Street"


def test_without_a_place_in_the_crowded_part_there_is_nothing_to_enlarge() -> None:
    figure = symbol_map(answer_to("zone-map", [(1, "A", "Queens", -73.8, 40.7, 5, 7.0, 9.0)]), ZONES)
    assert len(figure.data) == 2
    assert not figure.layout.annotations


def test_the_map_asks_nobody_for_anything() -> None:
    assert {trace.type for trace in FIGURE.data} == {"scatter"}
    assert not {"map", "mapbox", "geo"} & set(FIGURE.to_plotly_json()["layout"])


def test_a_value_of_zero_or_below_has_the_smallest_symbol() -> None:
    rows = [(1, "A", "Queens", -73.9, 40.7, 5, value, 9.0) for value in (-2.0, 0.0)]
    symbols = symbol_map(answer_to("zone-map", rows), ZONES).data[CITY]
    assert list(symbols.marker.size) == [0, 0]
    assert symbols.marker.sizemin > 1
    assert symbols.marker.sizeref == 1
