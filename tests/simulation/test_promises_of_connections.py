"""Connections that were left out of a notice, each found; and those that nobody could have told, excused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.simulation.broken import (
    CREATED,
    ENDED,
    FINISHED,
    KEY,
    LINE,
    PRESSED,
    RECORDED,
    RUNNING,
    STARTED,
    answered,
    history,
    violated,
)
from tests.simulation.facts import (
    Began,
    Fact,
    Finished,
    LineOpened,
    Linked,
    ListedOf,
    Posted,
    StatementEnded,
    Wrote,
)

pytestmark = pytest.mark.fast

OTHER_LINE = "c2="
NOTIFIED = replace(FINISHED, notified_at=START)
DELIVERED = (Wrote(6, 2, KEY, FINISHED, NOTIFIED), answered(2, "send_message", STATEMENT_ID))


def test_whoever_asks_in_the_address_must_watch() -> None:
    opened = LineOpened(2, LINE, OWNER, QUERY_ID)
    attached = Linked(1, 1, LINE, QUERY_ID, there=True)
    assert violated(history(*STARTED, attached, opened, *ENDED)) == []
    assert violated(history(*STARTED, opened, *ENDED)) == ["untold"]
    assert violated(history(*STARTED, opened._replace(connection_id=OTHER_LINE), *ENDED)) == ["untold"]


def test_a_question_in_the_address_that_ended_before_is_not_watched() -> None:
    assert violated(history(*STARTED, *ENDED, LineOpened(7, OTHER_LINE, OWNER, QUERY_ID))) == []


def test_a_handshake_for_a_query_that_failed_unstarted_is_refused() -> None:
    failed = replace(RECORDED, state="failed", error_code="sql_error")
    facts = (PRESSED, CREATED, Wrote(1, 1, KEY, RECORDED, failed))
    opened = LineOpened(2, LINE, OWNER, QUERY_ID)
    by_itself, later, meanwhile = (
        Began(at, by, "connect", LINE) for at, by in ((0.5, 1), (1.5, 2), (0.5, 2))
    )
    assert violated(history(*facts, by_itself, opened, record=failed)) == ["untold"]
    assert violated(history(*facts, later, opened, record=failed)) == ["untold"]
    assert violated(history(*facts, meanwhile, opened, record=failed)) == []


def test_what_is_written_after_a_disconnect_has_looked_may_stay() -> None:
    """A second $disconnect that finds no attachment cannot know of it either."""
    attached = Linked(1, 1, LINE, QUERY_ID, there=True)
    nobody = replace(RUNNING, connection_ids=frozenset())
    gone = (
        ListedOf(2, 5, LINE),
        Wrote(2, 5, KEY, RUNNING, nobody),
        Linked(2, 5, LINE, QUERY_ID, there=False),
        answered(5, "disconnect", LINE),
    )
    again = (Wrote(3, 6, KEY, nobody, RUNNING), ListedOf(4, 7, LINE), answered(7, "disconnect", LINE))
    assert violated(history(*STARTED, attached, *gone, *again, *ENDED)) == []
    with_item = (*again[:1], attached._replace(at=3), *again[1:])
    assert violated(history(*STARTED, attached, *gone, *with_item, *ENDED)) == ["residue"]


def test_a_post_that_fails_leaves_nobody_out() -> None:
    both = replace(FINISHED, connection_ids=frozenset({LINE, OTHER_LINE}))
    failed = Finished(5, 2, "send_message", STATEMENT_ID, "failed", "NoticeFailedError()")
    facts: tuple[Fact, ...] = (
        *STARTED,
        StatementEnded(3, KEY, STATEMENT_ID, "FINISHED"),
        Wrote(3, 2, KEY, RUNNING, both),
        Posted(4, 2, LINE, QUERY_ID, answer=None),
    )
    assert violated(history(*facts, failed, record=both)) == ["untold"]
    assert (
        violated(history(*facts, Posted(4, 2, OTHER_LINE, QUERY_ID, answer=True), failed, record=both)) == []
    )


@pytest.mark.parametrize("age", [0, 40])
def test_a_connection_that_opens_a_moment_after_its_post_is_tried_again(age: int) -> None:
    gone = Posted(age + 4, 2, LINE, QUERY_ID, answer=False)
    again = Posted(age + 5, 2, LINE, QUERY_ID, answer=True)
    opened, opened_late = (LineOpened(age + at, LINE, OWNER) for at in (4.5, 5.6))
    alone = replace(FINISHED, connection_ids=frozenset())
    nobody = replace(alone, notified_at=START)
    forgotten = (
        Wrote(age + 6, 2, KEY, FINISHED, alone),
        Wrote(age + 6, 2, KEY, alone, nobody),
        answered(2, "send_message", STATEMENT_ID),
    )
    facts: tuple[Fact, ...] = (*STARTED, *ENDED, gone)
    assert violated(history(*facts, opened, again, *DELIVERED, record=NOTIFIED)) == []
    assert violated(history(*facts, opened, *forgotten, record=nobody)) == ["untold"]
    assert violated(history(*facts, opened_late, *forgotten, record=nobody)) == []
