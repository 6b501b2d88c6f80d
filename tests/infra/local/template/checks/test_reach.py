"""What would keep everybody out: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a private API",
        "ApplicationRestApi",
        "[REGIONAL]",
        "[PRIVATE]",
        "EndpointConfiguration:",
        "ApplicationRestApi: a private API is reached from inside a VPC only; its type must be REGIONAL or EDGE.",
    ),
    *(
        Mistake(
            f"a {name} of 0 for {stage}",
            stage,
            f"{name}: {number}",
            f"{name}: 0",
            at,
            f"{stage}: {name} is 0, so every request would be refused as one too many.",
        )
        for stage, at, name, number in (
            ("WebSocketStage", "DefaultRouteSettings:", "ThrottlingRateLimit", 200),
            ("WebSocketStage", "DefaultRouteSettings:", "ThrottlingBurstLimit", 500),
            ("RestStage", "MethodSettings:", "ThrottlingRateLimit", 100),
            ("RestStage", "MethodSettings:", "ThrottlingBurstLimit", 200),
        )
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
