"""The reports that exist, and their twins: found by their files, so that neither can be forgotten."""

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
TWINS = Path(__file__).parent / "twins"
TOPICS = tuple(sorted(file.stem for file in (_SQL / "reports").glob("*.sql")))


class Twin(Protocol):
    """The second computation of a report."""

    COLUMNS: dict[str, Kind]

    @staticmethod
    def answer(export: Export, parameters: Parameters) -> list[Row]:
        """Compute the table."""


def twin_file(topic: str) -> Path:
    """Name the file of a report's twin."""
    return TWINS / f"{topic.replace('-', '_')}.py"


def twin_of(topic: str) -> Twin:
    """Load the twin of a report."""
    return cast(Twin, import_module(f"tests.reports.twins.{twin_file(topic).stem}"))


def report_of(topic: str) -> Report:
    """Read a report as the pipeline does."""
    choices = {file.stem: parse_choices(file.read_bytes()) for file in (_SQL / "choices").glob("*.csv")}
    return parse_report(topic, (_SQL / "reports" / f"{topic}.sql").read_bytes(), choices)
