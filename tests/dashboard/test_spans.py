from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.client.model import QueryView
from dashboard.spans import spans_text

pytestmark = pytest.mark.fast

PRESSED = datetime(2026, 11, 24, 15, tzinfo=UTC)
QUERY = QueryView(
    "q1",
    "daily-summary",
    {},
    "finished",
    PRESSED,
    accepted_at=PRESSED + timedelta(seconds=0.24),
    ended_at=PRESSED + timedelta(seconds=2.34),
)


def test_two_spans_are_told_by_one_clock() -> None:
    assert spans_text(QUERY) == "Accepted in 0.2 s, warehouse and way back 2.1 s"


@pytest.mark.parametrize(
    "changes",
    [
        {"asked_here": False},
        {"accepted_at": None},
        {"ended_at": None},
        {"ended_at": PRESSED + timedelta(seconds=0.1)},
    ],
    ids=["asked elsewhere", "not accepted here", "not ended", "notice before acceptance"],
)
def test_what_this_page_did_not_see_in_order_is_not_told_apart(
    changes: dict[str, datetime | bool | None],
) -> None:
    assert spans_text(replace(QUERY, **changes)) is None  # type: ignore[arg-type]  # the test says which field
