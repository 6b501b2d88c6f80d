"""Statements go to the workgroup and the database that the stack was given, or to the workgroup that it makes."""

from __future__ import annotations

from collections.abc import Mapping

from infra.local.template.resolved import Resources
from infra.local.wiring import Wiring

_WORKGROUP = "AWS::RedshiftServerless::Workgroup"


def check_warehouse(wiring: Wiring, resources: Resources, parameters: Mapping[str, str]) -> None:
    """Check the variables that name the warehouse; `parameters` are the stack's, with their values.

    Raises:
        TemplateError: a function would submit elsewhere.
    """
    made = [held.ref for held in resources.of(_WORKGROUP)]
    _check(wiring, resources, "WAREHOUSE_DATABASE", "DatabaseName", [parameters.get("DatabaseName", "")])
    _check(
        wiring,
        resources,
        "WAREHOUSE_WORKGROUP",
        "WorkgroupName",
        made or [parameters.get("WorkgroupName", "")],
    )


def _check(wiring: Wiring, resources: Resources, variable: str, parameter: str, expected: list[str]) -> None:
    for function in wiring.functions.values():
        value = function.environment.get(variable)
        if value is not None and value not in expected:
            message = (
                f"{variable} is {value!r}, but the stack's {parameter} makes it {' or '.join(expected)!r}"
            )
            raise resources.by_id[function.logical_id].error(message, f"Environment.Variables.{variable}")
