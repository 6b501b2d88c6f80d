"""The answer that a MOCK integration chooses: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "a response that another status has",
        "PingIntegrationResponse",
        "/200/",
        "/500/",
        "IntegrationResponseKey:",
        "PingIntegrationResponse: IntegrationResponseKey is '/500/', but PingIntegration chooses /200/.",
    ),
    Mistake(
        "an answer that no client knows",
        "PingIntegrationResponse",
        '{"type": "pong"}',
        '{"type": "png"}',
        "ResponseTemplates:",
        'PingIntegrationResponse: its answer is {"type": "png"}, and the protocol\'s to ping is {"type":"pong"}.',
    ),
    Mistake(
        "a request template that chooses another status",
        "PingIntegration",
        '"statusCode": 200',
        '"statusCode": 500',
        "RequestTemplates:",
        "PingIntegration: its request template '200' must be {\"statusCode\": 200}.",
    ),
    Mistake(
        "a request template that chooses nothing",
        "PingIntegration",
        '{"statusCode": 200}',
        "[200]",
        "RequestTemplates:",
        "PingIntegration: its request template '200' must be {\"statusCode\": 200}.",
    ),
    Mistake(
        "a request template that is not JSON",
        "PingIntegration",
        '{"statusCode": 200}',
        "statusCode 200",
        "RequestTemplates:",
        "PingIntegration: its request template '200' must be {\"statusCode\": 200}.",
    ),
    Mistake(
        "a request template of another key",
        "PingIntegration",
        'RequestTemplates: {"200":',
        'RequestTemplates: {"201":',
        "RequestTemplates:",
        "PingIntegration: its request template '200' must be {\"statusCode\": 200}.",
    ),
    Mistake(
        "a selection of another request template",
        "PingIntegration",
        'TemplateSelectionExpression: "200"',
        'TemplateSelectionExpression: "201"',
        "TemplateSelectionExpression:",
        "PingIntegration: it selects the request template '201'; a MOCK selects '200'.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)
