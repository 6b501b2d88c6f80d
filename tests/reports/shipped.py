"""The reports that are shipped, and their twins. A report that an analyst adds needs none."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from pipeline.core.choices import parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.reports import Report
from tests.reports.twins.common.question import Kind, Parameters, Row
from tests.reports.twins.common.rows import Export

_SQL = Path(__file__).resolve().parents[2] / "sql"
THE_SIXTEEN = (
    "about-the-data",
    "airports",
    "daily-summary",
    "data-quality",
    "demand-hour-weekday",
    "fares-revenue",
    "od-flows",
    "passengers",
    "payment-mix",
    "speed-hour",
    "tips",
    "trip-length",
    "trip-list",
    "unusual-days",
    "vendors",
    "zone-map",
)


class Twin(Protocol):
    """The second computation of a report."""

    COLUMNS: dict[str, Kind]

    @staticmethod
    def answer(export: Export, parameters: Parameters) -> list[Row]:
        """Compute the table."""


def report_file(topic: str) -> Path:
    """Name the file of a report."""
    return _SQL / "reports" / f"{topic}.sql"


def twin_of(topic: str) -> Twin:
    """Load the twin of a report."""
    return cast(Twin, import_module(f"tests.reports.twins.{topic.replace('-', '_')}"))


def report_of(topic: str) -> Report:
    """Read a report as the pipeline does."""
    choices = {file.stem: parse_choices(file.read_bytes()) for file in (_SQL / "choices").glob("*.csv")}
    return parse_report(topic, report_file(topic).read_bytes(), choices)
