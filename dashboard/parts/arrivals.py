"""What happens when the page wakes: watch again what was lost, open what was awaited, tell what has come."""

from __future__ import annotations

import streamlit as st

from dashboard.client.bridge import Bridge
from dashboard.client.model import QueryView, Snapshot
from dashboard.parts.live import live_region
from dashboard.questions import Question, sentence
from dashboard.state import PageState

_TOAST_SECONDS = 10


def watch_again(bridge: Bridge, state: PageState) -> None:
    """Follow the queries of this page that a new bridge does not know yet."""
    known = {query.query_id for query in bridge.snapshot().queries}
    shown = {state.awaited, state.opened}
    compared = {comparison.query_id for of, comparison in state.comparisons.items() if of in shown}
    for query_id in shown | compared:
        if query_id is not None and query_id not in known and query_id in state.questions:
            question = state.questions[query_id]
            bridge.watch(query_id, question.topic_name, question.parameters)


def settle(state: PageState, snapshot: Snapshot) -> None:
    """Open the answer that was waited for; forget one that will not come."""
    awaited = find(snapshot, state.awaited)
    if awaited is None:
        return
    if awaited.phase == "finished":
        state.hint = None
        state.open(awaited.query_id)
    elif awaited.phase in {"failed", "cancelled", "refused", "unknown"}:
        state.hint = None
        state.awaited = None


def unseen(state: PageState, snapshot: Snapshot) -> tuple[QueryView, ...]:
    """Give the answers that came, were not opened, and will not open by themselves on the page in view."""
    known = state.seen | state.compared_ids | ({state.awaited} if state.opens_answers else set())
    return tuple(q for q in snapshot.queries if q.phase == "finished" and q.query_id not in known)


def announce(state: PageState, snapshot: Snapshot, *, by_toast: bool) -> None:
    """Tell each end once: to a screen reader, in the tab's title and, where no card shows it, by toast.

    A query has two where it was thought to have ended and was then accepted after all.
    """
    for query in reversed(snapshot.queries):
        end = (query.query_id, query.phase)
        if query.ended_at is None or query.query_id in state.compared_ids or end in state.announced:
            continue
        state.announced.add(end)
        state.announcement = _sentence(state, query)
        if by_toast:
            st.toast(state.announcement, duration=_TOAST_SECONDS)
    live_region(state.announcement, len(unseen(state, snapshot)), state.led)


def find(snapshot: Snapshot, query_id: str | None) -> QueryView | None:
    """Find a query of the session."""
    return next((query for query in snapshot.queries if query.query_id == query_id), None)


def _sentence(state: PageState, query: QueryView) -> str:
    asked = sentence(state.report(query.topic_name), Question(query.topic_name, query.parameters))
    end = "the answer is ready" if query.phase == "finished" else query.phase
    return f"{asked}: {end}."
