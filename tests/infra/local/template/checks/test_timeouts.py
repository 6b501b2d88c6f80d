"""Time-outs of functions: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    *(
        Mistake(
            f"the time-out of {logical_id}, which is that of API Gateway",
            logical_id,
            f"Timeout: {seconds}",
            "Timeout: 29",
            "Timeout:",
            f"{logical_id}: Timeout is 29 s, but API Gateway waits 29 s; it must be less.",
        )
        for logical_id, seconds in (
            ("OnConnectFunction", 28),
            ("GetResultsFunction", 28),
            ("AuthorizeFunction", 10),
        )
    ),
    *(
        Mistake(
            f"a time-out of {wrong}",
            "SendMessageFunction",
            "Timeout: 60",
            f"Timeout: {wrong}",
            "Timeout:",
            f"SendMessageFunction: Timeout is '{wrong}'; Lambda takes 1 to 900 seconds.",
        )
        for wrong in ("0", "901", "-1", "long")
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
