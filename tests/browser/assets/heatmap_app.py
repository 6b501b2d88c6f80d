"""A heatmap under the product's style sheet, and nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import dashboard
from dashboard.charts.heatmap import heatmap
from tests.dashboard.samples import answer_of, hourly_rows, shipped_report

report = shipped_report("demand-hour-weekday")
st.html(Path(dashboard.__file__).with_name("theme.css"))
st.plotly_chart(heatmap(answer_of(report, hourly_rows()), report.charts[0]))
