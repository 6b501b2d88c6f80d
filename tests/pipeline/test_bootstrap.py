"""The wiring: what each handler gets from the environment, and how a handler that fails shows."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from pipeline.aws.clock import SystemClock
from pipeline.bootstrap import AwsPorts, ports
from pipeline.handlers import authorize
from pipeline.ports import Limits, StatementRefusedError
from pipeline.settings import NEEDS, MissingSettingError, Settings

pytestmark = pytest.mark.fast

ARN = "arn:aws:execute-api:us-east-1:123456789012:api1/prod/$connect"
SOMEBODY = {"owner": "a" * 32}
EVENTS: dict[str, dict[str, Any]] = {
    "on_connect": {"requestContext": {"eventType": "MESSAGE", "authorizer": SOMEBODY}},
    "send_message": {"detail": {}},
    "get_results": {"pathParameters": {"statementId": "x"}, "requestContext": {"authorizer": SOMEBODY}},
    "on_disconnect": {"requestContext": {"connectionId": "c"}},
    "list_reports": {"requestContext": {"authorizer": SOMEBODY}},
    "list_queries": {"requestContext": {"authorizer": SOMEBODY}},
    "authorize": {"headers": {}, "methodArn": ARN},
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin each test as a new process would: no ports yet, and no variable of ours."""
    for names in NEEDS.values():
        for name in names:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    ports.cache_clear()
    yield
    ports.cache_clear()
    logging.getLogger("pipeline").setLevel(logging.NOTSET)


@pytest.fixture
def token_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "INFO")
    monkeypatch.setenv("TOKEN_ISSUER", "https://issuer")
    monkeypatch.setenv("TOKEN_AUDIENCE", "audience")
    monkeypatch.setenv("TOKEN_JWKS_URL", "http://127.0.0.1:1/jwks.json")


def call(name: str) -> None:
    import_module(f"pipeline.handlers.{name}").handler(EVENTS[name], None)


def test_a_process_has_one_set_of_ports(token_settings: None) -> None:
    assert ports() is ports()


def test_making_the_ports_reads_the_level_of_the_logs_and_makes_nothing_else(token_settings: None) -> None:
    ports()
    assert logging.getLogger("pipeline").level == logging.INFO


def test_a_port_is_made_once() -> None:
    made = AwsPorts(Settings({}))
    assert made.clock is made.clock
    assert isinstance(made.clock, SystemClock)


def test_the_limits_are_those_of_the_environment() -> None:
    made = AwsPorts(Settings({"QUERY_DEADLINE_SECONDS": "60", "MAX_ACTIVE_QUERIES": "3"}))
    assert made.limits == Limits(active_queries=3, deadline_seconds=60)


def test_a_function_that_is_told_no_workgroup_starts_nothing() -> None:
    with pytest.raises(StatementRefusedError):
        AwsPorts(Settings({})).warehouse.execute("select 1", {}, "name", "token")


@pytest.mark.parametrize("name", EVENTS)
def test_a_handler_without_its_environment_fails_loudly(name: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(MissingSettingError, match="is not set for this function"):
        call(name)
    assert '"event": "invocation_failed"' in caplog.text


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer forged.token.here"}])
def test_an_unproven_caller_is_refused_with_exactly_the_word_that_means_401(
    token_settings: None, caplog: pytest.LogCaptureFixture, headers: dict[str, str]
) -> None:
    with pytest.raises(authorize.UnauthorizedError) as caught:
        authorize.handler({"headers": headers, "methodArn": ARN}, None)
    assert str(caught.value) == "Unauthorized"
    assert '"event": "token_refused"' in caplog.text
    assert "invocation_failed" not in caplog.text
    assert "forged" not in caplog.text
