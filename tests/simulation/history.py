"""What happened in one schedule, and what is there at its end. The checker judges it, the story tells it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from dashboard.client.model import QueryView
from pipeline.core.records import QueryRecord
from tests.simulation.facts import Fact, QueryKey, Struck


class View(NamedTuple):
    """What a page shows at the very end."""

    who: str
    owner: str
    view: QueryView


class History:
    """The facts in their order, and what is there at the end: records, places, attachments, pages.

    `active_queries` says how many queries an owner may have at once.
    """

    def __init__(self, active_queries: int) -> None:
        self.active_queries = active_queries
        self.facts: list[Fact] = []
        self.records: Mapping[QueryKey, QueryRecord] = {}
        self.places: Mapping[str, frozenset[str]] = {}
        self.rows: Mapping[str, tuple[int, ...]] = {}
        self.views: list[View] = []
        self.calm_from = 0.0
        self.probes: frozenset[str] = frozenset()

    def faults(self) -> int:
        """Count the faults that took effect."""
        return sum(type(fact) is Struck for fact in self.facts)

    def trace(self) -> str:
        """Give a fingerprint of everything that happened."""
        digest = sha256()
        for fact in self.facts:
            digest.update(repr(_ordered(fact)).encode())
        return digest.hexdigest()


def _ordered(fact: Fact) -> tuple[Any, ...]:
    """Sets have no order, so that their text depends on the hash seed."""
    return (type(fact).__name__, *(_sorted(value) for value in fact))


def _sorted(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, QueryRecord):
        return (value.state, value.statement_id, value.notified_at, sorted(value.connection_ids))
    return value
