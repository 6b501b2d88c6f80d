"""The queries of a session: what a press, a timer and a new connection do to them, and what they ask.

What answers and notices do to them stands in `replies.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dashboard.client.events import Effect, Moment, SendText, Submitted, Wake, Watched
from dashboard.client.model import QueryView
from dashboard.client.query import Query
from dashboard.client.timing import earliest, is_due
from pipeline.core.messages import MAXIMUM_RESUMED, Cancel, Outcome, Resume, Run, encode

_KEPT = 100


class QueryBook:
    """All queries of one session, in the order in which they were pressed."""

    def __init__(self) -> None:
        self._queries: dict[str, Query] = {}
        self._pending: list[Query] = []
        self._early: dict[str, Outcome] = {}

    def views(self) -> tuple[QueryView, ...]:
        """Give what the page shows, the newest first."""
        return tuple([query.view for query in reversed(self._queries.values())])

    def find(self, query_id: str | None) -> Query | None:
        """Find a query of this session."""
        return self._queries.get(query_id or "")

    def pending(self) -> Sequence[Query]:
        """Give the queries for which something may still come or be asked; of a session's many that is the last few."""
        self._pending = [query for query in self._pending if query.is_followed]
        return self._pending

    def take_up_again(self, query: Query, now: Moment) -> None:
        """Follow a query again that had ended here, and that the pipeline has nevertheless."""
        query.taken_up_again(now)
        if query not in self.pending():
            self._pending.append(query)

    def due(self, link_is_open: bool) -> float | None:
        """Say at which tick one of them has something to do."""
        return earliest(*[query.due(link_is_open) for query in self.pending()])

    def submitted(self, event: Submitted, now: Moment) -> list[Effect]:
        """Register a press of Submit."""
        shown = {name: str(value) for name, value in event.parameters.items()}
        query = Query(
            QueryView(event.query_id, event.topic_name, shown, "sending", pressed_at=now.wall),
            event.pace,
            values=event.parameters,
            pressed_ticks=now.ticks,
            deadline_at=now.ticks + event.pace.deadline_seconds,
        )
        return self._register(query, now)

    def watched(self, event: Watched, now: Moment) -> list[Effect]:
        """Follow a query that was pressed elsewhere; one that is known here already changes nothing."""
        if event.query_id in self._queries:
            return []
        view = QueryView(
            event.query_id,
            event.topic_name,
            event.parameters,
            "running",
            pressed_at=now.wall,
            asked_here=False,
        )
        return self._register(Query(view, event.pace, values=None), now)

    def cancel_pressed(self, query_id: str, now: Moment) -> list[Effect]:
        """Ask for the end of a query; one that never left this machine ends here."""
        query = self.find(query_id)
        if query is None or query.has_ended:
            return []
        if query.values is not None and query.last_run_at is None and not query.was_accepted:
            query.cancelled_here(now)
            return [Wake()]
        if query.ask == "cancel":
            return []
        query.wants_cancel = True
        query.view = replace(query.view, phase="cancelling")
        query.start_asking("cancel", now)
        return []

    def keep_early(self, outcome: Outcome) -> None:
        """Keep an outcome that came before its query was registered here; of too many the oldest goes."""
        self._early.setdefault(outcome.query_id, outcome)
        if len(self._early) > _KEPT:
            del self._early[next(iter(self._early))]

    def link_opened(self, now: Moment) -> None:
        """Let every open query ask where it stands."""
        for query in self.pending():
            query.ask_where_it_stands(now)
            query.restart_silence(now)

    def timer_fired(self, now: Moment, link_is_open: bool) -> list[Effect]:
        """Look after the queries that have been silent for too long, or should have ended by now."""
        for query in self.pending():
            if link_is_open and is_due(query.silence_at, now.ticks):
                query.silence_at = None
                if query.ask is None:
                    query.start_asking("resume", now)
        late = [query for query in self.pending() if is_due(query.deadline_at, now.ticks)]
        for query in late:
            query.deadline_at = None
            _deadline_passed(query, now)
        return [Wake()] if any(query.has_ended for query in late) else []

    def is_unheard(self, now: Moment) -> bool:
        """Say whether the pipeline left a question about a known query without an answer, often enough.

        A `run` is no such question: it ends at its deadline.
        """
        late = (
            query for query in self.pending() if query.was_asked_in_vain and is_due(query.ask_at, now.ticks)
        )
        return any(query.ask in {"resume", "cancel"} for query in late)

    def ask(self, now: Moment) -> list[Effect]:
        """Write the messages that are due: those to resume together, every other by itself."""
        due = [query for query in self.pending() if query.ask and is_due(query.ask_at, now.ticks)]
        if not due:
            return []
        for query in due:
            if query.was_asked_in_vain:
                query.ask_at = None
        asking = [query for query in due if not query.was_asked_in_vain]
        resuming = [query.view.query_id for query in asking if query.ask == "resume"]
        effects: list[Effect] = [SendText(text) for text in _single_messages(asking)]
        for start in range(0, len(resuming), MAXIMUM_RESUMED):
            effects.append(SendText(encode(Resume(tuple(resuming[start : start + MAXIMUM_RESUMED])))))
        for query in asking:
            query.asked(now)
        return effects

    def _register(self, query: Query, now: Moment) -> list[Effect]:
        self._queries[query.view.query_id] = query
        self._pending.append(query)
        self._forget_the_oldest()
        early = self._early.pop(query.view.query_id, None)
        if early is None:
            query.ask_where_it_stands(now)
            return []
        query.told(early, now)
        return [Wake()]

    def _forget_the_oldest(self) -> None:
        over = [query_id for query_id, query in self._queries.items() if not query.is_followed]
        for query_id in over[: max(0, len(self._queries) - _KEPT)]:
            del self._queries[query_id]


def _single_messages(asking: Iterable[Query]) -> Iterator[str]:
    for query in asking:
        if query.ask == "run" and query.values is not None:
            yield encode(Run(query.view.query_id, query.view.topic_name, query.values))
        elif query.ask == "cancel":
            yield encode(Cancel(query.view.query_id))


def _deadline_passed(query: Query, now: Moment) -> None:
    if query.was_accepted:
        query.ask_where_it_stands(now)
    else:
        query.given_up(now)
