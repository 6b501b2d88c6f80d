"""Calls of DynamoDB as boto3 writes them."""

from __future__ import annotations

import json
from typing import Any

from infra.local.aws_http import HttpRequest


def request(operation: str, payload: dict[str, Any]) -> HttpRequest:
    headers = {
        "host": "127.0.0.1",
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": f"DynamoDB_20120810.{operation}",
        "authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, x",
    }
    return HttpRequest("POST", "/", headers, json.dumps(payload).encode())
