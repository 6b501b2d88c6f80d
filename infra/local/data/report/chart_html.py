"""A chart as part of a page: drawings, and for who cannot see them the same as text and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from infra.local.data.report.chart_look import Chart, Readings
from infra.local.data.report.comparison import Comparison, Verdict

_CONFIG = {
    "displaylogo": False,
    "scrollZoom": False,
    "responsive": True,
    "modeBarButtons": [["toImage"]],
    "toImageButtonOptions": {"scale": 2},
}
CLASSES = {Verdict.BROKEN: "broken", Verdict.WITHIN: "within"}
"""How the page paints a verdict; all others are muted."""


def chart_html(chart: Chart, lines: Sequence[Comparison], name: str) -> str:
    """A figure of the page; of the section's `lines` it repeats those that the chart is about."""
    about = [line for line in lines if line.name.startswith(chart.compared)]
    label = escape(
        " ".join([f"{chart.title}.", chart.sentence, *(_said(line) for line in about)]), quote=True
    )
    drawn = "".join(
        f"{_panel_name(panel.name)}"
        + panel.figure.to_html(
            full_html=False, include_plotlyjs=False, config=_CONFIG, div_id=f"{name}-{place}"
        )
        + "</div>"
        for place, panel in enumerate(chart.panels)
    )
    return (
        f"<figure{' class=wide' if chart.wide else ''}><h3>{escape(chart.title)}</h3>"
        f"<figcaption>{escape(chart.sentence)}</figcaption>"
        f'<div class="panels" role="img" aria-label="{label}">{drawn}</div>'
        f'<ul class="near">{"".join(f"<li>{_said_in_colour(line)}</li>" for line in about)}</ul>'
        f"{_readings(chart.title, chart.readings)}</figure>"
    )


def _panel_name(name: str) -> str:
    return f'<div class="panel"><p class="name">{escape(name)}</p>' if name else '<div class="panel">'


def _said(line: Comparison) -> str:
    """A comparison as a sentence."""
    return f"{line.name}: {line.verdict}{_numbers(line)}."


def _said_in_colour(line: Comparison) -> str:
    kind = CLASSES.get(line.verdict, "muted")
    return (
        f'{escape(line.name)}: <span class="{kind}">{line.verdict}</span>'
        f'<span class="muted">{escape(_numbers(line))}</span>'
    )


def _numbers(line: Comparison) -> str:
    if line.verdict is Verdict.NOT_COMPARED:
        return f", {line.reason}"
    bound = f"bound {line.bound}" if line.bound else "no bound"
    return f", {line.distance} apart; {bound}, noise {line.noise}"


def _readings(title: str, readings: Readings) -> str:
    head = "".join(
        f'<th scope="col"{_number(place)}>{escape(heading)}</th>'
        for place, heading in enumerate(readings.headings)
    )
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="number">{escape(text)}</td>' for text in row[1:])
        + "</tr>"
        for row in readings.rows
    )
    return (
        f"<details><summary>Figures of this chart</summary>"
        f'<div class="scroll tall" tabindex="0" role="region" aria-label="{escape(title, quote=True)}: figures">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>"
    )


def _number(place: int) -> str:
    return ' class="number"' if place else ""
