"""A chart of days whose bars can be pressed, under the product's style sheet, and nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import dashboard
from dashboard.charts.draw import draw
from tests.dashboard.samples import answer_of, daily_rows, shipped_report

report = shipped_report("daily-summary")
answer = answer_of(report, daily_rows())
st.html(Path(dashboard.__file__).with_name("theme.css"))
st.plotly_chart(draw(answer, report.charts[0]), on_select="rerun", selection_mode="points", key="days")
