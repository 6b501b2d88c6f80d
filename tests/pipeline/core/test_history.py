from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.core.history import history_item
from pipeline.core.records import End, ended
from pipeline.core.schema import to_wire
from tests.fakes.others import START
from tests.fakes.ports import JUNE
from tests.pipeline.builders import QUERY_ID, STATEMENT_ID, finished, query, running

pytestmark = pytest.mark.fast


def test_a_line_has_exactly_the_published_fields() -> None:
    assert to_wire(history_item(finished())) == {
        "queryId": QUERY_ID,
        "topicName": "daily-summary",
        "parameters": JUNE,
        "state": "finished",
        "statementId": STATEMENT_ID,
        "submittedAt": "2026-11-24T15:00:00.000Z",
        "finishedAt": "2026-11-24T15:00:02.000Z",
        "rows": 30,
        "resultExpiresAt": "2026-11-25T15:00:00.000Z",
        "reportVersion": "f" * 64,
        "dataVersion": "2015-synthetic",
        "synthetic": True,
        "error": None,
    }


def test_only_a_finished_query_has_a_result_that_expires() -> None:
    lines = [history_item(query()), history_item(running())]
    assert [line.result_expires_at for line in lines] == [None, None]
    assert history_item(finished()).result_expires_at == START + timedelta(hours=24)


def test_a_failed_query_says_why() -> None:
    end = End("failed", START, error_code="sql_error", error_message="No such column.")
    line = to_wire(history_item(ended(query(), end)))
    assert line["error"] == {"code": "sql_error", "message": "No such column."}
    assert line["resultExpiresAt"] is None


def test_a_place_in_the_sql_is_told_as_a_line_of_the_reports_file() -> None:
    end = End("failed", START, error_code="sql_error", error_message="No such column (line 3, column 8).")
    line = to_wire(history_item(ended(query(sql_line=101), end)))
    assert line["error"]["message"] == "No such column (daily-summary.sql, line 103)."


def test_a_query_that_failed_without_words_says_no_more_than_its_code() -> None:
    line = to_wire(history_item(ended(query(), End("failed", START, error_code="internal_error"))))
    assert line["error"] == {"code": "internal_error", "message": ""}
