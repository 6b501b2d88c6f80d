"""Names that nothing answers to, and resources that need each other, are found before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.infra.local.template.edited import edited, line_of, refusal

pytestmark = pytest.mark.fast

DANGLING = [
    (
        "!Ref ClientConnectionsTable\n          LOG_LEVEL",
        "!Ref Connections\n          LOG_LEVEL",
        "Connections",
    ),
    ("!GetAtt OnDisconnectRole.Arn", "!GetAtt DisconnectRole.Arn", "DisconnectRole"),
    ("!Sub ${AWS::StackName}-on-disconnect", "!Sub ${Stack}-on-disconnect", "Stack"),
]


@pytest.mark.parametrize(("old", "new", "name"), DANGLING)
def test_a_name_that_nothing_answers_to_is_told(old: str, new: str, name: str, tmp_path: Path) -> None:
    path = edited(tmp_path, old, new, "OnDisconnectFunction")
    error = refusal(path)
    assert error.message == (
        f"OnDisconnectFunction: {name} is neither a parameter nor a resource of this template."
    )
    assert error.line == line_of(path, new.splitlines()[0], "OnDisconnectFunction")


def test_a_name_in_a_resource_that_is_not_made_is_told_too(tmp_path: Path) -> None:
    path = edited(tmp_path, "!Ref WarehouseNamespace", "!Ref Namespace", "WarehouseWorkgroup")
    assert refusal(path).message.startswith("WarehouseWorkgroup: Namespace is neither")


def test_a_dependency_on_nothing_is_told(tmp_path: Path) -> None:
    path = edited(tmp_path, "DependsOn: ApiGatewayAccount", "DependsOn: Account", "AccessLogs")
    assert refusal(path).message == (
        "AccessLogs: it depends on Account, which is no resource of this template."
    )


def test_a_condition_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = edited(tmp_path, "Condition: ManageAccount", "Condition: Manage", "AccessLogs")
    assert refusal(path).message == "AccessLogs: the template has no condition Manage."


def test_a_condition_inside_a_property_is_told_though_the_resource_is_not_made(tmp_path: Path) -> None:
    path = edited(tmp_path, "BaseCapacity: 8", "BaseCapacity: !If [Large, 32, 8]", "WarehouseWorkgroup")
    assert refusal(path).message == "WarehouseWorkgroup: the template has no condition Large."


def test_resources_that_need_each_other_are_told(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        "Description: Tells the connections that watch a query how its statement ended.",
        "Description: !Ref EventBridgeRedshiftEventRule",
        "SendMessageFunction",
    )
    error = refusal(path)
    assert "these resources need each other: " in error.message
    assert {"SendMessageFunction", "EventBridgeRedshiftEventRule"} <= set(
        error.message.replace(".", "").replace(":", ",").replace(" ", "").split(",")
    )
