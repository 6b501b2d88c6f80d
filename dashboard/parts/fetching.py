"""Fetches an answer's pages and the declaration of the version that ran, and says how far it is."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer, assemble
from dashboard.cards import FETCHING
from dashboard.client.model import QueryView
from dashboard.client.rest import RestClient, Unreachable
from dashboard.delivery import receive
from dashboard.formats import plain
from dashboard.state import PageState
from pipeline.core.errors import Refusal
from pipeline.core.reports import Report
from pipeline.core.result_pages import ResultPage

_FAILED = "The answer is ready, but it could not be brought here. {reason}"


def fetch_answer(rest: RestClient, state: PageState, query: QueryView) -> Answer | None:
    """Give the whole answer; None where it cannot be had now: then the page has said why."""
    delivery = state.delivery(query.query_id)
    place = st.empty()
    if not delivery.is_complete:
        _say(place, FETCHING)  # the card is gone already: nobody shall wait before nothing
    try:
        receive(rest, query.statement_id or "", delivery, lambda said: _say(place, said))
        report, current = _report_of(rest, state, delivery.pages[0])
    except Unreachable as problem:
        _draw_problem(problem.sentence)
        return None
    except Refusal as refusal:
        _draw_problem(refusal.message)
        return None
    finally:
        place.empty()
    return assemble(delivery.pages, report, current=current)


def _say(place: st.delta_generator.DeltaGenerator, said: str) -> None:
    place.markdown(plain(said))


def _draw_problem(reason: str) -> None:
    st.error(plain(_FAILED.format(reason=reason)), icon=":material/error:")
    st.button("Fetch again", key="fetch_again")


def _report_of(rest: RestClient, state: PageState, page: ResultPage) -> tuple[Report, bool]:
    """Give the report as it was when it ran, and whether it still is the newest."""
    newest = state.report(page.topic_name)
    if newest is not None and newest.version == page.report_version:
        return newest, True
    key = (page.topic_name, page.report_version)
    if key not in state.versions:
        state.versions[key] = rest.report(*key)
    return state.versions[key], newest is None
