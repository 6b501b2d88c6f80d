"""Handler strings: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a handler string whose module is not there",
        "GetResultsFunction",
        "pipeline.handlers.get_results.handler",
        "pipeline.handlers.get_result.handler",
        "Handler:",
        "GetResultsFunction: the handler 'pipeline.handlers.get_result.handler' cannot be used: importing"
        " pipeline.handlers.get_result fails with ModuleNotFoundError: No module named"
        " 'pipeline.handlers.get_result'.",
    ),
    Mistake(
        "a handler string whose function is not there",
        "OnConnectFunction",
        "on_connect.handler",
        "on_connect.handel",
        "Handler:",
        "OnConnectFunction: the handler 'pipeline.handlers.on_connect.handel' cannot be used:"
        " pipeline.handlers.on_connect has no function handel.",
    ),
    Mistake(
        "a function that is no handler",
        "SendMessageFunction",
        "send_message.handler",
        "send_message.handle",
        "Handler:",
        "SendMessageFunction: the handler 'pipeline.handlers.send_message.handle' cannot be used: handle does not take"
        " (event, context).",
    ),
    Mistake(
        "a class whose parameters nobody knows",
        "SendMessageFunction",
        "pipeline.handlers.send_message.handler",
        "builtins.dict",
        "Handler:",
        "SendMessageFunction: the handler 'builtins.dict' cannot be used: dict does not take (event, context).",
    ),
    Mistake(
        "a handler string that is no path",
        "OnConnectFunction",
        "pipeline.handlers.on_connect.handler",
        "handler",
        "Handler:",
        "OnConnectFunction: the handler 'handler' cannot be used: it is not a module and a name in it.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
