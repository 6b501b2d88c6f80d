from __future__ import annotations

import pytest

from dashboard.charts.heatmap import heatmap
from tests.dashboard.samples import answer_of, hourly_rows, shipped_report

pytestmark = pytest.mark.fast


def test_on_a_phone_the_key_takes_no_room_beside_the_cells_and_the_hours_can_be_written_level() -> None:
    report = shipped_report("demand-hour-weekday")
    figure = heatmap(answer_of(report, hourly_rows()), report.charts[0])
    assert figure.data[0].colorbar.orientation == "h"
    assert figure.layout.xaxis.nticks <= 6
