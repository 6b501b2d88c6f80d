"""The example that a first visitor sees at once: published totals of 2015, drawn without asking anything."""

from __future__ import annotations

import streamlit as st

from dashboard.answers import Answer
from dashboard.charts.draw import draw
from dashboard.charts.frame import HEIGHT, captioned, picture_config
from dashboard.charts.sentences import chart_sentence
from dashboard.formats import plain
from dashboard.glance import glance_days, glance_report

_LABEL = "Published totals, not your warehouse. Source: NYC TLC, yellow taxi trip records of 2015."


def draw_glance(*, with_chart: bool) -> None:
    """Draw 365 daily totals with the events that explain them.

    The browser reads megabytes before it draws its first chart, and the form would wait for that: the chart
    comes in a second run, when the form stands.
    """
    report = glance_report()
    records = tuple((day.day.isoformat(), day.trips) for day in glance_days())
    answer = Answer("", report, report.columns, records, truncated=False, synthetic=False)
    chart = report.charts[0]
    said = chart_sentence(answer, chart)
    st.header(report.title, anchor=False)
    st.caption(_LABEL)
    st.markdown(plain(said))
    if with_chart:
        figure = captioned(draw(answer, chart), _LABEL.rstrip("."), synthetic=False)
        config = picture_config("nyc-taxi_2015-at-a-glance")
        st.plotly_chart(figure, key="glance", config=config, alt=f"{report.title}. {said}")
    else:
        st.skeleton(height=HEIGHT)
