"""One statement: what was asked, and how far it has come.

Life: SUBMITTED → PICKED → STARTED → FINISHED | FAILED | ABORTED. An accepted cancel always ends in ABORTED.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any

from infra.local.redshift.engine import Session
from infra.local.redshift.requests import Submission
from infra.local.redshift.results import Result

RETENTION = timedelta(hours=24)
ENDED = frozenset({"FINISHED", "FAILED", "ABORTED"})
_INTERRUPT_SECONDS = 0.01
# Above 2^30, as on a serverless workgroup (fact RD-4).
_FIRST_PROCESS = 1 << 30


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a statement ended; `result` is there for FINISHED, `error` for FAILED."""

    state: str
    result: Result | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedFaults:
    """What shall go wrong with a statement, decided when it is submitted."""

    delay_seconds: float = 0.0
    fail: bool = False
    abort: bool = False


class Statement:
    """A submitted statement; its methods may be called from any thread."""

    def __init__(
        self,
        identifier: str,
        number: int,
        submission: Submission,
        principal: str,
        created_at: datetime,
        faults: PlannedFaults,
    ) -> None:
        self.id = identifier
        self.submission = submission
        self.principal = principal
        self.created_at = created_at
        self.faults = faults
        self._number = number
        self._lock = Lock()
        self._state = "SUBMITTED"
        self._updated_at = created_at
        self._started_ns: int | None = None
        self._duration_ns = -1
        self._outcome: Outcome | None = None
        self._session: Session | None = None
        self._ended = Event()
        self.cancelled = Event()

    @property
    def state(self) -> str:
        """The status as DescribeStatement shows it."""
        return self._state

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it has not."""
        return self._outcome

    @property
    def expires_at(self) -> datetime:
        """When the statement and its result are forgotten."""
        return self.created_at + RETENTION

    def advance(self, state: str, now: datetime) -> bool:
        """Move to PICKED or STARTED; False if the statement has ended."""
        with self._lock:
            if self._outcome is not None:
                return False
            self._state, self._updated_at = state, now
            if state == "STARTED":
                self._started_ns = time.perf_counter_ns()
            return True

    def runs_in(self, session: Session) -> bool:
        """Remember where it runs, so that a cancel reaches it; False if it is cancelled already."""
        with self._lock:
            self._session = session
            return not self.cancelled.is_set()

    def end(self, outcome: Outcome, now: datetime) -> None:
        """End it, once; later ends change nothing."""
        with self._lock:
            if self._outcome is None:
                self._end(outcome, now)
        self._ended.set()

    def cancel(self, now: datetime) -> bool:
        """End it as ABORTED and wait until nothing of it runs; False if it had ended before."""
        with self._lock:
            if self._outcome is not None:
                return False
            self.cancelled.set()
            if self._state == "SUBMITTED":
                self._end(Outcome("ABORTED"), now)
                self._ended.set()
        # An interrupt that comes just before the engine starts is lost, so it is repeated.
        while not self._ended.wait(_INTERRUPT_SECONDS):
            self._interrupt()
        return True

    def _end(self, outcome: Outcome, now: datetime) -> None:
        self._outcome = Outcome("ABORTED") if self.cancelled.is_set() else outcome
        self._state, self._updated_at, self._session = self._outcome.state, now, None
        if self._started_ns is not None:
            self._duration_ns = time.perf_counter_ns() - self._started_ns

    def _interrupt(self) -> None:
        with self._lock:
            session = self._session
        if session is not None:
            session.interrupt()

    def summary(self) -> dict[str, Any]:
        """The members that DescribeStatement and ListStatements share."""
        with self._lock:
            state, updated_at = self._state, self._updated_at
        told: dict[str, Any] = {
            "Id": self.id,
            "Status": state,
            "CreatedAt": seconds(self.created_at),
            "UpdatedAt": seconds(updated_at),
            "QueryString": self.submission.sql,
            "ResultFormat": "JSON",
        }
        if self.submission.parameters:
            told["QueryParameters"] = [
                {"name": name, "value": value} for name, value in self.submission.parameters
            ]
        return told

    def description(self) -> dict[str, Any]:
        """The answer of DescribeStatement (facts RD-4, RD-8)."""
        with self._lock:
            outcome, duration, started = self._outcome, self._duration_ns, self._started_ns is not None
        result = outcome.result if outcome else None
        told = {
            **self.summary(),
            "WorkgroupName": self.submission.workgroup,
            "Database": self.submission.database,
            "Duration": duration,
            "HasResultSet": result is not None,
            "RedshiftPid": _FIRST_PROCESS + self._number if started else 0,
            "RedshiftQueryId": 0,
            "ResultRows": result.rows if result else -1,
            "ResultSize": result.size if result else -1,
        }
        return {**told, "Error": outcome.error} if outcome and outcome.error else told


def seconds(moment: datetime) -> float:
    """A moment as the wire has it: seconds since 1970 with milliseconds."""
    return round(moment.timestamp(), 3)
