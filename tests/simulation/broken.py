"""Histories for the checker: one as it should be, and for each promise one in which it is broken, and no other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dashboard.client.model import QueryView
from pipeline.core.messages import Error
from pipeline.core.records import QueryRecord
from tests.fakes.others import START
from tests.fakes.ports import JUNE
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID, STRANGER, finished, query, running
from tests.simulation.checker import judge
from tests.simulation.facts import (
    Answered,
    Began,
    Called,
    Executed,
    Fact,
    Finished,
    Heard,
    Led,
    LineOpened,
    Linked,
    ListedOf,
    Opened,
    Placed,
    Pressed,
    Read,
    Sent,
    Showed,
    StatementEnded,
    Wrote,
)
from tests.simulation.history import History, View
from tests.simulation.messages import run_message

KEY = (OWNER, QUERY_ID)
PAGE, LINE = "ana/1", "c1="
RECORDED = query(connection_ids=frozenset({LINE}))
RUNNING = running(connection_ids=frozenset({LINE}))
FINISHED = finished(connection_ids=frozenset({LINE}))
PRESSED = Pressed(1, PAGE, OWNER, QUERY_ID)
CREATED = Wrote(1, 1, KEY, None, RECORDED)
EXECUTED = Executed(1, 1, KEY, STATEMENT_ID, JUNE)
LED = Led(1, 1, OWNER, STATEMENT_ID)
RAN = Wrote(1, 1, KEY, RECORDED, RUNNING)
STARTED: tuple[Fact, ...] = (PRESSED, CREATED, EXECUTED, LED, RAN)
ENDED: tuple[Fact, ...] = (
    StatementEnded(3, KEY, STATEMENT_ID, "FINISHED"),
    Wrote(3, 2, KEY, RUNNING, FINISHED),
)
TOLD = Wrote(4, 2, KEY, FINISHED, replace(FINISHED, notified_at=START))
VIEW = QueryView(QUERY_ID, "daily-summary", {}, "finished", START, START, ended_at=START)


def history(
    *facts: Fact, record: QueryRecord | None = FINISHED, view: QueryView | None = None, **end: Any
) -> History:
    made = History(active_queries=3)
    made.facts = list(facts)
    made.records = {} if record is None else {KEY: record}
    made.rows = {STATEMENT_ID: tuple(range(30))}
    made.views = [] if view is None else [View(PAGE, OWNER, view)]
    for name, value in end.items():
        setattr(made, name, value)
    return made


def violated(judged: History) -> list[str]:
    """Name the promises that a history breaks."""
    return sorted({violation.name for violation in judge(judged).violations})


def answered(by: int, handler: str, subject: str, body: Any = None, status: int = 200) -> Finished:
    return Finished(5, by, handler, subject, "answered", {"statusCode": status, "body": json.dumps(body)})


def sent(at: float, message: Mapping[str, Any], who: str = PAGE) -> Sent:
    return Sent(at, who, OWNER, json.dumps(message))


def heard(owner: str = OWNER, **message: Any) -> Heard:
    return Heard(6, PAGE, owner, {"queryId": QUERY_ID, "statementId": STATEMENT_ID, **message})


ACCEPTED = {"type": "accepted", "queryId": QUERY_ID, "deadline": "2026-11-24T15:01:00.000Z"}
CANCELLED = replace(RUNNING, state="cancelled", cancelled_by="user")
OVERDUE = replace(RUNNING, state="failed", error_code="deadline_exceeded", finished_at=START)
PRESSED_CANCEL = sent(1.5, {"action": "cancel", "queryId": QUERY_ID})
OTHER_DATES = {"startDate": "2015-07-01", "endDate": "2015-07-02"}
SCRIPT = "ana/script 2"
BUSY = Error("run", QUERY_ID, "warehouse_busy", None, "Not now.", retryable=True)
RUNS = {"queries": [{"queryId": QUERY_ID, "state": "running"}]}

BROKEN: Mapping[str, History] = {
    "lost": history(*STARTED, *ENDED, view=replace(VIEW, phase="running", ended_at=None)),
    "unended": history(*STARTED, record=RUNNING),
    "doubled": history(*STARTED, *ENDED, Executed(2, 3, KEY, "another", JUNE)),
    "unexpected": history(*STARTED[1:], *ENDED),
    "unrecorded": history(PRESSED, EXECUTED, CREATED, LED, RAN, *ENDED),
    "backward": history(*STARTED, PRESSED_CANCEL, *ENDED, Wrote(4, 3, KEY, FINISHED, CANCELLED)),
    "untrue": history(*STARTED, ENDED[1]),
    "contradicted": history(
        *STARTED,
        *ENDED,
        heard(type="accepted"),
        view=replace(VIEW, phase="refused", outcome=BUSY, ended_at=START + timedelta(seconds=60)),
    ),
    "leaked": history(*STARTED, *ENDED, heard(STRANGER, type="finished")),
    "crossed": history(*STARTED, *ENDED, Read(7, PAGE, STATEMENT_ID, (1, 2), 30)),
    "unreadable": history(*STARTED, *ENDED, Answered(7, OWNER, STATEMENT_ID, 404, {}, 6)),
    "residue": history(
        *STARTED,
        Linked(1, 1, LINE, QUERY_ID, there=True),
        *ENDED,
        ListedOf(5, 4, LINE),
        Wrote(5, 4, KEY, FINISHED, replace(FINISHED, connection_ids=frozenset())),
        answered(4, "disconnect", LINE),
    ),
    "detached": history(
        *STARTED, LineOpened(2, LINE, OWNER), Linked(2, 3, LINE, QUERY_ID, there=False), *ENDED
    ),
    "slot": history(
        Placed(1, 1, OWNER, frozenset(), frozenset({QUERY_ID})),
        *STARTED,
        answered(1, "run", LINE, {"type": "error", "queryId": QUERY_ID}),
        *ENDED,
        answered(2, "send_message", "elsewhere"),
        places={OWNER: frozenset({QUERY_ID})},
    ),
    "blocked": history(PRESSED, record=None, probes=frozenset({QUERY_ID})),
    "untold": history(*STARTED, *ENDED, TOLD),
    "dropped": history(
        *STARTED,
        *ENDED,
        heard(type="finished"),
        Showed(7, PAGE, OWNER, QUERY_ID, None, "running"),
        Showed(8, PAGE, OWNER, QUERY_ID, "running", "finished"),
    ),
    "unasked": history(*STARTED, *ENDED, Opened(2, PAGE, frozenset({QUERY_ID}), frozenset())),
    "overdue": history(
        *STARTED,
        Linked(1, 1, LINE, QUERY_ID, there=True),
        LineOpened(1, LINE, OWNER),
        Began(70, 3, "resume", LINE),
        answered(3, "resume", LINE, {"type": "resumed", "queries": [ACCEPTED]}),
        StatementEnded(80, KEY, STATEMENT_ID, "FINISHED"),
        Wrote(80, 2, KEY, RUNNING, FINISHED),
    ),
    "unhealed": history(
        *STARTED,
        ENDED[0],
        Began(20, 3, "list_queries", OWNER),
        answered(3, "list_queries", OWNER, RUNS),
        Wrote(25, 2, KEY, RUNNING, FINISHED),
    ),
    "hasty": history(
        *STARTED,
        Called(2, 3, "resume", "warehouse.cancel", ""),
        Wrote(2, 3, KEY, RUNNING, OVERDUE),
        answered(3, "resume", LINE, {"type": "resumed", "queries": []}),
        record=OVERDUE,
    ),
    "runaway": history(
        *STARTED,
        PRESSED_CANCEL,
        Wrote(2, 3, KEY, RUNNING, CANCELLED),
        answered(3, "cancel", LINE),
        record=CANCELLED,
    ),
    "unwanted": history(
        *STARTED,
        Wrote(2, 3, KEY, RUNNING, CANCELLED),
        Called(2, 3, "disconnect", "warehouse.cancel", ""),
        answered(3, "disconnect", LINE),
        record=CANCELLED,
    ),
    "mistaken": history(
        *STARTED,
        sent(2, run_message(QUERY_ID, OTHER_DATES), SCRIPT),
        heard(type="accepted")._replace(who=SCRIPT),
        *ENDED,
    ),
    "unstarted": history(
        *STARTED,
        Linked(1, 1, LINE, QUERY_ID, there=True),
        answered(1, "run", LINE, ACCEPTED),
        *ENDED,
    ),
    "unread": history(*STARTED, *ENDED, view=VIEW),
    "unlisted": history(*STARTED, *ENDED, Answered(7, OWNER, "", 200, {"queries": []}, 6)),
    "crowded": history(*STARTED, *ENDED, active_queries=0),
    "unrepeated": history(
        *STARTED,
        Opened(1, PAGE, frozenset(), frozenset()),
        sent(2, run_message(QUERY_ID)),
        sent(13, run_message(QUERY_ID)),
        *ENDED,
    ),
    "restless": history(
        *STARTED,
        Opened(1, PAGE, frozenset(), frozenset()),
        *(sent(at, run_message(QUERY_ID)) for at in (2, 7, 11)),
        *ENDED,
    ),
    "impatient": history(
        *STARTED,
        *ENDED,
        view=replace(VIEW, phase="refused", outcome=BUSY, ended_at=START + timedelta(seconds=59)),
    ),
    "astray": history(*STARTED, *ENDED, Showed(7, PAGE, OWNER, QUERY_ID, "running", "sending")),
    "crashed": history(*STARTED, *ENDED, Finished(5, 3, "run", LINE, "crashed", "KeyError")),
}
