"""The period of the form: a group of buttons for the kind, and one field for what the kind needs.

A report of few days has the field of days alone, with days of its own: those of the others would be too many.
"""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.formats import bounds_text
from dashboard.periods import KINDS, MONTHS, QUARTERS, Kind, PeriodFields
from dashboard.questions import END, START, usual_days
from dashboard.state import CUSTOM, FEW_DAYS, KIND, MONTH, QUARTER, seed
from pipeline.core.reports import Report

_USUAL = PeriodFields()


def draw_period(report: Report) -> None:
    """Draw the fields; `parts.reading` reads them."""
    if report.maximum_days is not None:
        label = f"First and last day, at most {report.maximum_days} days"
        draw_days(report, label, FEW_DAYS, usual_days(report))
        return
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
            draw_days(report, "First and last day", CUSTOM, _USUAL.custom)


def _draw_buttons(label: str, options: tuple[str, ...], key: str, usual: str) -> None:
    seed(key, usual)
    st.segmented_control(label, options, key=key, required=True, wrap=True, persist_state="session")


def draw_days(report: Report, label: str, key: str, usual: tuple[date, ...]) -> None:
    """Draw a field of two days, within the bounds that the report declares."""
    seed(key, usual)
    first, last = _bound(report, START, "minimum"), _bound(report, END, "maximum")
    with st.container(gap=None, width=320):
        st.date_input(
            label,
            value=list(usual),  # makes it a range; what counts is what the session holds
            min_value=first,
            max_value=last,
            key=key,
            format="YYYY-MM-DD",
            persist_state="session",
        )
        draw_bounds(first, last)


def draw_bounds(first: date | None, last: date | None) -> None:
    """Say below a field which days it takes, before one is refused."""
    if allowed := bounds_text(first, last):
        st.caption(f"Days to choose from: {allowed}")


def _bound(report: Report, name: str, end: str) -> date | None:
    parameter = report.parameter(name)
    text = getattr(parameter, end) if parameter else None
    return date.fromisoformat(text) if text else None
