"""Every fault by name: where it can strike, and how often it does.

A `CallFault` strikes at calls of ports; the others strike where the gateway, the bus, the warehouse or a device
asks for them. A fault counts only when it took effect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from pipeline.ports import PostFailedError, ResultGoneError, WarehouseBusyError

FOR_EVER = 1e9


class ProcessDied(BaseException):
    """The process of an invocation is gone: no handler may catch this."""


class ServiceFailed(Exception):
    """A service answered with an error that its adapter lets through."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`rate`: how often it strikes where it can, in a schedule that favours no fault."""

    name: str
    rate: float


@dataclass(frozen=True, slots=True)
class CallFault(Fault):
    """A fault at calls of ports, `port.method` or `port.*`.

    `done`: the call has its effect. `outcome`: what the caller meets in place of the answer, None for the true
    one. `delay`: how many seconds later; with `late` the effect comes as late as the answer.
    """

    calls: tuple[str, ...]
    done: bool
    outcome: Callable[[], Any] | None
    delay: float = 0.0
    late: bool = False


def _raising(make: Callable[[], BaseException]) -> Callable[[], NoReturn]:
    def outcome() -> NoReturn:
        raise make()

    return outcome


_DIES = _raising(ProcessDied)
_FAILS = _raising(lambda: ServiceFailed("503"))
_BUSY = _raising(lambda: WarehouseBusyError("warehouse_busy", "The warehouse is busy."))
_SILENT = _raising(lambda: WarehouseBusyError("warehouse_unavailable", "The warehouse does not answer."))
_RESULT_GONE = _raising(lambda: ResultGoneError("gone"))
_TOO_MANY_POSTS = _raising(lambda: PostFailedError("429"))
_POST_FAILED = _raising(lambda: PostFailedError("500"))

TABLE, WAREHOUSE, POST, BUCKET = ("records.*",), ("warehouse.*",), ("notifier.post",), ("reports.*",)
EXECUTE, DESCRIBE, STOP, PAGE = (
    ("warehouse.execute",),
    ("warehouse.describe",),
    ("warehouse.cancel",),
    ("warehouse.page",),
)

CALL_FAULTS = (
    CallFault("died before a call to the table", 0.006, TABLE, done=False, outcome=_DIES),
    CallFault("died after a call to the table", 0.006, TABLE, done=True, outcome=_DIES),
    CallFault("table: request lost", 0.004, TABLE, done=False, outcome=_FAILS),
    CallFault("table: answer lost", 0.004, TABLE, done=True, outcome=_FAILS),
    CallFault("table: slow", 0.004, TABLE, done=True, outcome=None, delay=4.0),
    CallFault("table: slow, done late", 0.004, TABLE, done=True, outcome=None, delay=4.0, late=True),
    CallFault("table: hangs until the time-out, not done", 0.001, TABLE, False, None, FOR_EVER),
    CallFault("table: hangs until the time-out, done", 0.001, TABLE, True, None, FOR_EVER),
    CallFault("died before a call to the warehouse", 0.02, WAREHOUSE, done=False, outcome=_DIES),
    CallFault("died after a call to the warehouse", 0.02, WAREHOUSE, done=True, outcome=_DIES),
    CallFault("warehouse: hangs until the time-out, not done", 0.005, WAREHOUSE, False, None, FOR_EVER),
    CallFault("warehouse: hangs until the time-out, done", 0.005, WAREHOUSE, True, None, FOR_EVER),
    CallFault("ExecuteStatement: throttled", 0.04, EXECUTE, done=False, outcome=_BUSY),
    CallFault("ExecuteStatement: request lost", 0.03, EXECUTE, done=False, outcome=_SILENT, delay=5.0),
    CallFault("ExecuteStatement: answer lost", 0.04, EXECUTE, done=True, outcome=_SILENT, delay=5.0),
    CallFault("DescribeStatement: busy", 0.1, DESCRIBE, done=False, outcome=_BUSY),
    CallFault("CancelStatement: request lost", 0.05, STOP, done=False, outcome=_SILENT),
    CallFault("CancelStatement: answer lost", 0.05, STOP, done=True, outcome=_SILENT),
    CallFault("result page: fails", 0.05, PAGE, done=False, outcome=_SILENT),
    CallFault("result page: gone before its time", 0.01, PAGE, done=False, outcome=_RESULT_GONE),
    CallFault("bucket: does not answer", 0.01, BUCKET, done=False, outcome=_FAILS),
    CallFault("died before reading the bucket", 0.005, BUCKET, done=False, outcome=_DIES),
    CallFault("died after reading the bucket", 0.01, BUCKET, done=True, outcome=_DIES),
    CallFault("died before a post", 0.02, POST, done=False, outcome=_DIES),
    CallFault("died after a post", 0.02, POST, done=True, outcome=_DIES),
    CallFault("post: 410 though connected", 0.03, POST, done=False, outcome=lambda: False),
    CallFault("post: 410 though delivered", 0.02, POST, done=True, outcome=lambda: False),
    CallFault("post: 429", 0.05, POST, done=False, outcome=_TOO_MANY_POSTS),
    CallFault("post: 500", 0.05, POST, done=False, outcome=_POST_FAILED),
    CallFault("post: 500 though delivered", 0.03, POST, done=True, outcome=_POST_FAILED),
    CallFault("post: hangs", 0.02, POST, done=False, outcome=_POST_FAILED, delay=1.0),
    CallFault("post: lost though answered", 0.05, POST, done=False, outcome=lambda: True),
)

