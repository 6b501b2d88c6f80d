"""The field "Compare with": nothing, the period before, or other days."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.comparing import previous_days
from dashboard.parts.period import draw_days
from dashboard.parts.reading import days_chosen
from dashboard.periods import COMPARE_KINDS, CompareKind
from dashboard.questions import usual_days
from dashboard.state import COMPARE, COMPARE_DAYS, seed
from pipeline.core.reports import Report


def draw_compare(report: Report) -> None:
    """Draw the field; `parts.reading` reads it. A report of few days has none: it lists, and does not sum up."""
    if report.maximum_days is not None:
        return
    seed(COMPARE, COMPARE_KINDS[0])
    with st.container(horizontal=True, key="compare_row"):
        kind: CompareKind | None = st.segmented_control(
            "Compare with", COMPARE_KINDS, key=COMPARE, required=True, wrap=True, persist_state="session"
        )
        if kind == "Other dates":
            draw_days(report, "First and last day to compare with", COMPARE_DAYS, _first_days(report))


def _first_days(report: Report) -> tuple[date, ...]:
    """Give the days that the field begins with: the period before, where there is one."""
    chosen = days_chosen(report)
    before = previous_days(chosen) if chosen else None
    return (before.start, before.end) if before else usual_days(report)
