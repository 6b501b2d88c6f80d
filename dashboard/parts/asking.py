"""What a press does: ask, ask again, open, cancel. Each runs the results fragment alone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.cards import is_active
from dashboard.client.model import QueryView
from dashboard.comparing import Comparison, compared_question
from dashboard.links import write_link
from dashboard.outlook import PastAnswer
from dashboard.parts.page import Page
from dashboard.periods import Days
from dashboard.questions import Question
from dashboard.session import services
from dashboard.state import PageState

FORM, RESULTS = "form", "results"
_RUNS_ALREADY = "This question is running already: its card is marked."


def ask(page: Page, question: Question, compared: Days | None = None, beside: Sequence[str] = ()) -> None:
    """Run a question, unless the very same one is running: then its card is marked.

    `compared` are other days to ask for besides; the answer does not wait for theirs. `beside` are fragments that
    have to be drawn with the results.
    """
    query_id = begin(page, question, compared)
    write_address(page.state, question, query_id)
    st.rerun([RESULTS, *beside])


def begin(page: Page, question: Question, compared: Days | None = None) -> str:
    """Run a question, or find it running; from now on its answer is awaited. Give the query's id."""
    twin = running_twin(services().bridge.snapshot().queries, question)
    page.state.hint = _RUNS_ALREADY if twin else None
    page.state.complaints = ()
    query_id = twin or _submit(page.state, question)
    page.state.expect(query_id, question)
    if compared is not None:
        compare(page, query_id, question, compared)
    return query_id


def compare(page: Page, query_id: str, question: Question, days: Days) -> None:
    """Ask the same for other days, to be compared with a query's answer."""
    other = compared_question(question, days)
    twin = running_twin(services().bridge.snapshot().queries, other)
    page.state.compare(query_id, Comparison(days, twin or _submit(page.state, other)))


def compare_again(page: Page, query: QueryView, days: Days) -> None:
    """Ask for the other days anew, where a comparison did not come; the address names the new one from now on."""
    question = Question(query.topic_name, query.parameters)
    compare(page, query.query_id, question, days)
    write_address(page.state, question, query.query_id)
    st.rerun(RESULTS)


def _submit(state: PageState, question: Question) -> str:
    query_id = services().bridge.submit(question.topic_name, question.parameters)
    state.questions[query_id] = question
    return query_id


def open_answer(page: Page, query: QueryView) -> None:
    """Show an answer that is there."""
    page.state.open(query.query_id)
    write_address(page.state, Question(query.topic_name, query.parameters), query.query_id)
    st.rerun(RESULTS)


def open_kept(page: Page, kept: PastAnswer, compared: Days | None, kept_too: PastAnswer | None) -> None:
    """Show an answer that is kept, wherever it was asked; it is not run again.

    `compared` are the days to compare it with: their answer is asked for, unless it is `kept_too`.
    """
    question = kept.question
    watch(page.state, kept.query_id, question)
    page.state.expect(kept.query_id, question)
    if compared is not None and kept_too is not None:
        watch(page.state, kept_too.query_id, kept_too.question)
        page.state.compare(kept.query_id, Comparison(compared, kept_too.query_id))
    elif compared is not None:
        compare(page, kept.query_id, question, compared)
    write_address(page.state, question, kept.query_id)
    st.rerun(RESULTS)


def watch(state: PageState, query_id: str, question: Question) -> None:
    """Follow a query that was asked elsewhere. Nothing is run."""
    services().bridge.watch(query_id, question.topic_name, question.parameters)
    state.questions[query_id] = question


def cancel(page: Page, query: QueryView) -> None:
    """Stop a query, and what was asked for only to be compared with it."""
    bridge, comparisons = services().bridge, page.state.comparisons
    bridge.cancel(query.query_id)
    beside = comparisons.get(query.query_id)
    if beside is not None and beside.query_id in page.state.compared_ids:
        running = {one.query_id for one in bridge.snapshot().queries if is_active(one)} - {query.query_id}
        wanted = {other.query_id for of, other in comparisons.items() if of in running}
        if beside.query_id in running - wanted:
            bridge.cancel(beside.query_id)
    st.rerun(RESULTS)


def running_twin(queries: tuple[QueryView, ...], question: Question) -> str | None:
    """Find a running query that asks the same."""
    for query in queries:
        same = query.topic_name == question.topic_name and dict(query.parameters) == dict(question.parameters)
        if same and is_active(query) and query.phase != "cancelling":
            return query.query_id
    return None


def write_address(state: PageState, question: Question, query_id: str) -> None:
    """Put the question and its answer's id into the address bar, so that a reload finds both again."""
    state.address = write_link(question, query_id, state.comparisons.get(query_id))
    st.query_params.from_dict(dict(state.address))
