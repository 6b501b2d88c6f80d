"""The page that describes every report, written from the declarations: docs/reports.md."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.core.identifiers import file_name
from pipeline.core.report_words import limits, rules, takes, unit_of
from pipeline.core.reports import Parameter, Report

_HEAD = """# Reports

Every report of this project, in the order of their titles. Written by `make report-catalogue` from the declarations in
`sql/reports/`: change those, not this page. [Adding a report](adding-a-report.md) says how; what the rules call
believable stands in [the data](data.md). The pictures show synthetic trips, 1 % of the year (`make gallery`).
"""


def catalogue(reports: Sequence[Report], pictured: Collection[str]) -> str:
    """Write the page. `pictured` names the reports whose picture stands in `gallery/` beside it."""
    ordered = sorted(reports, key=lambda report: report.title)
    contents = [
        f"- [{_plain(report.title)}](#{report.topic_name}): {_plain(report.question)}" for report in ordered
    ]
    parts = ["\n".join(_section(report, report.topic_name in pictured)) for report in ordered]
    return "\n".join([_HEAD, *contents, "", *parts])


def _section(report: Report, is_pictured: bool) -> Iterator[str]:
    yield f'## <a id="{report.topic_name}"></a>{_plain(report.title)}'
    yield f"\n{_plain(report.question)}\n"
    yield f"`{report.topic_name}`, maintained by {_plain(report.maintainer)}; {_plain(limits(report))}.\n"
    yield from _table(
        ("parameter", "asks for", "takes", "default"), [_parameter(p) for p in report.parameters]
    )
    columns = [(f"`{c.name}`", c.label, c.type, unit_of(c), c.role) for c in report.columns]
    yield from _table(("column", "shown as", "type", "unit", "role"), columns)
    figures = "; ".join(_plain(kpi.label) for kpi in report.kpis)
    if figures:
        yield f"Figures: {figures}.\n"
    if report.charts and is_pictured:
        yield f"![{_plain(report.charts[0].title)}, synthetic data](gallery/{report.topic_name}.png)\n"
    for chart in report.charts:
        yield f"Chart: {_plain(chart.title)} ({chart.kind}).{f' {_plain(chart.why)}' if chart.why else ''}\n"
    for note in rules(report):
        yield f"- {_plain(note)}"
    yield ""
    yield f"<details><summary>SQL ({file_name(report.topic_name)})</summary>\n"
    yield f"```sql\n{report.sql}\n```\n\n</details>\n"


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    asks = f"{parameter.label}. {parameter.help}" if parameter.help else parameter.label
    return f"`{parameter.name}`", asks, takes(parameter), parameter.default or ""


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {' | '.join(heading)} |"
    yield f"|{'---|' * len(heading)}"
    for row in rows:
        yield f"| {' | '.join(cell if cell.startswith('`') else _plain(cell) for cell in row)} |"
    yield ""


def _plain(text: str) -> str:
    """Write an analyst's words so that Markdown takes none of them for its own."""
    return "".join(f"\\{character}" if character in "\\`*_[]<>|$" else character for character in text)