STATEMENT_REFUSED = Fault("ExecuteStatement: refused", 0.03)
REPEAT_REFUSED = Fault("ExecuteStatement: refused though it runs", 0.25)
STATEMENT_FAILS = Fault("statement: fails", 0.08)
STATEMENT_ABORTED = Fault("statement: aborted by an administrator", 0.04)
STATEMENT_TOO_LONG = Fault("statement: runs past its deadline", 0.06)
STATEMENT_AT_ONCE = Fault("statement: ends before its start is answered", 0.15)
STATEMENT_FAULTS = (STATEMENT_FAILS, STATEMENT_ABORTED, STATEMENT_TOO_LONG, STATEMENT_AT_ONCE)

EVENT_LOST = Fault("event: lost", 0.06)
EVENT_REPEATED = Fault("event: comes two to five times", 0.08)
EVENT_LATE = Fault("event: a minute late", 0.06)
EVENT_FAULTS = (EVENT_LOST, EVENT_REPEATED, EVENT_LATE)

HANDSHAKE_REFUSED = Fault("handshake: refused by the gateway", 0.05)
HANDSHAKE_UNANSWERED = Fault("handshake: 101 lost on its way back", 0.05)
SWITCHED_LATE = Fault("handshake: 101 late", 0.05)
HANDSHAKE_FAULTS = (HANDSHAKE_REFUSED, HANDSHAKE_UNANSWERED, SWITCHED_LATE)

FRAME_FAILED = Fault("message: refused by the gateway", 0.02)
FRAME_LOST = Fault("message: lost with its connection", 0.01)
FRAME_FAULTS = (FRAME_FAILED, FRAME_LOST)
ANSWER_LOST = Fault("message: answer lost", 0.02)
ANSWER_LATE = Fault("message: answer late", 0.02)
ANSWER_FAULTS = (ANSWER_LOST, ANSWER_LATE)

DISCONNECT_LOST = Fault("$disconnect: lost", 0.06)
DISCONNECT_TWICE = Fault("$disconnect: twice", 0.06)
DISCONNECT_LATE = Fault("$disconnect: a minute late", 0.05)
DISCONNECT_FAULTS = (DISCONNECT_LOST, DISCONNECT_TWICE, DISCONNECT_LATE)

REQUEST_LOST = Fault("REST: request lost", 0.02)
REST_ANSWER_LOST = Fault("REST: answer lost", 0.02)
REST_FAULTS = (REQUEST_LOST, REST_ANSWER_LOST)

TOKEN_REFUSED = Fault("token: a fresh one is refused too", 0.3)

# What people and administrators do to a schedule (see `deeds.py`): they strike whenever they take effect.
CUT = Fault("connection: cut (1006)", 1.0)
GOING_AWAY = Fault("connection: closed by the gateway (1001)", 1.0)
SILENT = Fault("connection: half open, silent", 1.0)
BEFORE_WRITES = Fault("$disconnect: before the writes of its message", 1.0)
TOKEN_EXPIRED = Fault("token: expired at a handshake", 1.0)
TAB_CLOSED = Fault("page: closed for ever with a query running", 1.0)
RELOADED = Fault("page: reloaded with a query running", 1.0)
FOREIGN_EVENT = Fault("event: of a statement that is not ours", 1.0)
FOREIGN_ID = Fault("event: names our query and another statement", 1.0)
MALFORMED_EVENT = Fault("event: malformed", 1.0)
REPLAYED = Fault("dead-letter queue: replayed", 1.0)
REPORT_CHANGED = Fault("report: changed with a query running", 1.0)
REPORT_WITHDRAWN = Fault("report: withdrawn with a query running", 1.0)

FAULTS: tuple[Fault, ...] = (
    *CALL_FAULTS,
    STATEMENT_REFUSED,
    REPEAT_REFUSED,
    *STATEMENT_FAULTS,
    *EVENT_FAULTS,
    *HANDSHAKE_FAULTS,
    *FRAME_FAULTS,
    *ANSWER_FAULTS,
    *DISCONNECT_FAULTS,
    *REST_FAULTS,
    TOKEN_REFUSED,
    CUT,
    GOING_AWAY,
    SILENT,
    BEFORE_WRITES,
    TOKEN_EXPIRED,
    TAB_CLOSED,
    RELOADED,
    FOREIGN_EVENT,
    FOREIGN_ID,
    MALFORMED_EVENT,
    REPLAYED,
    REPORT_CHANGED,
    REPORT_WITHDRAWN,
)
