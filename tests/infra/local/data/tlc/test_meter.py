"""What is said while files come: bytes, rate, share and what is left."""

from __future__ import annotations

import pytest

from infra.local.data.progress import Progress
from infra.local.data.tlc.meter import Meter

pytestmark = pytest.mark.fast


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_bytes_rate_share_and_time_are_those_of_this_run() -> None:
    said, clock = list[str](), Clock()
    meter = Meter(Progress(said.append, clock), wanted=1_000_000_000, whole=1_900_000_000, clock=clock)
    clock.now = 10.0
    meter.came("a.parquet", 250_000_000)

    assert said == ["Data: a.parquet, 1,150 of 1,900 MB, 25.0 MB a second, 25%, about 30 s left"]


def test_what_must_come_again_counts_as_not_there() -> None:
    said, clock = list[str](), Clock()
    meter = Meter(Progress(said.append, clock), wanted=100_000_000, whole=200_000_000, clock=clock)
    meter.lost(50_000_000)
    clock.now = 2.0
    meter.came("a.parquet", 30_000_000)

    assert said == ["Data: a.parquet, 80 of 200 MB, 15.0 MB a second, 20%"]
