"""Reports, pages and answers that the tests of the views share: small, and with the awkward things in them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from dashboard.answers import Answer, assemble
from dashboard.questions import default_question
from pipeline.core.choices import parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.history import HistoryItem
from pipeline.core.reports import (
    Catalogue,
    Chart,
    Choice,
    Column,
    DataDescription,
    Kpi,
    Parameter,
    Problem,
    Report,
)
from pipeline.core.result_pages import Cell, ResultColumn, ResultPage

_SQL = Path(__file__).parents[2] / "sql"

DATA = DataDescription(
    version="2015-synthetic-0.01-9a2e",
    synthetic=True,
    source="made by this project to resemble 2015",
    rows=1_461_130,
    first_day="2015-01-01",
    last_day="2015-12-31",
    missing_days=(),
    loaded_at="2026-11-24T14:58:00.000Z",
    known_defects=("Vendor 1 rounds distances to 0.1 miles.",),
)


def shipped_report(topic_name: str) -> Report:
    """Read one of the project's own reports."""
    choices = {path.stem: parse_choices(path.read_bytes()) for path in (_SQL / "choices").glob("*.csv")}
    content = (_SQL / "reports" / f"{topic_name}.sql").read_bytes()
    return parse_report(topic_name, content, choices)


def shipped_topics() -> list[str]:
    """Name the project's own reports."""
    return sorted(path.stem for path in (_SQL / "reports").glob("*.sql"))


def small_report() -> Report:
    """Make a report with one parameter of each type, and a column of each role."""
    return Report(
        topic_name="small",
        version="v1",
        sql="select 1",
        title="Small report",
        question="How small?",
        maintainer="tests",
        usual_seconds=3,
        deadline_seconds=20,
        maximum_rows=100,
        groups=(),
        parameters=(
            Parameter("top", "How many", "integer", default="25", minimum="10", maximum="100"),
            Parameter(
                "airport",
                "Airport",
                "choice",
                default="All",
                choices=(Choice("All", "All airports"), Choice("JFK", "Kennedy")),
            ),
            Parameter("share", "Share", "number", default="2.5"),
            Parameter("word", "Word", "text", default="yellow"),
            Parameter("night", "Nights only", "boolean", default="false"),
            Parameter("day", "Day", "date", default="2015-06-05", minimum="2015-01-01", maximum="2015-12-31"),
        ),
        columns=SMALL_COLUMNS,
        kpis=(
            Kpi("Trips", "trips", "sum"),
            Kpi("Fare per trip", "fares", "sum", per="trips", format="usd"),
            Kpi("Card tips", "fares", "sum", per="trips", format="percent"),
            Kpi("Busiest", "trips", "maximum", at=("zone", "hour")),
        ),
        notes=("A note.",),
        charts=(Chart("ranked", "Trips by zone", "zone", ("trips",)),),
    )


SMALL_COLUMNS = (
    Column("zone", "text", "Zone", "dimension"),
    Column("hour", "integer", "Hour", "dimension", format="integer"),
    Column("trips", "integer", "Trips", "measure", format="integer"),
    Column("fares", "decimal", "Fares", "measure", unit="$", format="usd"),
    Column("control_trips", "integer", "Trips, counted again", "control", format="integer"),
    Column("without_fare", "integer", "Left out", "excluded", format="integer", reason="fare not above $0"),
)
SMALL_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("JFK", 7, 10, "100.10", 36, 2),
    ("=Midtown*", 19, 26, None, 36, 2),
)


def small_answer(rows: Sequence[tuple[Cell, ...]] = SMALL_ROWS, **changes: object) -> Answer:
    """Make the small report's answer."""
    answer = Answer("q1", small_report(), SMALL_COLUMNS, tuple(rows), truncated=False, synthetic=True)
    return replace(answer, **changes)  # type: ignore[arg-type]  # the test says which field


def catalogue(*reports: Report, problems: tuple[Problem, ...] = (), synthetic: bool = True) -> Catalogue:
    """Make a catalogue; without reports it holds those that are shipped."""
    shipped = (shipped_report("daily-summary"), shipped_report("demand-hour-weekday"))
    return Catalogue(reports or shipped, replace(DATA, synthetic=synthetic), problems)


def pages_of(
    report: Report,
    rows: Sequence[tuple[Cell, ...]],
    size: int = 1000,
    *,
    query_id: str = "q1",
    statement_id: str = "statement",
) -> list[ResultPage]:
    """Cut rows into result pages as the pipeline serves them; tokens are page numbers."""
    starts = range(0, max(len(rows), 1), size)
    return [
        ResultPage(
            statement_id=statement_id,
            query_id=query_id,
            topic_name=report.topic_name,
            report_version=report.version,
            data_version=DATA.version,
            synthetic=True,
            columns=tuple(ResultColumn(column.name, column.type) for column in report.columns),
            records=tuple(rows[start : start + size]),
            total_rows=len(rows),
            truncated=False,
            next_page=str(number + 1) if start + size < len(rows) else None,
        )
        for number, start in enumerate(starts)
    ]


def daily_rows(first: date = date(2015, 6, 1), days: int = 30) -> list[tuple[Cell, ...]]:
    """Make believable rows of the daily summary."""
    draw = random.Random(2015)
    trips = [4000 + draw.randrange(-500, 500) for _ in range(days)]
    return [
        (
            (first + timedelta(days=n)).isoformat(),
            count,
            "12.85",
            f"{count * 16}.50",
            2.97,
            13.1,
            20.1,
            f"{count * 12}.85",
            count - 2,
            count * 2.97,
            count - 5,
            f"{count * 2}.00",
            f"{count * 10}.00",
            sum(trips),
            2 * days,
            5 * days,
            3 * days,
        )
        for n, count in enumerate(trips)
    ]


def hourly_rows() -> list[tuple[Cell, ...]]:
    """Make believable rows of demand by hour and weekday."""
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    draw = random.Random(2015)
    trips = [[50 + 10 * hour + draw.randrange(40) for hour in range(24)] for _ in names]
    total = sum(map(sum, trips))
    return [
        (day + 1, name, hour, trips[day][hour], trips[day][hour] / 4, total, 9)
        for day, name in enumerate(names)
        for hour in range(24)
    ]


def answer_of(report: Report, rows: Sequence[tuple[Cell, ...]]) -> Answer:
    """Make the answer of a report."""
    return assemble(pages_of(report, rows), report, default_question(report).parameters, current=True)


def past_query(finished_at: datetime, **changes: object) -> HistoryItem:
    """Make a line of "my queries": June, answered two seconds after it was asked, and kept for a day."""
    item = HistoryItem(
        query_id="0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11",
        topic_name="daily-summary",
        parameters={"startDate": "2015-06-01", "endDate": "2015-06-30"},
        state="finished",
        statement_id="statement",
        submitted_at=finished_at - timedelta(seconds=2),
        finished_at=finished_at,
        rows=30,
        result_expires_at=finished_at + timedelta(hours=24),
        report_version="v1",
        data_version="d1",
        synthetic=True,
        error=None,
    )
    return replace(item, **changes)  # type: ignore[arg-type]  # the test says which field
