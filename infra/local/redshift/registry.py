"""All statements that the service remembers: by id, by ClientToken, by owner.

Source: AWS, Redshift Data API guide: statements and results are kept 24 hours, a ClientToken 8 hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Lock
from uuid import uuid4

from infra.local.redshift.errors import ApiError
from infra.local.redshift.requests import Submission
from infra.local.redshift.statement import ENDED, PlannedFaults, Statement

TOKEN_MEMORY = timedelta(hours=8)
MAXIMUM_ACTIVE = 500

_ASSUMED_ROLE = re.compile(r"(arn:[^:]+:sts::\d+:assumed-role/[^/]+)/.+")


def owner_of(principal: str) -> str:
    """Who owns what this principal submits: its role, or the principal itself if it assumed none."""
    role = _ASSUMED_ROLE.fullmatch(principal)
    return role.group(1) if role else principal


def not_found(identifier: str) -> ApiError:
    """The answer for an unknown, expired or foreign statement."""
    return ApiError("ResourceNotFoundException", "Query does not exist.", extra={"ResourceId": identifier})


class Registry:
    """The statements of all owners; thread-safe."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._statements: dict[str, Statement] = {}
        self._tokens: dict[tuple[str, str], Statement] = {}
        self._running: list[Statement] = []
        self._submitted = 0

    def submit(
        self, submission: Submission, principal: str, plan: Callable[[], PlannedFaults]
    ) -> tuple[Statement, bool]:
        """The statement of a request, and whether it is new: a known ClientToken gives the first one again.

        Raises:
            ApiError: too many statements are active.
        """
        now = self._clock()
        with self._lock:
            self._forget(now)
            known = self._by_token(submission, principal)
            if known is not None:
                return known, False
            self._check_quota()
            return self._add(submission, principal, now, plan()), True

    def find(self, identifier: str, principal: str) -> Statement:
        """The statement with that id, if it belongs to the principal's role.

        Raises:
            ApiError: there is none for this principal.
        """
        with self._lock:
            self._forget(self._clock())
            statement = self._statements.get(identifier)
        if statement is None or owner_of(statement.principal) != owner_of(principal):
            raise not_found(identifier)
        return statement

    def owned_by(self, principal: str) -> Sequence[Statement]:
        """The statements of the principal's role, newest first."""
        with self._lock:
            self._forget(self._clock())
            statements = list(self._statements.values())
        return [one for one in reversed(statements) if owner_of(one.principal) == owner_of(principal)]

    def active(self) -> Sequence[Statement]:
        """The statements that have not ended."""
        with self._lock:
            return self._still_running()

    def _by_token(self, submission: Submission, principal: str) -> Statement | None:
        return self._tokens.get((owner_of(principal), submission.token)) if submission.token else None

    def _check_quota(self) -> None:
        if len(self._still_running()) >= MAXIMUM_ACTIVE:
            raise ApiError(
                "ActiveStatementsExceededException",
                f"Active statements exceeded the allowed quota ({MAXIMUM_ACTIVE}).",
            )

    def _add(self, submission: Submission, principal: str, now: datetime, faults: PlannedFaults) -> Statement:
        self._submitted += 1
        statement = Statement(str(uuid4()), self._submitted, submission, principal, now, faults)
        self._statements[statement.id] = statement
        self._running.append(statement)
        if submission.token:
            self._tokens[owner_of(principal), submission.token] = statement
        return statement

    def _still_running(self) -> list[Statement]:
        self._running = [one for one in self._running if one.state not in ENDED]
        return list(self._running)

    def _forget(self, now: datetime) -> None:
        """Drop what is too old. Both tables are in order of submission, so the old ones come first."""
        while self._statements and next(iter(self._statements.values())).expires_at <= now:
            del self._statements[next(iter(self._statements))]
        while self._tokens and next(iter(self._tokens.values())).created_at + TOKEN_MEMORY <= now:
            del self._tokens[next(iter(self._tokens))]
