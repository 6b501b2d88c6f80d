"""Charts of what share of trips is below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from infra.local.data.report.curve_charts import charts_of_curves
from infra.local.data.report.sides import Side

pytestmark = pytest.mark.fast


def test_distance_duration_total_and_tip_ratio_stand_beside_what_was_published(
    published: Side, like_published: Side
) -> None:
    charts = charts_of_curves(published, like_published)

    assert [chart.title for chart in charts] == ["Distance", "Duration", "Total charged", "Tip ratio"]
    assert all(chart.panels[0].figure.layout.xaxis.title.text for chart in charts)
    assert charts[3].readings.rows[2] == ("50 %", "22.0%", "22.0%")


def test_the_table_has_the_percentiles_of_both_sides_alone(published: Side, like_published: Side) -> None:
    finer = (np.array([5.0, 50.0]), np.array([0.5, 1.6]))

    chart = charts_of_curves(published, replace(like_published, curves={"miles": finer}))[0]

    assert chart.readings.rows == [("50 %", "1.69 mi", "1.60 mi")]
    assert chart.sentence.endswith("half of ours are below 1.60 mi.")
