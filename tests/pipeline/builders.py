"""Values that many specifications need: one of each, to be varied by what a test is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from pipeline.core.access import Caller
from pipeline.core.declarations import parse_report
from pipeline.core.records import KEPT_AFTER_DEADLINE, End, QueryRecord, ended
from pipeline.core.reports import Parameter, Report
from tests.fakes.others import START
from tests.fakes.ports import JUNE, REPORT

OWNER = "a" * 32
STRANGER = "b" * 32
QUERY_ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
OTHER_QUERY_ID = "7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10"
STATEMENT_ID = "d9b6c0c9-0747-4bf4-b142-e8883122f766"
OTHER_STATEMENT_ID = "11111111-2222-3333-4444-555555555555"
CALLER = Caller(OWNER, frozenset())


def query(**changes: Any) -> QueryRecord:
    """Give a query as it is recorded at its submit, with changes."""
    deadline = START + timedelta(seconds=60)
    record = QueryRecord(
        owner=OWNER,
        query_id=QUERY_ID,
        topic_name="daily-summary",
        parameters=JUNE,
        parameters_hash="h" * 64,
        state="accepted",
        submitted_at=START,
        deadline=deadline,
        report_version="f" * 64,
        data_version="2015-synthetic",
        synthetic=True,
        expires_at=deadline + KEPT_AFTER_DEADLINE,
    )
    return replace(record, **changes)


def running(**changes: Any) -> QueryRecord:
    """Give a query whose statement is known."""
    return query(state="running", statement_id=STATEMENT_ID) if not changes else replace(running(), **changes)


def finished(**changes: Any) -> QueryRecord:
    """Give a query that finished with 30 rows after two seconds."""
    at = START + timedelta(seconds=2)
    end = End("finished", at, STATEMENT_ID, rows=30, result_expires_at=at + timedelta(hours=24))
    return replace(ended(running(), end), **changes)


def report(**changes: Any) -> Report:
    """Give the report of the fakes, with changes."""
    return replace(parse_report("daily-summary", REPORT.encode(), {}), **changes)


def parameter(**changes: Any) -> Parameter:
    """Give a required date, with changes."""
    return replace(Parameter("startDate", "From", "date"), **changes)
