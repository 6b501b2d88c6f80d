"""The Redshift Data API over the local engine: asynchronous, idempotent by ClientToken, paged, owned by role.

Source: AWS, Redshift Data API reference.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from infra.local.redshift.dialect import placeholders
from infra.local.redshift.endpoint import Endpoint
from infra.local.redshift.engine import TRANSLATIONS_KEPT
from infra.local.redshift.errors import ApiError, invalid
from infra.local.redshift.events import Place, status_event
from infra.local.redshift.listing import list_statements
from infra.local.redshift.pages import result_page
from infra.local.redshift.registry import Registry
from infra.local.redshift.requests import Payload, read_id, read_submission
from infra.local.redshift.runner import Runner, Sessions
from infra.local.redshift.statement import PlannedFaults, Statement, seconds

Answer = dict[str, Any]


class StatementFaults(Protocol):
    """The faults that can be switched on from outside: group `statements`."""

    def value(self, group: str, name: str) -> int:
        """A setting that stays until it is changed; 0 is off."""

    def take(self, group: str, name: str) -> bool:
        """Whether the fault happens this time; counts down."""


class DataApi:
    """Answers the operations of `RedshiftData`; thread-safe."""

    def __init__(
        self,
        sessions: Sessions,
        emit: Callable[[dict[str, Any]], None],
        faults: StatementFaults,
        clock: Callable[[], datetime],
        account: str,
        region: str,
        endpoint: Endpoint | None = None,
    ) -> None:
        """Run statements in `sessions`; `emit` gets one event per ended statement that was submitted WithEvent.

        Without an endpoint any workgroup and database is taken for the engine's.
        """
        self._endpoint = endpoint
        self._emit = emit
        self._faults = faults
        self._clock = clock
        self._place = Place(account, region)
        self._registry = Registry(clock)
        self._runner = Runner(sessions, self._announce, clock)
        # Reading a report's text takes longer than all else in the call, and each run sends the same one.
        self._placeholders = lru_cache(TRANSLATIONS_KEPT)(placeholders)
        self._operations: dict[str, Callable[[Payload, str], Answer]] = {
            "ExecuteStatement": self._execute,
            "DescribeStatement": self._describe,
            "GetStatementResult": self._result,
            "CancelStatement": self._cancel,
            "ListStatements": self._list,
        }

    def answer(self, operation: str, payload: dict[str, Any], principal: str) -> tuple[int, Answer]:
        """The HTTP status and JSON 1.1 body for a call of `principal` (a full ARN)."""
        try:
            return 200, self._answer(operation, payload, principal)
        except ApiError as error:
            return error.status, error.body()

    def close(self) -> None:
        """Cancel what runs, wait for the workers, leave no thread."""
        for statement in self._registry.active():
            statement.cancel(self._clock())
        self._runner.close()

    def _answer(self, operation: str, payload: Payload, principal: str) -> Answer:
        act = self._operations.get(operation)
        if act is None:
            raise invalid(f"The local stand-in does not imitate {operation}; on AWS it may work.")
        return act(payload, principal)

    def _execute(self, payload: Payload, principal: str) -> Answer:
        submission = read_submission(payload, self._placeholders)
        if self._endpoint is not None:
            self._endpoint.require(submission)
        if self._faults.take("statements", "throttle"):
            raise ApiError("ThrottlingException", "Rate exceeded")
        statement, is_new = self._registry.submit(submission, principal, self._plan)
        if is_new:
            self._runner.start(statement)
        if self._faults.take("statements", "no_answer"):
            raise ApiError("InternalServerException", "The answer was lost on its way.", status=500)
        # facts RD-1 and RD-2
        return {
            "Id": statement.id,
            "CreatedAt": seconds(statement.created_at),
            "Database": submission.database,
            "WorkgroupName": submission.workgroup,
        }

    def _plan(self) -> PlannedFaults:
        return PlannedFaults(
            delay_seconds=self._faults.value("statements", "delay_ms") / 1000,
            fail=self._faults.take("statements", "fail"),
            abort=self._faults.take("statements", "abort"),
        )

    def _describe(self, payload: Payload, principal: str) -> Answer:
        return self._registry.find(read_id("DescribeStatement", payload), principal).description()

    def _result(self, payload: Payload, principal: str) -> Answer:
        identifier = read_id("GetStatementResult", payload, also={"NextToken"})
        return result_page(self._registry.find(identifier, principal), payload.get("NextToken"))

    def _cancel(self, payload: Payload, principal: str) -> Answer:
        statement = self._registry.find(read_id("CancelStatement", payload), principal)
        if not statement.cancel(self._clock()):
            raise invalid(
                f"Could not cancel a query that is already in {statement.state} state with ID: {statement.id}"
            )
        return {"Status": True}

    def _list(self, payload: Payload, principal: str) -> Answer:
        return list_statements(payload, self._registry.owned_by(principal), principal)

    def _announce(self, statement: Statement) -> None:
        if statement.submission.with_event:
            self._emit(status_event(statement, self._place, self._clock()))
