"""The form of Explore, made from the chosen report's declaration; Submit; and three questions to start from."""

from __future__ import annotations

import streamlit as st

from dashboard.formats import plain, span_text
from dashboard.parts.asking import FORM, ask
from dashboard.parts.catalogue import read_catalogue, watch_attention
from dashboard.parts.compare import draw_compare
from dashboard.parts.fields import draw_field
from dashboard.parts.outlook import draw_outlook
from dashboard.parts.page import Page
from dashboard.parts.period import draw_period
from dashboard.parts.presses import watch_presses
from dashboard.parts.reading import Reading, read_form
from dashboard.questions import has_period, other_parameters, sentence
from dashboard.session import services
from dashboard.starters import STARTERS, Starter
from dashboard.state import REPORT, fill_form, held, put
from pipeline.core.reports import Report

_AT_ONCE = 2
_WAIT = "when the connection is back"
_NOT_YET = "The form comes by itself as soon as the list of reports is here."


@st.fragment(key=FORM)
def draw_form(page: Page) -> None:
    """Draw the form; changing a field runs only this fragment, and nothing is sent before Submit."""
    with st.container(gap=None):
        watch_presses()
        if watch_attention():
            read_catalogue(services(), page.state)
    with st.container(border=True, key="form"):
        report = _draw_report_choice(page)
        if report is not None:
            _draw_questions(report)
            _draw_submit(page, report)
    _draw_starters(page)


def _draw_report_choice(page: Page) -> Report | None:
    reports = page.state.offers()
    if not reports:
        st.markdown(
            _NOT_YET if page.state.catalogue is None else "No reports found. The Status page says why."
        )
        return None
    if held(REPORT, "") not in reports:
        put(REPORT, _first_report(reports))
    with st.container(horizontal=True, vertical_alignment="bottom", key="report_row"):
        chosen = _draw_report_box(reports)
        report = reports.get(chosen or "")
        if report is not None:
            st.markdown(plain(report.question))
    return report


def _first_report(reports: dict[str, Report]) -> str:
    """Give the report that the first starter asks, which most people want; else the first of the list."""
    started = STARTERS[0].question.topic_name
    return started if started in reports else next(iter(reports))


def _draw_report_box(reports: dict[str, Report]) -> str | None:
    return st.selectbox(
        "Report",
        list(reports),
        format_func=lambda name: reports[name].title if name in reports else name,
        key=REPORT,
        persist_state="session",
        width=420,
    )


def _draw_questions(report: Report) -> None:
    if has_period(report):
        draw_period(report)
        draw_compare(report)
    others = other_parameters(report)
    for parameter in others[:_AT_ONCE]:
        draw_field(report, parameter)
    if others[_AT_ONCE:]:
        with st.expander("More options"):
            for parameter in others[_AT_ONCE:]:
                draw_field(report, parameter)


def _draw_submit(page: Page, report: Report) -> None:
    reading = read_form(report)
    with st.container(horizontal=True, vertical_alignment="center", key="submit_row"):
        st.markdown(_sentence(page, report, reading), width="content")
        st.button(
            "Submit",
            key="submit",
            type="primary",
            shortcut="Ctrl+Enter",
            disabled=bool(reading.missing) or not page.state.submit_allowed,
            on_click=_submit,
            args=(page, reading),
        )
    if not reading.missing:
        draw_outlook(page, report, reading.question, reading.compared)


def _sentence(page: Page, report: Report, reading: Reading) -> str:
    if reading.missing:
        return plain(" ".join(reading.missing))
    asked = f"You will ask: **{plain(sentence(report, reading.question))}**{_compared(reading)}"
    return asked if page.state.submit_allowed else f"{asked}, {_WAIT}"


def _compared(reading: Reading) -> str:
    if reading.remark:
        return f". {plain(reading.remark)}"
    return (
        f", compared with {span_text(reading.compared.start, reading.compared.end)}"
        if reading.compared
        else ""
    )


def _submit(page: Page, drawn: Reading) -> None:
    """Ask what the fields hold now; the form says so too, where it was drawn before the last of them was left."""
    report = page.state.report(held(REPORT, ""))
    reading = read_form(report) if report else None
    if reading is not None and not reading.missing:
        ask(page, reading.question, reading.compared, beside=() if reading == drawn else (FORM,))


def _draw_starters(page: Page) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="starters"):
        st.markdown("Try", width="content")
        for number, starter in enumerate(STARTERS):
            report = page.state.report(starter.question.topic_name)
            if report is not None:
                st.button(starter.label, key=f"starter_{number}", on_click=_start, args=(report, starter))


def _start(report: Report, starter: Starter) -> None:
    fill_form(report, starter.question)
