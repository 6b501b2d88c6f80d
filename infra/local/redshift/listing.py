"""ListStatements.

Source: AWS, Redshift Data API reference: without a status only FINISHED ones are listed; the name is a
case-sensitive prefix; RoleLevel (default true) lists the statements of the whole role.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from infra.local.redshift.errors import invalid
from infra.local.redshift.pages import page_token, token_offset
from infra.local.redshift.requests import Payload, check_keys, text_of
from infra.local.redshift.statement import ENDED, Statement

_KEYS = frozenset(
    {"Status", "StatementName", "RoleLevel", "Database", "WorkgroupName", "MaxResults", "NextToken"}
)
_STATES = ENDED | {"SUBMITTED", "PICKED", "STARTED", "ALL"}
_SCOPE = "statements"


def list_statements(payload: Payload, statements: Sequence[Statement], principal: str) -> dict[str, Any]:
    """The answer of ListStatements over the statements of the principal's role, newest first.

    Raises:
        ApiError: the request is not valid.
    """
    check_keys("ListStatements", payload, _KEYS)
    status = text_of(payload, "Status") or "FINISHED"
    if status not in _STATES:
        raise invalid(f"Status must be one of {', '.join(sorted(_STATES))}.")
    found = [one for one in statements if _matches(one, payload, status, principal)]
    limit = payload.get("MaxResults") or 100
    if not isinstance(limit, int) or not 1 <= limit <= 100:
        raise invalid("MaxResults must be between 0 and 100.")
    offset = token_offset(_SCOPE, payload["NextToken"]) if payload.get("NextToken") else 0
    answer: dict[str, Any] = {"Statements": [_entry(one) for one in found[offset : offset + limit]]}
    if offset + limit < len(found):
        answer["NextToken"] = page_token(_SCOPE, offset + limit)
    return answer


def _matches(statement: Statement, payload: Payload, status: str, principal: str) -> bool:
    submission = statement.submission
    return (
        status in {"ALL", statement.state}
        and submission.name.startswith(text_of(payload, "StatementName") or "")
        and (payload.get("RoleLevel", True) or statement.principal == principal)
        and text_of(payload, "Database") in {None, submission.database}
        and text_of(payload, "WorkgroupName") in {None, submission.workgroup}
    )


def _entry(statement: Statement) -> dict[str, Any]:
    return {**statement.summary(), "StatementName": statement.submission.name, "IsBatchStatement": False}
