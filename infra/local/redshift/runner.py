"""Runs statements on threads of its own and says when one has ended."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Event
from typing import Protocol

from infra.local.redshift.engine import Session
from infra.local.redshift.errors import ApiError, Cancelled, SqlError
from infra.local.redshift.statement import Outcome, Statement

WORKERS = 64

_log = logging.getLogger(__name__)


class Sessions(Protocol):
    """Where statements run."""

    def session(self) -> AbstractContextManager[Session]:
        """A session for one statement."""


class Runner:
    """A bounded pool of workers; `announce` is called on the worker, after the status can be read."""

    def __init__(
        self, sessions: Sessions, announce: Callable[[Statement], None], clock: Callable[[], datetime]
    ) -> None:
        self._sessions = sessions
        self._announce = announce
        self._clock = clock
        self._closing = Event()
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="statement")

    def start(self, statement: Statement) -> None:
        """Run the statement as soon as a worker is free.

        Raises:
            ApiError: the service is closing.
        """
        try:
            self._pool.submit(self._work, statement)
        except RuntimeError as error:
            raise ApiError("InternalServerException", "The local stand-in is closing.", 500) from error

    def close(self) -> None:
        """Wait for the workers; cancel the statements before. Nothing is announced any more."""
        self._closing.set()
        self._pool.shutdown(wait=True)

    def _work(self, statement: Statement) -> None:
        if statement.advance("PICKED", self._clock()):
            statement.end(self._safe_outcome(statement), self._clock())
        if self._closing.is_set():
            return
        try:
            self._announce(statement)
        except Exception:  # noqa: BLE001 - the bus is another's code: its fault is not the statement's
            _log.exception("The event of statement %s could not be emitted.", statement.id)

    def _safe_outcome(self, statement: Statement) -> Outcome:
        try:
            return self._outcome(statement)
        except Cancelled:
            return Outcome("ABORTED")
        except SqlError as error:
            return Outcome("FAILED", error=str(error))
        except Exception:  # noqa: BLE001 - a defect here must end the statement, not leave it running
            _log.exception("Statement %s met a defect of the stand-in.", statement.id)
            return Outcome("FAILED", error="ERROR: internal error of the local stand-in; see its log.")

    def _outcome(self, statement: Statement) -> Outcome:
        statement.advance("STARTED", self._clock())
        if statement.cancelled.wait(statement.faults.delay_seconds) or statement.faults.abort:
            return Outcome("ABORTED")
        if statement.faults.fail:
            raise SqlError("the statement failed because the local console asked for it")
        with self._sessions.session() as session:
            if not statement.runs_in(session):
                return Outcome("ABORTED")
            result = session.run(statement.submission.sql, dict(statement.submission.parameters))
        return Outcome("FINISHED", result=result)
