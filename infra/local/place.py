"""Where the stand-in pretends to be: the account, region and names that stand in every ARN it makes."""

from __future__ import annotations

from typing import Literal, get_args

ACCOUNT = "123456789012"
REGION = "us-east-1"
STACK_NAME = "nyc-taxi-insights"
TOKEN_AUDIENCE = "nyc-taxi-insights"  # noqa: S105 - the public name of this application, no secret
ACCESS_KEY = "local"
WORKGROUP = "local"
_MotoService = Literal["dynamodb", "s3", "sqs"]
MOTO_SERVICES: tuple[_MotoService, ...] = get_args(_MotoService)
"""The services that moto imitates; the others are ours."""
# fact RD-16: a workgroup's ARN ends in a UUID, not in its name.
WORKGROUP_ARN = (
    f"arn:aws:redshift-serverless:{REGION}:{ACCOUNT}:workgroup/00000000-0000-4000-8000-000000000000"
)
DATABASE = "dev"
LOOPBACK = "127.0.0.1"
OUTSIDE_PRINCIPAL = f"arn:aws:iam::{ACCOUNT}:user/local"


def session_principal(role_name: str, function_name: str) -> str:
    """Name a function as the Data API names it in its events: the session of its execution role (fact EV-3)."""
    return f"arn:aws:sts::{ACCOUNT}:assumed-role/{role_name}/{function_name}"
