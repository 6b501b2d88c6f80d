"""Clients of local servers: the address is given, never taken from the environment."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config


def local_client(service: str, address: str) -> Any:
    """Make a client of a local server that tries each call once."""
    return boto3.client(
        service,
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
        config=Config(retries={"total_max_attempts": 1, "mode": "standard"}, s3={"addressing_style": "path"}),
    )
