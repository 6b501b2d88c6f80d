"""The environment that the stand-in gives to the handlers, as Lambda would: the only place that touches it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from infra.local.place import ACCESS_KEY, REGION
from infra.local.wiring import Function


def union_of_environments(functions: Iterable[Function]) -> dict[str, str]:
    """Join the variables of all functions: the template's reader has seen to it that they agree."""
    return {name: value for function in functions for name, value in function.environment.items()}


def expose(variables: Mapping[str, str], aws_address: str) -> None:
    """Set the handlers' variables in this process, and what leads boto3 to the stand-in."""
    os.environ.update(variables)
    os.environ.update(
        AWS_ENDPOINT_URL=aws_address,
        AWS_ACCESS_KEY_ID=ACCESS_KEY,
        AWS_SECRET_ACCESS_KEY=ACCESS_KEY,
        AWS_REGION=REGION,
        AWS_DEFAULT_REGION=REGION,
        # A laptop's own configuration of AWS must not lead a call elsewhere.
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        AWS_EC2_METADATA_DISABLED="true",
    )
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"):
        os.environ.pop(name, None)
