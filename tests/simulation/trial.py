"""A history with the lookups that several promises need."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.core.messages import Cancelled, Error, Failed
from pipeline.core.records import QueryRecord
from tests.simulation.facts import Executed, Finished, LineOpened, Pressed, QueryKey, Wrote
from tests.simulation.history import History, View


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
        self.unknown = [view for view in history.views if _is_unknown(history, view)]
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


def _is_unknown(history: History, shown: View) -> bool:
    """A page that never heard `accepted` ended the query by itself, and the pipeline has it nevertheless."""
    view = shown.view
    record = history.records.get((shown.owner, view.query_id))
    if record is None or view.accepted_at is not None or view.statement_id is not None:
        return False
    if isinstance(view.outcome, Failed):
        return view.outcome.code == "not_started" and record.state != "failed"
    return isinstance(view.outcome, Cancelled | Error) and view.phase != record.state
