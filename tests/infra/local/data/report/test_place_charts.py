"""Charts of places: zones and boroughs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from infra.local.data.facts import Facts
from infra.local.data.report.place_charts import charts_of_places
from infra.local.data.report.sides import Side

pytestmark = pytest.mark.fast


def test_rows_without_zones_have_no_charts_of_places(like_published: Side, facts: Facts) -> None:
    assert charts_of_places(replace(like_published, shares={}), like_published, facts) == []


def test_boroughs_stand_in_the_order_of_their_trips_and_in_figures_short_enough_for_a_telephone(
    published: Side, like_published: Side, facts: Facts
) -> None:
    matrix = charts_of_places(published, like_published, facts)[-1].panels[0].figure.data[0]

    assert list(matrix.x) == list(matrix.y)
    assert list(matrix.x[:3]) == ["Manhattan", "Queens", "Brooklyn"]
    assert list(matrix.text[0][:4]) == ["83.2", "3.4", "3.3", ".20"]
    assert max(len(text) for row in matrix.text for text in row) == 4
    assert matrix.text[2][3] == "<.01"


def test_the_busiest_zones_are_named_once_with_both_shares(
    published: Side, like_published: Side, facts: Facts
) -> None:
    pickups = charts_of_places(published, like_published, facts)[0]

    assert len(pickups.readings.rows) == 20
    name, theirs, mine = pickups.readings.rows[0]
    assert name == "Upper East Side South"
    assert theirs == mine
