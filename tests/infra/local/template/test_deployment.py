"""The REST deployment is made anew for each change of the API, and after all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.local.template.deployment import deployments, stamp, stamped
from infra.local.template.document import load
from infra.local.template.restamp import main, restamp
from tests.infra.local.template.edited import TEMPLATE, edited, line_of, read, refusal

pytestmark = pytest.mark.fast


def test_the_templates_own_deployment_is_up_to_date() -> None:
    template = load(TEMPLATE)
    (deployment,) = deployments(template)
    assert deployment.logical_id == stamped(deployment.logical_id, template)


@pytest.mark.parametrize(
    ("within", "old", "new"),
    [
        ("ReportsResource", "PathPart: reports", "PathPart: topics"),
        ("ListReportsMethod", "AuthorizationType: CUSTOM", "AuthorizationType: NONE"),
        ("RestAuthorizer", "AuthorizerResultTtlInSeconds: 300", "AuthorizerResultTtlInSeconds: 0"),
        ("ThrottledResponse", "Try again in a moment.", "Try again."),
        ("ApplicationRestApi", "REGIONAL", "EDGE"),
    ],
)
def test_a_change_of_the_api_makes_the_deployment_stale(
    within: str, old: str, new: str, tmp_path: Path
) -> None:
    path = edited(tmp_path, old, new, within)
    error = refusal(path)
    assert "the REST API has changed, and this deployment would keep it as it was" in error.message
    assert error.line == line_of(path, "Type: AWS::ApiGateway::Deployment")


def test_a_change_of_anything_else_does_not(tmp_path: Path) -> None:
    path = edited(tmp_path, "MemorySize: 512", "MemorySize: 256", "OnConnectFunction")
    assert stamp(load(path)) == stamp(load(TEMPLATE))


def test_a_comment_or_a_moved_line_does_not(tmp_path: Path) -> None:
    path = edited(
        tmp_path, "      PathPart: reports", "\n      # where\n      PathPart: reports", "ReportsResource"
    )
    assert stamp(load(path)) == stamp(load(TEMPLATE))


def test_restamping_mends_it_everywhere(tmp_path: Path) -> None:
    path = edited(tmp_path, "Try again in a moment.", "Try again.", "ThrottledResponse")
    ((old, new),) = restamp(path).items()
    text = path.read_text("utf-8")
    assert old not in text
    assert text.count(new) == 2
    assert read(path).rest_api.responses["THROTTLED"].body.count("Try again.") == 1


def test_restamping_what_is_up_to_date_leaves_the_file_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = edited(tmp_path, "MemorySize: 512", "MemorySize: 256", "OnConnectFunction")
    before = path.stat().st_mtime_ns
    assert main([str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: the deployment is up to date\n"
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("part", ["ListQueriesMethod", "GatewayFailureResponse"])
def test_a_deployment_that_may_come_too_early_is_told(part: str, tmp_path: Path) -> None:
    (deployment,) = deployments(load(TEMPLATE))
    path = edited(tmp_path, f"      - {part}\n", "", deployment.logical_id)
    error = refusal(path)
    assert error.message == (
        f"{deployment.logical_id}: it does not depend on {part}, so it may be made before it and leave it out."
    )
