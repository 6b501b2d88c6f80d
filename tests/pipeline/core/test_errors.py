from __future__ import annotations

import pytest

from pipeline.core.errors import CODES, Refusal, error_body, shown

pytestmark = pytest.mark.fast

STATUSES = {
    "missing_parameter": 400,
    "unknown_parameter": 400,
    "duplicate_parameter": 400,
    "invalid_parameter": 400,
    "out_of_range": 400,
    "unauthorized": 401,
    "forbidden": 403,
    "unknown_report": 404,
    "report_invalid": 409,
    "not_found": 404,
    "query_conflict": 409,
    "query_failed": 409,
    "query_cancelled": 409,
    "result_expired": 410,
    "too_many_queries": 429,
    "rate_limited": 429,
    "warehouse_busy": 503,
    "warehouse_unavailable": 503,
    "result_too_large": 413,
}
RETRYABLE = {
    "too_many_queries",
    "rate_limited",
    "warehouse_busy",
    "warehouse_unavailable",
    "deadline_exceeded",
    "not_started",
    "internal_error",
}
ON_THE_SOCKET_ALONE = {
    "invalid_message",
    "unknown_action",
    "invalid_request",
    "sql_error",
    "deadline_exceeded",
    "not_started",
    "internal_error",
}


@pytest.mark.parametrize(("code", "status"), STATUSES.items())
def test_each_code_has_its_published_status(code: str, status: int) -> None:
    assert CODES[code].status == status


def test_no_code_is_missing_and_none_is_unpublished() -> None:
    assert set(CODES) == set(STATUSES) | ON_THE_SOCKET_ALONE


def test_exactly_the_passing_troubles_are_retryable() -> None:
    assert {name for name, code in CODES.items() if code.retryable} == RETRYABLE


def test_a_refusal_carries_what_its_code_means() -> None:
    refusal = Refusal("too_many_queries", "5 queries are running.")
    assert (refusal.status, refusal.retryable, refusal.field, str(refusal)) == (
        429,
        True,
        None,
        "5 queries are running.",
    )


def test_a_refusal_with_an_unpublished_code_cannot_be_made() -> None:
    with pytest.raises(KeyError):
        Refusal("no_such_code", "?")


def test_the_body_of_a_rest_error_names_code_field_sentence_and_request() -> None:
    body = error_body(Refusal("out_of_range", "endDate is too late.", "endDate"), "r1")
    assert body == {
        "error": {
            "code": "out_of_range",
            "field": "endDate",
            "message": "endDate is too late.",
            "requestId": "r1",
        }
    }


@pytest.mark.parametrize(
    ("name", "seen"),
    [("startDate", "startDate"), ("na\nme", "na?me"), ("\ud800", "?"), ("é", "?"), ("x" * 500, "x" * 64)],
)
def test_a_strangers_name_is_repeated_only_in_a_form_that_can_be_shown(name: str, seen: str) -> None:
    assert shown(name) == seen
