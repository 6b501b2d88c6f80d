"""What a session keeps of its queries, and of outcomes that came too early, in virtual time."""

from __future__ import annotations

import pytest

from dashboard.client.events import Disconnect, Pace, Submitted
from dashboard.client.model import QueryView
from tests.dashboard.client.virtual import JUNE, QUERY, VirtualClient

pytestmark = pytest.mark.fast


def test_a_submitted_query_shows_its_values_as_texts_and_sends_them_as_they_are(
    client: VirtualClient,
) -> None:
    client.wait(3)
    client.tell(Submitted(QUERY, "daily-summary", {"least": 5}, Pace()))
    assert client.view() == QueryView(
        QUERY, "daily-summary", {"least": "5"}, "sending", pressed_at=client.now().wall
    )
    assert client.sent("run")[0]["parameters"] == {"least": 5}


def test_a_connection_over_which_nobody_answers_a_cancel_is_replaced(client: VirtualClient) -> None:
    client.run()
    client.cancel()
    client.wait(39.9)
    assert (Disconnect() in client.wanted(), client.times_of("cancel")) == (False, [0, 10, 20, 30])
    client.wait(0.1)
    assert Disconnect() in client.wanted()
    assert client.core.snapshot().link.detail == "The pipeline does not answer."


def test_a_watched_query_is_shown_as_one_that_runs(client: VirtualClient) -> None:
    client.wait(3)
    client.watch()
    assert client.view() == QueryView(
        QUERY, "daily-summary", JUNE, "running", pressed_at=client.now().wall, asked_here=False
    )


def test_of_too_many_early_outcomes_the_oldest_goes(client: VirtualClient) -> None:
    ids = [f"0b6f5a0e-6c0e-4c57-9f0b-{n:012d}" for n in range(101)]
    for query_id in ids:
        client.hear(client.finished(query_id))
    for query_id in ids[:2]:
        client.watch(query_id)
    assert [client.view(query_id).phase for query_id in ids[:2]] == ["running", "finished"]
