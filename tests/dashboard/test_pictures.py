from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.pictures import picture_of
from tests.dashboard.samples import shipped_report, shipped_topics

pytestmark = pytest.mark.fast

LARGEST_BYTES = 60_000


@pytest.mark.parametrize("topic", [topic for topic in shipped_topics() if shipped_report(topic).charts])
def test_every_report_with_a_chart_has_a_small_picture(topic: str) -> None:
    picture = picture_of(topic)
    assert picture is not None, "run make gallery"
    assert picture.startswith(b"\x89PNG")
    assert len(picture) <= LARGEST_BYTES


def test_an_analyst_s_own_report_has_none(tmp_path: Path) -> None:
    assert picture_of("my-question") is None
    assert picture_of("daily-summary", tmp_path / "not-there") is None
