"""Describes one report: its question at once, everything else when somebody opens it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from dashboard.formats import plain
from dashboard.pictures import picture_of
from pipeline.core.report_words import limits, rules, takes, unit_of
from pipeline.core.reports import Parameter, Report


@st.fragment
def draw_report(report: Report) -> None:
    """Draw a report with a fold that is filled when it is opened."""
    with st.container(border=True, key=f"report_{report.topic_name}"):
        st.subheader(plain(report.title), anchor=report.topic_name)
        st.markdown(plain(report.question))
        label = "Example, parameters, columns, rules, SQL"
        fold = st.expander(label, key=f"about_{report.topic_name}", on_change="rerun")
        if fold.open:
            with fold:
                _draw_details(report)


def _draw_details(report: Report) -> None:
    _draw_example(report)
    if report.parameters:
        _draw_list("Parameters", map(_parameter, report.parameters))
    _draw_heading("Columns")
    st.table(_columns(report), border="horizontal", hide_index=True, alt=f"Columns of {report.title}")
    _draw_list("Rules", map(plain, (*rules(report), f"Limits: {limits(report)}.")))
    _draw_heading("SQL")
    st.code(report.sql.strip(), language="sql")
    st.caption(plain(f"Maintained by {report.maintainer}. Version {report.version[:12]}."))


def _draw_example(report: Report) -> None:
    """Draw what the first chart says and, for the project's own reports, how it looks."""
    if not report.charts:
        return
    chart = report.charts[0]
    _draw_heading("Example")
    picture = picture_of(report.topic_name)
    if picture is not None:
        st.image(picture, alt=f"Example of the chart: {chart.title}. Synthetic trips.")
        st.caption("Drawn from synthetic trips: do not quote it.")
    st.markdown(plain(f"{chart.title}. {chart.why or ''}"))


def _draw_list(heading: str, lines: Iterable[str]) -> None:
    _draw_heading(heading)
    st.markdown("\n".join(f"- {line}" for line in lines))


def _draw_heading(text: str) -> None:
    # No heading of Markdown: it would bring an anchor of the same name for every report.
    st.markdown(f"**{text}**")


def _parameter(parameter: Parameter) -> str:
    default = f"; {parameter.default} unless changed" if parameter.default is not None else ""
    said = f"{parameter.name}: {takes(parameter)}{default}. {parameter.help or ''}"
    return f"**{plain(parameter.label)}**, {plain(said)}"


def _columns(report: Report) -> pd.DataFrame:
    rows = [
        (
            plain(column.label),
            plain(column.name),
            plain(unit_of(column)),
            column.role,
            plain(column.reason or ""),
        )
        for column in report.columns
    ]
    return pd.DataFrame(rows, columns=["Column", "Name", "Unit", "Role", "Left out because"])
