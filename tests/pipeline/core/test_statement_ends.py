from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from pipeline.core.records import End
from pipeline.core.statement_ends import (
    Description,
    StatementEvent,
    end_by_description,
    end_by_event,
    parse_event,
    refused_end,
)
from tests.fakes.others import START
from tests.pipeline.builders import OWNER, QUERY_ID, STATEMENT_ID
from tests.pipeline.properties import PROPERTY, json_values

pytestmark = pytest.mark.fast

LATER = START + timedelta(seconds=1)
DAY = timedelta(hours=24)


def event(**detail: Any) -> dict[str, Any]:
    """Build an event of exactly the keys that a real one had, with changes in its detail."""
    # facts EV-1, EV-2, EV-3
    return {
        "version": "0",
        "id": "5c9f3a37-4a2c-4a52-8d0a-9f2d7c4f1c11",
        "detail-type": "Redshift Data Statement Status Change",
        "source": "aws.redshift-data",
        "account": "123456789012",
        "time": "2026-11-24T15:00:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail": {
            "principal": "arn:aws:sts::123456789012:assumed-role/Role-1ABCDEF/function",
            "statementName": f"{OWNER}/{QUERY_ID}",
            "statementId": STATEMENT_ID,
            "state": "FINISHED",
            "rows": 30,
            "expireAt": 1_658_112_063,
            **detail,
        },
    }


def parsed(**detail: Any) -> StatementEvent:
    found = parse_event(event(**detail))
    assert found is not None
    return found


def described(state: str, error: str | None = None) -> Description:
    return Description(state, 30, error, LATER)


def failed_by(error: str | None) -> End:
    end = end_by_description(STATEMENT_ID, described("FAILED", error))
    assert end is not None
    return end


def test_an_event_leads_back_to_its_query_by_the_statements_name() -> None:
    assert parsed() == StatementEvent(
        OWNER, QUERY_ID, STATEMENT_ID, "FINISHED", 30, datetime(2022, 7, 18, 2, 41, 3, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "detail",
    [
        {"statementName": "nightly-load"},
        {"statementName": None},
        {"statementName": f"{OWNER}/{QUERY_ID}/x"},
        {"statementId": None},
        {"state": "STARTED"},
        {"state": "UNKNOWN"},
        {"state": None},
    ],
)
def test_an_event_that_is_not_about_an_end_of_ours_says_nothing(detail: dict[str, Any]) -> None:
    # fact RD-8
    assert parse_event(event(**detail)) is None


def test_an_event_without_detail_says_nothing() -> None:
    assert parse_event({}) is None


@pytest.mark.parametrize(("rows", "count"), [(-1, None), (None, None), ("5", None), (0, 0), (7, 7)])
def test_a_count_of_minus_one_is_none(rows: Any, count: int | None) -> None:
    # facts EV-4, EV-6
    assert parsed(rows=rows).rows == count


@pytest.mark.parametrize(
    ("given_expiry", "expiry"),
    [
        (1_658_112_063, datetime(2022, 7, 18, 2, 41, 3, tzinfo=UTC)),
        (1_658_112_063.0, datetime(2022, 7, 18, 2, 41, 3, tzinfo=UTC)),
        ("2020-12-22T18:43:48Z", datetime(2020, 12, 22, 18, 43, 48, tzinfo=UTC)),
        (None, None),
        ("soon", None),
        ([], None),
        (1e20, None),
        (float("nan"), None),
    ],
)
def test_the_expiry_is_read_from_seconds_or_text_and_from_nothing_else(
    given_expiry: Any, expiry: datetime | None
) -> None:
    # fact EV-5
    assert parsed(expireAt=given_expiry).expires_at == expiry


@given(json_values, json_values)
@PROPERTY
def test_no_rows_or_expiry_at_all_hide_the_end_of_a_statement(rows: Any, expiry: Any) -> None:
    assert parsed(rows=rows, expireAt=expiry).statement_id == STATEMENT_ID


def test_a_variant_with_other_keys_is_read_too() -> None:
    # fact EV-7
    assert parsed(clusterId="c", pages=1, queryId=5).state == "FINISHED"


def test_a_finished_statement_finishes_its_query_until_the_result_expires() -> None:
    end = end_by_event(parsed(), None, LATER)
    assert end == End(
        "finished",
        LATER,
        STATEMENT_ID,
        30,
        result_expires_at=datetime(2022, 7, 18, 2, 41, 3, tzinfo=UTC),
    )


def test_an_event_without_expiry_counts_on_a_day() -> None:
    assert end_by_event(parsed(expireAt=None), None, LATER).result_expires_at == LATER + DAY


def test_a_statement_stopped_by_the_warehouse_cancels_its_query() -> None:
    end = end_by_event(parsed(state="ABORTED"), None, LATER)
    assert (end.state, end.cancelled_by, end.statement_id, end.rows) == (
        "cancelled",
        "warehouse",
        STATEMENT_ID,
        None,
    )


def test_a_failed_statement_fails_its_query_with_the_engines_words() -> None:
    # fact RD-11
    told = described("FAILED", 'ERROR: column "fare"\n does not exist.')
    end = end_by_event(parsed(state="FAILED"), told, LATER)
    assert (end.state, end.error_code) == ("failed", "sql_error")
    assert end.error_message == (
        'The report\'s SQL was refused by the warehouse: column "fare" does not exist.'
    )


def test_a_position_in_the_sql_that_ran_is_told_as_its_line() -> None:
    told = Description(
        "FAILED", None, 'ERROR: column "fare" does not exist\n  Position: 11', LATER, "select\n  fare"
    )
    assert end_by_event(parsed(state="FAILED"), told, LATER).error_message == (
        'The report\'s SQL was refused by the warehouse: column "fare" does not exist (line 2).'
    )


def test_a_failure_without_words_says_so() -> None:
    assert (
        failed_by(None).error_message == "The report's SQL was refused by the warehouse: it gave no reason."
    )


@pytest.mark.parametrize("words", ["Database response exceeded size limit", "Packet for query is too large"])
def test_an_answer_over_the_services_limit_is_told_as_too_large(words: str) -> None:
    sentence = "The answer is larger than the warehouse can hand over. Ask for fewer days."
    assert failed_by(words) == End(
        "failed", LATER, STATEMENT_ID, error_code="result_too_large", error_message=sentence
    )


def test_a_very_long_reason_still_fits_a_notice() -> None:
    message = failed_by("x" * 100_000).error_message
    assert message == f"The report's SQL was refused by the warehouse: {'x' * 500}."


@pytest.mark.parametrize("state", ["SUBMITTED", "PICKED", "STARTED", "UNKNOWN", ""])
def test_a_statement_that_has_not_ended_moves_nothing(state: str) -> None:
    # fact RD-8
    assert end_by_description(STATEMENT_ID, described(state)) is None


def test_a_description_tells_the_same_end_as_the_event() -> None:
    told = end_by_event(parsed(expireAt=(LATER + DAY).timestamp()), None, LATER)
    assert end_by_description(STATEMENT_ID, described("FINISHED")) == told


def test_sql_that_was_never_taken_fails_its_query_without_a_statement() -> None:
    end = refused_end("no such table", LATER)
    assert (end.state, end.error_code, end.statement_id) == ("failed", "sql_error", None)
    assert end.error_message == "The report's SQL was refused by the warehouse: no such table."
