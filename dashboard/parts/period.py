"""The period of the form: a group of buttons for the kind, and one field for what the kind needs."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.periods import KINDS, MONTHS, QUARTERS, Kind, PeriodFields
from dashboard.questions import END, START
from dashboard.state import CUSTOM, KIND, MONTH, QUARTER, seed
from pipeline.core.reports import Report

_USUAL = PeriodFields()


def draw_period(report: Report) -> None:
    """Draw the fields; `parts.reading` reads them."""
    seed(KIND, _USUAL.kind)
    with st.container(horizontal=True, key="period_row"):
        kind: Kind | None = st.segmented_control(
            "Period", KINDS, key=KIND, required=True, wrap=True, persist_state="session"
        )
        if kind == "Month":
            _draw_buttons("Month of 2015", MONTHS, MONTH, _USUAL.month)
        elif kind == "Quarter":
            _draw_buttons("Quarter of 2015", QUARTERS, QUARTER, _USUAL.quarter)
        elif kind == "Custom":
            _draw_days(report)


def _draw_buttons(label: str, options: tuple[str, ...], key: str, usual: str) -> None:
    seed(key, usual)
    st.segmented_control(label, options, key=key, required=True, wrap=True, persist_state="session")


def _draw_days(report: Report) -> None:
    seed(CUSTOM, _USUAL.custom)
    st.date_input(
        "First and last day",
        value=list(_USUAL.custom),  # makes it a range; what counts is what the session holds
        min_value=_bound(report, START, "minimum"),
        max_value=_bound(report, END, "maximum"),
        key=CUSTOM,
        format="YYYY-MM-DD",
        persist_state="session",
        width=320,
    )


def _bound(report: Report, name: str, end: str) -> date | None:
    parameter = report.parameter(name)
    text = getattr(parameter, end) if parameter else None
    return date.fromisoformat(text) if text else None
