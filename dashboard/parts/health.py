"""The blocks of the Status page. It is true while it is looked at: it looks again by itself, at a calm pace."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version

import streamlit as st

from dashboard.formats import clock_seconds_text, plain
from dashboard.history import failures
from dashboard.parts.about import draw_problems
from dashboard.parts.badge import link_sentence
from dashboard.parts.catalogue import read_catalogue
from dashboard.parts.history import read_history
from dashboard.parts.page import Page
from dashboard.session import Services, services

_PACKAGE = "nyc-taxi-insights"
_LOOKS_EVERY_SECONDS = 5


@st.fragment(run_every=_LOOKS_EVERY_SECONDS)
def draw_health(page: Page) -> None:
    """Look, and say what was seen and when. This is the only page that asks again and again."""
    had_catalogue = page.state.catalogue is not None
    read_catalogue(services(), page.state)
    if page.state.catalogue is not None and not had_catalogue:
        st.rerun()  # the frame of the page says that there is none
    looked = clock_seconds_text(datetime.now(UTC), page.zone)
    st.caption(f"Looked at {looked}; looks again every {_LOOKS_EVERY_SECONDS} seconds.")
    draw_connection(page)
    draw_source(page)
    draw_files(page)


def draw_connection(page: Page) -> None:
    """Say how the connection is, and since when."""
    held = services()
    link = held.bridge.snapshot().link
    st.header("Connection", anchor=False)
    since = clock_seconds_text(link.since, page.zone)
    said = link_sentence(link, page.zone) or f"The connection is {link.state} since {since}."
    st.markdown(plain(said))
    st.markdown(plain(_place_sentence(held)))


def _place_sentence(held: Services) -> str:
    if held.child is not None:
        return f"The pipeline runs on this computer. {held.child.sentence or 'It is ready.'}"
    if held.on_this_computer:
        return "The pipeline runs on this computer, and was not started by this dashboard."
    return "The pipeline runs elsewhere."


def draw_source(page: Page) -> None:
    """Say what data and what versions are in use."""
    st.header("Source and version", anchor=False)
    if page.state.catalogue is None:
        st.markdown(plain(page.state.catalogue_problem or "The data is not known yet."))
    else:
        data = page.state.catalogue.data
        kind = "synthetic" if data.synthetic else "real"
        st.markdown(plain(f"{data.rows:,} trips, {kind}: {data.source}. Data version {data.version}."))
    st.markdown(plain(f"NYC Taxi Insights {version(_PACKAGE)}. Times of day on this page: {page.zone.key}."))


def draw_files(page: Page) -> None:
    """List the files of the reports folder that were refused."""
    st.header("Reports", anchor=False)
    if page.state.catalogue is None:
        return
    problems, reports = page.state.catalogue.problems, page.state.catalogue.reports
    refused = f"{len(problems)} files are refused" if len(problems) != 1 else "1 file is refused"
    offered = f"{len(reports)} reports are offered" if len(reports) != 1 else "1 report is offered"
    st.markdown(f"{offered}, {refused}.")
    if problems:
        draw_problems(problems)


def draw_failures(page: Page) -> None:
    """Count, by report, which of one's own queries of the last day failed; read once for each visit."""
    st.header("Failures", anchor=False)
    problem = read_history(services(), page.state)
    counts = failures(page.state.history)
    if problem:
        st.markdown(plain(f"Your queries cannot be counted now. {problem}"))
    elif not counts:
        st.markdown("None of your queries of the last 24 hours failed.")
    for topic_name, count in counts.most_common():
        report = page.state.report(topic_name)
        title = report.title if report else topic_name
        st.markdown(
            plain(f"{title}: {count} of your queries failed in the last 24 hours. My queries says why.")
        )


def draw_shortcuts() -> None:
    """List the keys."""
    st.header("Keys", anchor=False)
    st.markdown("Ctrl+Enter submits, also from within a date. Arrow keys choose within a group.")
