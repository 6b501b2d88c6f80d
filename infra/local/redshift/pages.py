"""Result pages: 1,000 rows each, found again by an opaque token."""

from __future__ import annotations

import base64
from typing import Any

from infra.local.redshift.errors import ApiError, invalid
from infra.local.redshift.results import PAGE_ROWS
from infra.local.redshift.statement import Statement


def result_page(statement: Statement, token: object) -> dict[str, Any]:
    """The answer of GetStatementResult.

    Raises:
        ApiError: the statement has no result (yet), or the token is not one of this statement.
    """
    outcome = statement.outcome
    if outcome is None or outcome.result is None:
        raise ApiError(
            "ResourceNotFoundException",
            "Query does not have result. Please check query status with DescribeStatement.",
            extra={"ResourceId": statement.id},
        )
    result, offset = outcome.result, _offset(statement.id, token)
    answer: dict[str, Any] = {
        "Records": result.page(offset),
        "ColumnMetadata": result.metadata(),
        "TotalNumRows": result.rows,
    }
    following = offset + PAGE_ROWS
    return {**answer, "NextToken": page_token(statement.id, following)} if following < result.rows else answer


def page_token(scope: str, offset: int) -> str:
    """A token for the rows from `offset` on; `scope` says what it belongs to."""
    return base64.urlsafe_b64encode(f"{scope} {offset}".encode()).decode()


def _offset(identifier: str, token: object) -> int:
    return token_offset(identifier, token) if token else 0


def token_offset(scope: str, token: object) -> int:
    """The offset in a token that `page_token` made for this scope.

    Raises:
        ApiError: it made no such token.
    """
    try:
        offset = int(base64.urlsafe_b64decode(str(token)).decode().rpartition(" ")[2])
        if page_token(scope, offset) == token:
            return offset
    except ValueError as error:
        raise invalid("The NextToken is not valid.") from error
    raise invalid("The NextToken is not valid.")
