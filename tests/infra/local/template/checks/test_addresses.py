"""The addresses that the stack tells: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import TEMPLATE, line_of, refusal

pytestmark = pytest.mark.fast

REST = (
    "https://applicationrestapi.execute-api.us-east-1.amazonaws.com/prod, the address of ApplicationRestApi."
)
SOCKET = "wss://applicationwebsocket.execute-api.us-east-1.amazonaws.com/prod, the address of ApplicationWebSocket."

MISTAKES = [
    Mistake(
        "the REST API's parameter with the host of the other API",
        "RestEndpointParameter",
        "https://${ApplicationRestApi}",
        "https://${ApplicationWebSocket}",
        "Value:",
        f"RestEndpointParameter: its value is not {REST}",
    ),
    Mistake(
        "the REST API's parameter with another stage",
        "RestEndpointParameter",
        "/${StageName}",
        "/v1",
        "Value:",
        f"RestEndpointParameter: its value is not {REST}",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


@pytest.mark.parametrize(
    ("output", "right", "wrong", "address"),
    [
        (
            "RedshiftDataApiRestApiEndpoint",
            "https://${ApplicationRestApi}",
            "https://${ApplicationWebSocket}",
            REST,
        ),
        (
            "RedshiftDataApiWebSocketEndpoint",
            "wss://${ApplicationWebSocket}",
            "wss://${ApplicationRestApi}",
            SOCKET,
        ),
    ],
)
def test_an_output_with_the_host_of_the_other_api_stops_the_start(
    output: str, right: str, wrong: str, address: str, tmp_path: Path
) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    start = text.index(f"\n  {output}:\n")
    path = tmp_path / "template.yaml"
    path.write_text(text[:start] + text[start:].replace(right, wrong, 1), encoding="utf-8")

    error = refusal(path)

    assert error.message == f"{output}: its value is not {address}"
    assert error.line == line_of(path, wrong)


def test_an_output_that_is_gone_stops_the_start(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    before, after = text.rsplit("  RedshiftDataApiRestApiEndpoint:\n", 1)
    path = tmp_path / "template.yaml"
    path.write_text(f"{before}  AnotherName:\n{after}", encoding="utf-8")

    error = refusal(path)

    assert (error.message, error.line) == (f"RedshiftDataApiRestApiEndpoint: its value is not {REST}", 1)
