"""Tables, buckets and parameters that functions are told of are there, and as the pipeline expects them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infra.local.template.checks.addresses import PARAMETER, socket_address
from infra.local.template.resolved import Resolved, Resources
from infra.local.wiring import Wiring

TABLE = "AWS::DynamoDB::Table"
_TYPES: Mapping[str, str] = {
    "CONNECTIONS_TABLE": TABLE,
    "REPORTS_BUCKET": "AWS::S3::Bucket",
    "WEBSOCKET_ENDPOINT_PARAMETER": PARAMETER,
}
_KEY = {"HASH": "pk", "RANGE": "sk"}
_TTL = "ttl"


def check_state(wiring: Wiring, resources: Resources) -> None:
    """Check what the functions' variables name.

    Raises:
        TemplateError: a variable names nothing that the stack makes, or something of another form.
    """
    for function in wiring.functions.values():
        asking = resources.by_id[function.logical_id]
        for variable in sorted(_TYPES.keys() & function.environment.keys()):
            name = function.environment[variable]
            found = resources.by_ref(_TYPES[variable], name, asking, f"Environment.Variables.{variable}")
            _check_form(found, wiring)


def _check_form(found: Resolved, wiring: Wiring) -> None:
    if found.resource.resource_type == TABLE:
        _check_table(found)
    elif found.resource.resource_type == PARAMETER:
        _check_endpoint(found, wiring)


def _check_table(table: Resolved) -> None:
    key = {part["KeyType"]: part["AttributeName"] for part in table.get("KeySchema") or []}
    if key != _KEY:
        said = " and ".join(f"{name} ({kind})" for kind, name in key.items())
        raise table.error(f"its key is {said}; the pipeline's is pk (HASH) and sk (RANGE)", "KeySchema")
    types: dict[str, Any] = {
        part["AttributeName"]: part["AttributeType"] for part in table.get("AttributeDefinitions") or []
    }
    if types != dict.fromkeys(_KEY.values(), "S"):
        raise table.error("both parts of its key must be defined, as text (S)", "AttributeDefinitions")
    if table.get("TimeToLiveSpecification") != {"AttributeName": _TTL, "Enabled": True}:
        message = f"nothing would ever be removed from it: the pipeline writes the time to live into {_TTL}"
        raise table.error(message, "TimeToLiveSpecification")


def _check_endpoint(parameter: Resolved, wiring: Wiring) -> None:
    if parameter.text("Value") != socket_address(wiring):
        message = (
            f"its value is not the address of {wiring.socket_api.logical_id}, to which notices are posted"
        )
        raise parameter.error(message, "Value")
