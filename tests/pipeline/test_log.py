from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline import log

pytestmark = pytest.mark.fast

EVENT = {
    "requestContext": {"connectionId": "c1=", "routeKey": "run"},
    "headers": {"Authorization": "Bearer secret.token"},
    "body": '{"action": "run"}',
}


class Context:
    """What Lambda gives to a handler."""

    aws_request_id = "r-42"


@pytest.fixture(autouse=True)
def level() -> Iterator[None]:
    """Put the logger's level back."""
    logger = logging.getLogger("pipeline")
    before = logger.level
    yield
    logger.setLevel(before)


def lines(caplog: pytest.LogCaptureFixture) -> list[Any]:
    return [json.loads(record.message) for record in caplog.records]


def fail(event: dict[str, Any], expected: type[Exception] | tuple[()] = ()) -> None:
    with log.invocation("OnConnect", event, Context(), expected):
        raise ValueError("broken")


def test_a_line_is_json_with_the_ids_that_are_known(caplog: pytest.LogCaptureFixture) -> None:
    log.set_level("INFO")
    log.info("something", query_id="q", statement_id=None)
    log.warning("trouble", reason='a "quoted" reason')
    assert lines(caplog) == [
        {"event": "something", "query_id": "q"},
        {"event": "trouble", "reason": 'a "quoted" reason'},
    ]


def test_the_level_says_what_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    log.set_level("WARNING")
    log.info("quiet")
    log.set_level("INFO")
    log.info("heard")
    assert [line["event"] for line in lines(caplog)] == ["heard"]


def test_a_line_that_nobody_reads_is_not_even_written() -> None:
    log.set_level("ERROR")
    log.warning("trouble", cannot_be_written=object())


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="LOUD"):
        log.set_level("LOUD")


def test_an_invocation_that_raises_is_logged_with_its_ids_and_raises_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(ValueError, match="broken"):
        fail(EVENT)
    assert lines(caplog) == [
        {
            "event": "invocation_failed",
            "function": "OnConnect",
            "request_id": "r-42",
            "connection_id": "c1=",
            "route": "run",
        }
    ]
    assert "ValueError: broken" in caplog.text


def test_the_ids_of_an_event_of_the_bus_are_its_statement(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="broken"):
        fail({"detail": {"statementId": "s", "statementName": "o/q"}})
    (line,) = lines(caplog)
    assert (line["statement_id"], line["statement_name"]) == ("s", "o/q")


def test_no_token_is_ever_logged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="broken"):
        fail(EVENT)
    assert "secret.token" not in caplog.text


def test_an_exception_that_is_an_answer_is_not_logged_as_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match="broken"):
        fail(EVENT, expected=ValueError)
    assert caplog.records == []


def test_an_invocation_that_succeeds_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with log.invocation("OnConnect", EVENT, Context()):
        pass
    assert caplog.records == []
