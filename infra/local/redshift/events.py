"""The EventBridge event of an ended statement.

Shaped as a real event was seen (facts EV-1 to EV-4), with the ARN of a serverless workgroup (fact RD-16).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid4, uuid5

from infra.local.redshift.statement import Statement

DETAIL_TYPE = "Redshift Data Statement Status Change"


@dataclass(frozen=True, slots=True)
class Place:
    """The account and region that the warehouse is in."""

    account: str
    region: str


def status_event(statement: Statement, place: Place, now: datetime) -> dict[str, Any]:
    """The complete event of a statement that has ended."""
    outcome = statement.outcome
    result = outcome.result if outcome else None
    return {
        "version": "0",
        "id": str(uuid4()),
        "detail-type": DETAIL_TYPE,
        "source": "aws.redshift-data",
        "account": place.account,
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": place.region,
        "resources": [_workgroup_arn(statement.submission.workgroup, place)],
        "detail": {
            "principal": statement.principal,
            "statementName": statement.submission.name,
            "statementId": statement.id,
            "state": statement.state,
            "rows": result.rows if result else -1,
            "expireAt": int(statement.expires_at.timestamp()),
        },
    }


def _workgroup_arn(workgroup: str, place: Place) -> str:
    if workgroup.startswith("arn:"):
        return workgroup
    identifier = uuid5(NAMESPACE_URL, f"workgroup/{workgroup}")
    return f"arn:aws:redshift-serverless:{place.region}:{place.account}:workgroup/{identifier}"
