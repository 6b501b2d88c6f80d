from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.history import history_line, question_of
from pipeline.core.history import QueryError
from tests.dashboard.samples import past_query

pytestmark = pytest.mark.fast

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Vienna")
ITEM = past_query(NOW, query_id="q1", submitted_at=NOW - timedelta(seconds=3))


def test_a_kept_answer_says_until_when() -> None:
    line = history_line(ITEM, NOW, ZONE)
    assert (line.word, line.can_open, line.can_cancel) == ("Ready", True, False)
    assert line.detail == "asked 15:59, 30 rows, 3.0 s, kept until 16:00 tomorrow"


def test_each_moment_has_its_day_where_that_is_not_today() -> None:
    next_day = history_line(ITEM, NOW + timedelta(hours=20), ZONE)
    assert next_day.detail == "asked 15:59 yesterday, 30 rows, 3.0 s, kept until 16:00"


def test_an_answer_that_is_gone_cannot_be_opened() -> None:
    line = history_line(replace(ITEM, result_expires_at=NOW), NOW, ZONE)
    assert (line.word, line.can_open) == ("Expired", False)


def test_a_running_query_can_be_cancelled_and_not_opened() -> None:
    running = replace(ITEM, state="running", finished_at=None, rows=None, result_expires_at=None)
    line = history_line(running, NOW, ZONE)
    assert (line.word, line.can_open, line.can_cancel) == ("Running", False, True)


def test_a_failed_query_names_its_code() -> None:
    failed = replace(
        ITEM, state="failed", rows=None, result_expires_at=None, error=QueryError("sql_error", "x")
    )
    assert history_line(failed, NOW, ZONE).detail.endswith("code sql_error")


def test_its_question_can_be_asked_again() -> None:
    assert question_of(ITEM).parameters == ITEM.parameters
