"""Describes reports and data, from the catalogue alone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from dashboard.formats import clock_text, counted, day_text, plain
from dashboard.parts.described import draw_report
from dashboard.questions import day_of
from pipeline.core.instants import parse_instant
from pipeline.core.reports import Catalogue, DataDescription, Problem


def draw_reports(catalogue: Catalogue) -> None:
    """Draw each report: what it answers at once, the rest folded."""
    count = len(catalogue.reports)
    st.header(counted(count, "report"), anchor=False)
    if not catalogue.reports:
        st.info("No reports found. An analyst adds one as a file in sql/reports.", icon=":material/info:")
    for report in sorted(catalogue.reports, key=lambda report: report.title.casefold()):
        draw_report(report)
    if catalogue.problems:
        st.subheader("Files that are no reports yet", anchor=False)
        draw_problems(catalogue.problems)


def draw_problems(problems: tuple[Problem, ...]) -> None:
    """List refused files with line and reason."""
    frame = pd.DataFrame(
        [(plain(p.file), p.line, plain(p.message)) for p in problems], columns=["File", "Line", "Reason"]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Files that are no reports")


def draw_data(data: DataDescription, zone: ZoneInfo) -> None:
    """Draw what the loaded data says about itself."""
    st.header("The data", anchor=False)
    st.markdown(plain(f"{data.source[:1].upper()}{data.source[1:]}."))
    first, last = (
        day_text(day) if (day := day_of(text)) else text for text in (data.first_day, data.last_day)
    )
    st.markdown(plain(f"{data.rows:,} trips, picked up from {first} to {last}, New York time."))
    missing = ", ".join(data.missing_days)
    st.markdown(plain(f"Missing days: {missing}." if missing else "No day is missing."))
    for defect in data.known_defects:
        st.markdown(f"- {plain(defect)}")
    st.caption(plain(f"Version {data.version}, loaded {_loaded_text(data, zone)}."))


def _loaded_text(data: DataDescription, zone: ZoneInfo) -> str:
    """Give the time of the load as the viewer's clock has it."""
    if not data.loaded_at:
        return "at an unknown time"
    loaded = parse_instant(data.loaded_at)
    return f"{day_text(loaded.astimezone(zone).date())}, {clock_text(loaded, zone)}"
