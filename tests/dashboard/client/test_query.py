"""What a query shows when it ends, and what it does at its deadline, in virtual time."""

from __future__ import annotations

import pytest

from dashboard.client.events import Lost
from pipeline.core.messages import Cancelled, Failed, Resumed, Unknown
from tests.dashboard.client.virtual import QUERY, STATEMENT_ID, VirtualClient, cancelled, refusal

pytestmark = pytest.mark.fast


def test_an_outcome_that_overtakes_the_acceptance_brings_its_statement(client: VirtualClient) -> None:
    client.submit()
    client.hear(client.finished())
    assert client.view().statement_id == STATEMENT_ID


def test_an_outcome_without_a_statement_leaves_the_one_that_is_known(client: VirtualClient) -> None:
    client.run()
    client.hear(cancelled(statement_id=None))
    assert client.view().statement_id == STATEMENT_ID


def test_a_forgotten_query_shows_when_it_ended_and_no_earlier_refusal(client: VirtualClient) -> None:
    client.submit()
    client.hear(refusal("warehouse_busy", retryable=True))
    client.hear(Unknown(QUERY))
    client.wait(5)
    client.hear(Unknown(QUERY))
    shown = client.view()
    assert (shown.phase, shown.outcome, shown.ended_at) == ("unknown", None, client.now().wall)


def test_a_cancel_that_nobody_answered_ends_the_query_at_its_deadline(client: VirtualClient) -> None:
    client.submit(deadline=20)
    client.cancel()
    client.tell(Lost("cut"))
    client.wait(19.9)
    assert client.view().phase == "cancelling"
    client.wait(0.1)
    shown = client.view()
    assert (shown.phase, shown.ended_at) == ("cancelled", client.now().wall)
    assert shown.outcome == Cancelled(QUERY, "daily-summary", None, "user")


def test_a_query_that_nobody_answered_says_what_that_means(client: VirtualClient) -> None:
    client.submit(deadline=60)
    client.wait(60)
    assert client.view().outcome == Failed(
        QUERY,
        "daily-summary",
        None,
        "not_started",
        "The pipeline did not answer before this query's deadline. Nothing is lost: if it did run, its answer "
        "is in your history. Otherwise run it again.",
        retryable=True,
    )


def test_a_query_pressed_elsewhere_whose_time_is_over_is_asked_for_a_moment_later(
    client: VirtualClient,
) -> None:
    accepted = client.accepted()
    client.wait(100)
    client.watch()
    client.hear(Resumed((accepted,)))
    client.wait(1)
    assert client.times_of("resume") == [100, 101]
