"""Variables and the parameters that they name: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a variable that is missing",
        "GetResultsFunction",
        "          REPORTS_PREFIX: reports/\n",
        "",
        "Variables:",
        "GetResultsFunction: its handler reads the variable REPORTS_PREFIX, which its Environment lacks.",
    ),
    Mistake(
        "a variable that nobody reads",
        "ListQueriesFunction",
        "          LOG_LEVEL: INFO",
        "          LOG_LEVEL: INFO\n          REPORTS_PREFIX: reports/",
        "REPORTS_PREFIX:",
        "ListQueriesFunction: its handler does not read the variable REPORTS_PREFIX.",
    ),
    Mistake(
        "a variable with another value than elsewhere",
        "ListReportsFunction",
        "REPORTS_PREFIX: reports/",
        "REPORTS_PREFIX: report/",
        "REPORTS_PREFIX:",
        "ListReportsFunction: REPORTS_PREFIX is 'report/' here and 'reports/' in OnConnectFunction; a variable has one"
        " value in every function.",
    ),
    Mistake(
        "the name of the endpoint's parameter",
        "SendMessageFunction",
        "!Ref WebSocketEndpointParameter",
        "!Sub /${AWS::StackName}/WebSocketEndpoint",
        "WEBSOCKET_ENDPOINT_PARAMETER:",
        "SendMessageFunction: Environment.Variables.WEBSOCKET_ENDPOINT_PARAMETER is"
        " '/nyc-taxi-insights/WebSocketEndpoint', which is no AWS::SSM::Parameter of this stack.",
    ),
    Mistake(
        "the value of the endpoint's parameter",
        "WebSocketEndpointParameter",
        "wss://${ApplicationWebSocket}",
        "wss://${ApplicationRestApi}",
        "Value:",
        "WebSocketEndpointParameter: its value is not the address of ApplicationWebSocket, to which notices are"
        " posted.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
