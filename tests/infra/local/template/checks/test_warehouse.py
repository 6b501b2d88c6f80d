"""Where statements are sent: one mistake each."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.local.template import TemplateError, read_wiring
from tests.infra.local.template.checks.mistakes import Mistake
from tests.infra.local.template.edited import PARAMETERS, STACK, TEMPLATE, edited

pytestmark = pytest.mark.fast

MISTAKES = [
    Mistake(
        "another database",
        "OnConnectFunction",
        "WAREHOUSE_DATABASE: !Ref DatabaseName",
        "WAREHOUSE_DATABASE: prod",
        "WAREHOUSE_DATABASE:",
        "OnConnectFunction: WAREHOUSE_DATABASE is 'prod', but the stack's DatabaseName makes it 'dev'.",
    ),
    Mistake(
        "another workgroup",
        "OnConnectFunction",
        "WAREHOUSE_WORKGROUP: !If [CreateWarehouse, !Ref WarehouseWorkgroup, !Ref WorkgroupName]",
        "WAREHOUSE_WORKGROUP: prod",
        "WAREHOUSE_WORKGROUP:",
        "OnConnectFunction: WAREHOUSE_WORKGROUP is 'prod', but the stack's WorkgroupName makes it 'local'.",
    ),
    Mistake(
        "the workgroup that was not made",
        "OnConnectFunction",
        "!If [CreateWarehouse, !Ref WarehouseWorkgroup, !Ref WorkgroupName]",
        "!Ref AWS::StackName",
        "WAREHOUSE_WORKGROUP:",
        "OnConnectFunction: WAREHOUSE_WORKGROUP is 'nyc-taxi-insights', but the stack's WorkgroupName makes it"
        " 'local'.",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.what)
def test_a_mistake_stops_the_start(mistake: Mistake, tmp_path: Path) -> None:
    mistake.stops_the_start(tmp_path)


def test_a_stack_that_makes_its_own_workgroup_must_name_that(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        "!If [CreateWarehouse, !Ref WarehouseWorkgroup, !Ref WorkgroupName]",
        "!Ref WorkgroupName",
        "OnConnectFunction",
    )
    given = {**PARAMETERS, "WorkgroupName": "", "WorkgroupArn": ""}
    with pytest.raises(TemplateError, match=r"WAREHOUSE_WORKGROUP is ''.* makes it 'nyc-taxi-insights'"):
        read_wiring(path, STACK, given)


def test_the_template_follows_its_parameters() -> None:
    given = {**PARAMETERS, "DatabaseName": "trips", "WorkgroupName": "elsewhere"}
    environment = read_wiring(TEMPLATE, STACK, given).functions["OnConnectFunction"].environment
    assert environment["WAREHOUSE_DATABASE"] == "trips"
    assert environment["WAREHOUSE_WORKGROUP"] == "elsewhere"
