"""Handlers that do what the event tells them, so that a test can see each behaviour of Lambda and API Gateway."""

from __future__ import annotations

import json
import queue
import threading
import time
from contextlib import suppress
from typing import Any

import boto3

Event = dict[str, Any]

SEEN: queue.SimpleQueue[tuple[Event, Any]] = queue.SimpleQueue()
"""Every event that came to `connect`, `disconnect` or `consume`, or that `message` waited with, with its context."""

GATE = threading.Event()
"""What a handler waits for when it is told to `wait`."""


def next_event(event_type: str) -> Event:
    """Wait for the next event of this type that a route's handler was given."""
    while True:
        event, _ = SEEN.get(timeout=10)
        if event["requestContext"]["eventType"] == event_type and event.get("type") != "REQUEST":
            return event


def connect(event: Event, context: Any) -> Any:
    SEEN.put((event, context))
    wish = (event.get("queryStringParameters") or {}).get("answer", "200")
    if wish == "wait":
        GATE.wait(10)
        return {"statusCode": 200}
    if wish == "raise":
        raise RuntimeError("connect failed")
    if wish == "nothing":
        return None
    return {"statusCode": int(wish)}


def disconnect(event: Event, context: Any) -> Any:
    SEEN.put((event, context))
    return {"statusCode": 200}


def message(event: Event, context: Any) -> Any:
    wish = json.loads(event["body"]).get("do", "echo") if event["body"].startswith("{") else "echo"
    if wish == "raise":
        raise RuntimeError("message failed")
    if wish == "wait":
        SEEN.put((event, context))
        GATE.wait(10)
    if wish == "say nothing":
        return {"statusCode": 200}
    return {"statusCode": 501, "body": json.dumps(event)}


def rest(event: Event, context: Any) -> Any:
    wish = (event["queryStringParameters"] or {}).get("answer")
    if wish == "raise":
        raise RuntimeError("rest failed")
    if wish == "wait":
        GATE.wait(10)
    if wish is not None and wish.startswith("{"):
        return json.loads(wish)
    if wish == "text":
        return "no object"
    return {"statusCode": 200, "body": json.dumps(event)}


def authorize(event: Event, context: Any) -> Any:
    SEEN.put((event, context))
    token = next(value for name, value in event["headers"].items() if name.lower() == "authorization")
    if token == "bad":
        raise PermissionError("Unauthorized")
    if token == "crash":
        raise RuntimeError("crashed")
    effect = "Deny" if token == "denied" else "Allow"
    context_of_caller: dict[str, Any] = {"owner": token, "admin": True, "level": 3}
    if token == "nested":
        context_of_caller["groups"] = ["a"]
    resource = event["methodArn"].split("/")[0] + "/*"
    return {
        "principalId": token,
        "policyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": effect, "Resource": resource}]},
        "context": context_of_caller,
    }


def consume(event: Event, context: Any) -> Any:
    SEEN.put((event, context))
    failures = event["detail"].get("failures", 0)
    if failures < 0 or len(_runs_of(event["id"])) <= failures:
        raise RuntimeError("consume failed")


def echo(event: Event, context: Any) -> Any:
    return event


def fail(event: Event, context: Any) -> Any:
    raise KeyError("missing")


def sleep(event: Event, context: Any) -> Any:
    time.sleep(event["seconds"])
    return "slept"


def describe_context(event: Event, context: Any) -> Any:
    return {
        "request_id": context.aws_request_id,
        "name": context.function_name,
        "arn": context.invoked_function_arn,
        "remaining": context.get_remaining_time_in_millis(),
    }


def call_aws(event: Event, context: Any) -> Any:
    keys = {"aws_access_key_id": "local", "aws_secret_access_key": "local", "region_name": "us-east-1"}
    client = boto3.client("ssm", endpoint_url=event["address"], **keys)
    try:
        for number in range(event["calls"]):
            client.put_parameter(Name=f"p{number}", Value="x", Type="String")
    finally:
        client.close()
    return "called"


def call_aws_and_note_errors(event: Event, context: Any) -> Any:
    try:
        return call_aws(event, context)
    except Exception:
        SEEN.put((event, context))
        raise


def call_aws_whatever_comes(event: Event, context: Any) -> Any:
    for _ in range(2):
        with suppress(BaseException):
            call_aws(event, context)
    return "called"


def answer_a_set(event: Event, context: Any) -> Any:
    return {1, 2}


def answer_too_much(event: Event, context: Any) -> Any:
    return "x" * (6 * 1024 * 1024 + 1)


NO_FUNCTION = "a text"

_RUNS: dict[str, list[float]] = {}


def _runs_of(event_id: str) -> list[float]:
    runs = _RUNS.setdefault(event_id, [])
    runs.append(time.monotonic())
    return runs
