"""The REST API as pages use it: one request, or all pages of an answer one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.handlers import get_results, list_queries
from tests.fakes.ports import rest_event
from tests.simulation import faults
from tests.simulation.facts import Answered, Finished, Read
from tests.simulation.functions import Functions
from tests.simulation.messages import parsed
from tests.simulation.stage import Stage
from tests.simulation.stream import Stream

Body = Mapping[str, Any]
# A page repeats what broke after these pauses, and then asks its reader.
_PAUSES = (2.0, 4.0, 8.0, 16.0)


class RestApi:
    """Requests of owners. `then` gets the status and the body; status 0: no answer came."""

    def __init__(self, stage: Stage, functions: Functions) -> None:
        self._stage = stage
        self._functions = functions

    def queries(self, owner: str, stream: Stream, then: Callable[[int, Body], None]) -> None:
        """GET /queries."""
        event = rest_event(owner=owner)
        self._get("list_queries", "", owner, stream, lambda ports: list_queries.handle(event, ports), then)

    def page(
        self,
        owner: str,
        statement_id: str,
        page: str | None,
        stream: Stream,
        then: Callable[[int, Body], None],
    ) -> None:
        """GET /results/{statementId}, one page."""
        event = rest_event({"statementId": statement_id}, {"page": page} if page else None, owner)
        self._get(
            "get_results", statement_id, owner, stream, lambda ports: get_results.handle(event, ports), then
        )

    def _get(
        self,
        handler: str,
        about: str,
        owner: str,
        stream: Stream,
        work: Callable[[Any], Any],
        then: Callable[[int, Body], None],
    ) -> None:
        asked_at = self._stage.now
        fault = self._stage.strike(faults.REST_FAULTS, stream, f"{handler} {about}")
        if fault is faults.REQUEST_LOST:
            self._stage.after(5.0, lambda: then(0, {}))
            return

        def answer(ended: Finished) -> None:
            status = 500
            body: Body = {}
            if ended.how == "answered":
                status, body = ended.answer["statusCode"], parsed(ended.answer["body"])
            self._stage.note(Answered(self._stage.now, owner, about, status, body, asked_at))
            if fault is faults.REST_ANSWER_LOST:
                status, body = 0, {}
            then(status, body)

        self._functions.invoke(handler, owner, stream.child("invocation"), work, answer)


class Reader:
    """Reads all pages of an answer for a page; stops when its page is closed."""

    def __init__(
        self, stage: Stage, rest: RestApi, who: str, owner: str, statement_id: str, stream: Stream
    ) -> None:
        self._stage = stage
        self._rest = rest
        self._who = who
        self._owner = owner
        self._statement_id = statement_id
        self._stream = stream
        self._rows: list[int] = []
        self._asked = 0
        self._failures = 0
        self._gave_up = False

    def read_again(self) -> None:
        """Begin anew, where reading was given up."""
        if self._gave_up:
            self._gave_up, self._failures, self._rows = False, 0, []
            self.read()

    def read(self, page: str | None = None) -> None:
        """Ask for a page of rows, and on until the last."""
        self._asked += 1
        stream = self._stream.child("page", self._asked)
        self._rest.page(
            self._owner, self._statement_id, page, stream, lambda status, body: self._got(page, status, body)
        )

    def _got(self, page: str | None, status: int, body: Body) -> None:
        if status == 200:
            self._failures = 0
            self._rows += [row[0] for row in body["records"]]
            if body["nextPage"] is not None:
                self.read(body["nextPage"])
                return
            rows, total = tuple(self._rows), body["totalRows"]
            self._stage.note(Read(self._stage.now, self._who, self._statement_id, rows, total))
        elif status in {0, 500, 503} and self._failures < len(_PAUSES):
            self._failures += 1
            self._stage.after(_PAUSES[self._failures - 1], lambda: self.read(page))
        else:
            self._gave_up = True
