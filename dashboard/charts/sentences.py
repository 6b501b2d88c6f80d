"""What a chart shows, said in one sentence: beside the chart for everybody, and as its name for a screen reader."""

from __future__ import annotations

from datetime import date

from dashboard.answers import Answer
from dashboard.charts.frame import tick_text
from dashboard.formats import day_text, number, value_text
from pipeline.core.reports import Chart

NOTHING = "There is no value to show."


def chart_sentence(answer: Answer, chart: Chart) -> str:
    """Say the highest and the lowest value, and where they stand."""
    column = answer.column(chart.value or chart.y[0])
    if column is None:
        return NOTHING
    read = [(number(cell), row) for row, cell in enumerate(answer.values(column.name))]
    known = [(value, row) for value, row in read if value is not None]
    if not known:
        return NOTHING
    highest, lowest = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    said = [
        f"{value_text(value, column.format)} {_place(answer, chart, row)}" for value, row in (highest, lowest)
    ]
    if highest[0] == lowest[0]:
        return f"{column.label}: {said[0]}."
    return f"{column.label}: highest {said[0]}; lowest {said[1]}."


def _place(answer: Answer, chart: Chart, row: int) -> str:
    """Say where a row stands: `on Fri 5 Jun 2015`, `(Friday, 19:00)`."""
    column = answer.column(chart.x)
    cell = answer.values(chart.x)[row] if column else None
    if column is not None and column.type == "date" and cell is not None:
        return f"on {day_text(date.fromisoformat(str(cell)))}"
    names = (chart.y[0], chart.x) if chart.kind == "heatmap" else (chart.x,)
    return f"({', '.join(tick_text(name, answer.values(name)[row]) for name in names)})"
