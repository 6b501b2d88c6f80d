"""The report as one page that needs nothing from outside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from plotly.offline import get_plotlyjs

from infra.local.data.report.chart_html import CLASSES, chart_html
from infra.local.data.report.chart_look import HEAT, HEAT_DARK, Chart, scale
from infra.local.data.report.comparison import Comparison, Verdict

_FOLDER = Path(__file__).parent
_LEGEND = (
    "A distance is a share of the other value, a factor (×), a difference of shares (points), or, between two spreads, "
    "their total variation: 0 where they are the same, 1 where they have nothing in common. Noise is what chance alone "
    "does to samples of these sizes: the 95th percentile of 500 draws from ours. It is added to the bound. Figures "
    "without a bound are shown with their distance."
)
_HEADINGS = ("Figure", "Verdict", "Compared with", "Ours", "Distance", "Bound", "Noise", "Source")
_NUMBERS = frozenset(_HEADINGS[2:7])


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: what is compared, as a table and as charts."""

    title: str
    notes: Sequence[str]
    lines: Sequence[Comparison]
    charts: Sequence[Chart]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page; `synthetic` data say so at the top."""

    version: str
    source: str
    trips: int
    synthetic: bool
    summary: str
    sections: Sequence[Section]


def html(page: Page) -> str:
    """The page as text: styles, charts and the library that draws them are all in it."""
    label = '<p><strong class="synthetic">Synthetic data</strong></p>' if page.synthetic else ""
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<link rel="icon" href="data:,">',
        "<title>How near are these trips to 2015?</title>",
        f"<style>{_own('page.css')}</style>",
        f"<script>{get_plotlyjs()}</script>",
        "</head><body><main>",
        "<h1>How near are these trips to the yellow taxis of 2015?</h1>",
        label,
        f"<p>{page.trips:,} trips, {escape(page.source)}; version {escape(page.version)}.</p>",
        f"<p><strong>{escape(page.summary)}</strong></p>",
        _out_of_bounds(page.sections),
        f'<p class="muted">{_LEGEND}</p>',
        _contents(page.sections),
        *(_section(section, number) for number, section in enumerate(page.sections)),
        "</main>",
        f"<script>const HEAT_LIGHT = {json.dumps(scale(HEAT))}, HEAT_DARK = {json.dumps(scale(HEAT_DARK))};",
        f"{_own('page.js')}</script>",
        "</body></html>",
    ]
    return "\n".join(parts)


def _out_of_bounds(sections: Sequence[Section]) -> str:
    """The figures that somebody has to look at, by name."""
    links = "".join(
        f'<li><a class="broken" href="#{_place(number, row)}">{escape(line.name)}</a>: {escape(line.distance)} apart, '
        f"{escape(line.bound)} allowed and {escape(line.noise)} by chance</li>"
        for number, section in enumerate(sections)
        for row, line in enumerate(section.lines)
        if line.verdict is Verdict.BROKEN
    )
    return f'<nav aria-label="Out of bounds"><ul>{links}</ul></nav>' if links else ""


def _place(section: int, row: int) -> str:
    return f"figure-{section}-{row}"


def _contents(sections: Sequence[Section]) -> str:
    links = "".join(
        f'<li><a href="#part-{number}">{escape(section.title)}</a>, '
        f'<a href="#charts-{number}">its charts</a></li>'
        for number, section in enumerate(sections)
    )
    return f'<nav aria-label="Contents"><ul>{links}</ul></nav>'


def _section(section: Section, number: int) -> str:
    notes = "\n".join(f'<p class="muted">{escape(note)}</p>' for note in section.notes)
    charts = "\n".join(
        chart_html(chart, section.lines, f"chart-{number}-{place}")
        for place, chart in enumerate(section.charts)
    )
    return (
        f'<section id="part-{number}"><h2>{escape(section.title)}</h2>\n{notes}\n{_table(section, number)}\n'
        f'<div class="charts" id="charts-{number}">{charts}</div></section>'
    )


def _table(section: Section, number: int) -> str:
    lines = section.lines
    with_source = any(line.source for line in lines)
    headings = _HEADINGS if with_source else _HEADINGS[:-1]
    head = "".join(f'<th scope="col"{_class(heading)}>{heading}</th>' for heading in headings)
    rows = "\n".join(
        _row(line, _place(number, row), with_source=with_source) for row, line in enumerate(lines)
    )
    label = escape(f"{section.title}: figures", quote=True)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(line: Comparison, place: str, *, with_source: bool) -> str:
    numbers = (line.reference, line.ours, line.distance, line.bound, line.noise)
    cells = "".join(f'<td class="number">{escape(text) or "–"}</td>' for text in numbers)
    kind = CLASSES.get(line.verdict, "muted")
    reason = f": {escape(line.reason)}" if line.reason else ""
    source = f'<td class="muted">{escape(line.source)}</td>' if with_source else ""
    return (
        f'<tr id="{place}"><th scope="row">{escape(line.name)}</th>'
        f'<td class="{kind}">{line.verdict}{reason}</td>{cells}{source}</tr>'
    )


def _class(heading: str) -> str:
    return ' class="number"' if heading in _NUMBERS else ""


def _own(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
