"""Which resources a call names, as ARNs: what the `Resource` of a policy is compared with.

Source: AWS, service authorization reference, one page for each service.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# A call without a resource of its own: only the `Resource` "*" allows it.
_NONE = "*"

Parameters = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CallResources:
    """Names resources of one account; `socket_stage` is `<api id>/<stage>`, `workgroups` has ARNs by name."""

    region: str
    account: str
    socket_stage: str
    workgroups: Mapping[str, str]

    def of(self, service: str, operation: str, parameters: Parameters) -> Sequence[str]:
        """Give the ARNs that a call of an operation (both in IAM's spelling) names; ("*",) when it names none."""
        name = _NAMERS.get(service)
        return (name(self, operation, parameters) if name else ()) or (_NONE,)

    def arn(self, service: str, resource: str) -> str:
        """Give the ARN of a resource of the account's region."""
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"


def bucket_arn(bucket: str) -> str:
    """Give a bucket's ARN, which names neither region nor account."""
    return f"arn:aws:s3:::{bucket}"


def _tables(place: CallResources, _: str, parameters: Parameters) -> Sequence[str]:
    names = parameters.get("RequestItems") or [parameters[key] for key in ("TableName",) if key in parameters]
    return [place.arn("dynamodb", f"table/{name}") for name in names]


def _objects(_: CallResources, __: str, parameters: Parameters) -> Sequence[str]:
    if "Bucket" not in parameters:
        return ()
    bucket = bucket_arn(parameters["Bucket"])
    return [f"{bucket}/{parameters['Key']}" if "Key" in parameters else bucket]


def _parameters(place: CallResources, _: str, parameters: Parameters) -> Sequence[str]:
    names = parameters.get("Names") or [parameters[key] for key in ("Name",) if key in parameters]
    return [place.arn("ssm", f"parameter/{name.removeprefix('/')}") for name in names]


def _connections(place: CallResources, operation: str, parameters: Parameters) -> Sequence[str]:
    method = operation.removesuffix("Connection").removesuffix("To").upper()
    path = f"{place.socket_stage}/{method}/@connections/{parameters['ConnectionId']}"
    return [place.arn("execute-api", path)]


def _workgroups(place: CallResources, operation: str, parameters: Parameters) -> Sequence[str]:
    """Name the workgroup that a statement is for; the calls about a statement know no resource."""
    if operation != "ExecuteStatement":
        return ()
    name = parameters.get("WorkgroupName", "")
    return [place.workgroups.get(name, place.arn("redshift-serverless", f"workgroup/{name}"))]


_NAMERS: Mapping[str, Callable[[CallResources, str, Parameters], Sequence[str]]] = {
    "dynamodb": _tables,
    "s3": _objects,
    "ssm": _parameters,
    "execute-api": _connections,
    "redshift-data": _workgroups,
}
