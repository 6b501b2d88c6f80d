"""Brings an answer's pages and the declaration of the version that ran; nobody waits for more than the first page."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.answers import Answer, assemble
from dashboard.cards import FETCHING
from dashboard.client.bridge import Bridge
from dashboard.client.model import QueryView
from dashboard.client.rest import RestClient, Unreachable
from dashboard.delivery import Delivery, receive_beside, receive_first
from dashboard.formats import plain
from dashboard.session import Services
from dashboard.state import PageState
from pipeline.core.errors import Refusal
from pipeline.core.reports import Report
from pipeline.core.result_pages import ResultPage

_FAILED = "{what} is ready, but it could not be brought here. {reason}"
_ANSWER = "The answer"


def fetch_answer(held: Services, state: PageState, query: QueryView, what: str = _ANSWER) -> Answer | None:
    """Give an answer as far as it is to be drawn now; the rest is fetched beside the page, which is woken for it.

    While pages are on their way these are the rows of the first. None where there is nothing to draw: then the page
    has said why; `what` is what it calls the answer.
    """
    delivery = state.delivery(query.query_id)
    place = st.empty()
    try:
        pages = _bring(held, delivery, query, place)
        report, current = _report_of(held.rest, state, pages[0])
    except (Unreachable, Refusal) as problem:
        draw_problem(delivery, problem, what)
        return None
    finally:
        place.empty()
    is_growing = delivery.going_on and not delivery.stopped and pages[-1].next_page is not None
    return assemble(pages[:1] if is_growing else pages, report, query.parameters, current=current)


def draw_problem(delivery: Delivery, problem: Unreachable | Refusal, what: str = _ANSWER) -> None:
    """Say why an answer, or the rest of it, is not here, and offer to fetch it again: that runs nothing."""
    reason = problem.sentence if isinstance(problem, Unreachable) else problem.message
    st.error(plain(_FAILED.format(what=what, reason=reason)), icon=":material/error:")
    st.button("Fetch again", key="fetch_again", on_click=delivery.resume)


def _bring(
    held: Services, delivery: Delivery, query: QueryView, place: DeltaGenerator
) -> tuple[ResultPage, ...]:
    """Give the pages that are here, at least the first, and see that the others come."""
    statement_id = query.statement_id or ""
    pages = delivery.pages  # read once: where rows turn out to be missing, the thread lets go of all pages
    if not pages:
        _say(place, FETCHING)  # the card is gone already: nobody shall wait before nothing
        receive_first(held.rest, statement_id, delivery, lambda said: _say(place, said))
        pages = delivery.pages
    waits = delivery.stopped or delivery.problem is not None
    if not delivery.is_complete and not delivery.going_on and not waits:
        receive_beside(held.rest, statement_id, delivery, lambda: _wake_once(held.bridge))
    return pages


def _say(place: DeltaGenerator, said: str) -> None:
    place.markdown(plain(said))


def _wake_once(bridge: Bridge) -> None:
    """Wake the page, unless it is about to run: pages come quicker than they can be drawn."""
    if not bridge.waiting():
        bridge.wake()


def _report_of(rest: RestClient, state: PageState, page: ResultPage) -> tuple[Report, bool]:
    """Give the report as it was when it ran, and whether it still is the newest."""
    newest = state.report(page.topic_name)
    if newest is not None and newest.version == page.report_version:
        return newest, True
    key = (page.topic_name, page.report_version)
    if key not in state.versions:
        state.versions[key] = rest.report(*key)
    return state.versions[key], newest is None
