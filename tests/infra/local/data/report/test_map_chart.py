"""The map of pickups: the whole city, each zone once and in the colour of its share."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from infra.local.data.facts import Facts
from infra.local.data.report.map_chart import map_of_pickups
from infra.local.data.report.places import outlines
from infra.local.data.report.sides import Side

pytestmark = pytest.mark.fast


def test_no_outline_is_cut_off(published: Side, like_published: Side, facts: Facts) -> None:
    layout = map_of_pickups(published, like_published, facts).panels[0].figure.layout

    corners = np.concatenate([ring for _, ring in outlines()])
    assert layout.xaxis.range[0] < corners[:, 0].min() < -74.25  # the west of Staten Island
    assert layout.xaxis.range[1] > corners[:, 0].max() > -73.71  # the east of Queens
    assert layout.yaxis.range[0] < corners[:, 1].min() < corners[:, 1].max() < layout.yaxis.range[1]


def test_every_outline_is_drawn_once_and_the_busiest_zones_are_the_strongest(
    published: Side, like_published: Side, facts: Facts
) -> None:
    shares = np.zeros(266)
    shares[[237, 132, 1]] = 0.9, 0.0999, 0.0001
    ours = replace(like_published, shares={**like_published.shares, "pickups": shares})

    drawn = map_of_pickups(published, ours, facts).panels[1].figure.data

    rings = {trace.name: sum(x is None for x in trace.x) for trace in drawn if trace.name}
    assert sum(rings.values()) == len(outlines())
    assert rings["up to 0.1%"] == sum(zone == 1 for zone, _ in outlines())
    assert rings["over 3%"] == sum(zone in (132, 237) for zone, _ in outlines())


def test_colours_of_zones_have_a_light_and_a_dark_one(
    published: Side, like_published: Side, facts: Facts
) -> None:
    drawn = map_of_pickups(published, like_published, facts).panels[0].figure.data

    filled = [trace for trace in drawn if trace.fill == "toself"]
    assert len(filled) == 6
    assert all(trace.meta["light"] == trace.fillcolor != trace.meta["dark"] for trace in filled)
