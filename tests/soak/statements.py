"""Every statement that the warehouse started, as it was asked for on the way there."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from pipeline.core.identifiers import owner_of, parse_statement_name
from tests.browser.data_api_calls import DataApiCalls
from tests.simulation.facts import Executed


class Statements(DataApiCalls):
    """Between the handlers and the warehouse: `lives` has what was started, once for each statement.

    A stand-in that is killed takes its table with it (on AWS the table stays), so each has a life of its own.
    """

    def __init__(self, issuer: str, users: Sequence[str]) -> None:
        super().__init__()
        self.lives: list[dict[str, Executed]] = []
        self._users = {owner_of(issuer, user): user for user in users}

    def by_life(self) -> list[list[Executed]]:
        """Give what each stand-in started."""
        return [list(life.values()) for life in self.lives]

    def passed(self, operation: str, request: bytes, answer: bytes) -> None:
        """See `DataApiCalls.passed`."""
        super().passed(operation, request, answer)
        statement_id = json.loads(answer).get("Id")
        if operation == "ExecuteStatement" and statement_id is not None:
            asked = json.loads(request)
            owner, query_id = parse_statement_name(asked["StatementName"]) or ("nobody", "")
            key = (self._users.get(owner, owner), query_id)
            values = {one["name"]: one["value"] for one in asked["Parameters"]}
            fact = Executed(time.monotonic(), 0, key, statement_id, values)
            self.lives[-1].setdefault(statement_id, fact)

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever asked or was asked has been killed."""
