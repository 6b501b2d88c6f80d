"""How every client of AWS is made, and how its errors are read."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ParamValidationError

__all__ = [
    "CONNECT_TIMEOUT_SECONDS",
    "BotoCoreError",
    "ClientError",
    "ParamValidationError",
    "client",
    "error_code",
    "error_message",
    "http_status",
]

# A function has seconds, not minutes: three tries of a call that hangs fit into the 29 s that API Gateway waits.
CONNECT_TIMEOUT_SECONDS = 2.0
READ_TIMEOUT_SECONDS = 7.0

_CONFIG = Config(connect_timeout=CONNECT_TIMEOUT_SECONDS, max_pool_connections=64)


def client(
    service: str, *, attempts: int = 3, read_timeout: float = READ_TIMEOUT_SECONDS, **options: Any
) -> Any:
    """Make a client on boto3's default session (the stand-in's address comes from AWS_ENDPOINT_URL).

    `attempts` is how often one call is tried in all; 1 where the pipeline repeats by itself.
    """
    retries = {"mode": "standard", "total_max_attempts": attempts}
    config = _CONFIG.merge(Config(read_timeout=read_timeout, retries=retries))
    return boto3.client(service, config=config, **options)


def error_code(error: ClientError) -> str:
    """Give the name of the service's error."""
    return str(error.response.get("Error", {}).get("Code", ""))


def error_message(error: ClientError) -> str:
    """Give the service's sentence."""
    return str(error.response.get("Error", {}).get("Message", ""))


def http_status(error: ClientError) -> int:
    """Give the HTTP status of a service's error."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
