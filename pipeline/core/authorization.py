"""From an Authorization header to the answer of API Gateway's authorizer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.core.identifiers import owner_of


def bearer_token(headers: Mapping[str, str]) -> str | None:
    """Find the token of `Authorization: Bearer …`; names and scheme are compared without case."""
    for name, value in headers.items():
        scheme, _, token = value.partition(" ")
        if name.lower() == "authorization" and scheme.lower() == "bearer" and token.strip():
            return token.strip()
    return None


def policy(method_arn: str, claims: Mapping[str, Any]) -> dict[str, Any]:
    """Allow every path of the API's stage, and say who the caller is in flat strings.

    AWS: API Gateway, output of a Lambda authorizer. `method_arn` is
    `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<path>`.
    """
    api, stage = method_arn.split("/")[:2]
    owner = owner_of(str(claims["iss"]), str(claims["sub"]))
    return {
        "principalId": owner,
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [
                {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": f"{api}/{stage}/*"}
            ],
        },
        "context": {"owner": owner, "name": _name(claims), "groups": ",".join(_groups(claims))},
    }


def _name(claims: Mapping[str, Any]) -> str:
    return str(claims.get("name") or claims.get("email") or claims["sub"])


def _groups(claims: Mapping[str, Any]) -> list[str]:
    """Providers put groups under `groups` or `cognito:groups`; a name with a comma could pose as two."""
    given = claims.get("groups") or claims.get("cognito:groups") or []
    groups = given if isinstance(given, list) else [given]
    return [group for group in groups if isinstance(group, str) and "," not in group]
