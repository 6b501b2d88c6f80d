"""A history with the lookups that several promises need."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.core.records import QueryRecord
from tests.simulation.facts import Executed, Finished, Heard, LineOpened, Pressed, QueryKey, Wrote
from tests.simulation.history import History, View
from tests.simulation.messages import told
from tests.simulation.moves import OUTCOMES


class Trial:
    """One history, its facts by their kind."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.of: dict[type, list[Any]] = defaultdict(list)
        for fact in history.facts:
            self.of[type(fact)].append(fact)
        self.pressed = {(fact.owner, fact.query_id) for fact in self.of[Pressed]}
        self.statements: dict[str, QueryKey] = {f.statement_id: f.key for f in self.of[Executed]}
        self.writes: dict[QueryKey, list[Wrote]] = defaultdict(list)
        for write in self.of[Wrote]:
            self.writes[write.key].append(write)
        self.heard_of = {
            (heard.who, str(one.get("queryId")))
            for heard in self.of[Heard]
            for one in told(heard.message)
            if one["type"] in OUTCOMES | {"accepted"}
        }
        self.unknown = [shown for shown in history.views if self._is_unknown(shown)]
        self.owners: dict[str, str] = {fact.connection_id: fact.owner for fact in self.of[LineOpened]}
        self.answered = {fact.by: fact for fact in self.of[Finished] if fact.how == "answered"}

    def in_order(self, *kinds: type) -> list[Any]:
        """Give the facts of some kinds, in their order."""
        return [fact for fact in self.history.facts if type(fact) in kinds]

    def record_before(self, key: QueryKey, second: float) -> QueryRecord | None:
        """Give a record as it was just before a moment."""
        return next((write.after for write in reversed(self.writes.get(key, [])) if write.at < second), None)

    def went_well(self, by: int) -> bool:
        """Say whether an invocation came to its end."""
        return by in self.answered

    def _is_unknown(self, shown: View) -> bool:
        """A page ended a query by its own guess and never heard of it since, and the pipeline has it nevertheless."""
        record = self.history.records.get((shown.owner, shown.view.query_id))
        is_guess = record is not None and shown.view.phase != record.state
        return is_guess and (shown.who, shown.view.query_id) not in self.heard_of
