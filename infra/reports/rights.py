"""Whether a report reads only what the user that reports run as may read: the grants of the warehouse's set-up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from infra.local.redshift.dialect import parse
from infra.reports.sources import all_tables, problem_at
from infra.warehouse import FOLDER
from pipeline.core.report_text import ReportText
from pipeline.core.reports import Problem, Report

_GRANT = re.compile(r"^grant select on ([\w\s,]+)\sto\s", re.MULTILINE)


def granted() -> tuple[str, ...]:
    """Name the views and tables that a report may read, as the grants do."""
    text = (FOLDER / "04-report-user.sql").read_text(encoding="utf-8")
    return tuple(name for names in _GRANT.findall(text) for name in re.findall(r"\w+", names))


def right_problems(report: Report, text: ReportText) -> Iterator[Problem]:
    """Say where something is read that Redshift would refuse to show.

    Raises:
        SqlError: the SQL cannot be read.
    """
    readable = granted()
    for table in all_tables(parse(report.sql)):
        if table.name.lower() not in readable:
            message = f"Reports may not read {table.name}: they may read {', '.join(readable)}."
            yield problem_at(text, table, message)
