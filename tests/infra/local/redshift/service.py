"""The Data API behind real HTTP, as boto3 and the AWS CLI speak it (JSON 1.1), and switches for its faults."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Lock, Thread
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.redshift import DataApi, Endpoint, Engine

ACCOUNT = "123456789012"
REGION = "us-east-1"
USER = f"arn:aws:iam::{ACCOUNT}:user/local"
ROLE = f"arn:aws:sts::{ACCOUNT}:assumed-role/app-statements"
_PRINCIPAL_HEADER = "X-Test-Principal"


@dataclass
class Switches:
    """Faults that a test turns on."""

    values: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def value(self, group: str, name: str) -> int:
        assert group == "statements"
        return self.values.get(name, 0)

    def take(self, group: str, name: str) -> bool:
        assert group == "statements"
        with self.lock:
            left = self.counts.get(name, 0)
            self.counts[name] = max(0, left - 1)
            return left > 0


@dataclass
class Clock:
    """A clock that a test can move forward."""

    offset: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset


class Inbox:
    """The events that came, and a way to wait for the next one."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.look_first: Callable[[dict[str, Any]], None] | None = None
        self._changed = Condition()

    def put(self, event: dict[str, Any]) -> None:
        if self.look_first is not None:
            self.look_first(event)
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.events) >= count, timeout=20), self.events
            return list(self.events)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: DataApi

    def do_POST(self) -> None:
        operation = self.headers["X-Amz-Target"].removeprefix("RedshiftData.")
        payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        principal = self.headers.get(_PRINCIPAL_HEADER, USER)
        status, body = self.api.answer(operation, payload, principal)
        data = json.dumps(body, allow_nan=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Keep quiet."""


@dataclass
class Service:
    """A running service; `client()` is a real boto3 client of it."""

    api: DataApi
    endpoint: str
    switches: Switches
    clock: Clock
    inbox: Inbox

    def client(self, principal: str = USER) -> Any:
        client = boto3.client(
            "redshift-data",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(retries={"max_attempts": 3, "mode": "standard"}, max_pool_connections=16),
        )
        client.meta.events.register(
            "before-call", lambda params, **_: params["headers"].update({_PRINCIPAL_HEADER: principal})
        )
        return client


@contextmanager
def serving(engine: Engine, endpoint: Endpoint | None = None) -> Iterator[Service]:
    """A service over the engine, gone at the end with all its threads."""
    switches, clock, inbox = Switches(), Clock(), Inbox()
    api = DataApi(engine, inbox.put, switches, clock, ACCOUNT, REGION, endpoint)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": api}))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Service(api, f"http://127.0.0.1:{server.server_port}", switches, clock, inbox)
    finally:
        api.close()
        server.shutdown()
        thread.join()
        server.server_close()


def execute(client: Any, sql: str, **more: Any) -> str:
    """Submit a statement and give its id."""
    return str(client.execute_statement(WorkgroupName="local", Database="dev", Sql=sql, **more)["Id"])


def error_of(raised: pytest.ExceptionInfo[ClientError]) -> tuple[str, str]:
    """Code and message of a refused call."""
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def ended(client: Any, identifier: str) -> dict[str, Any]:
    """The description of a statement once it has ended."""
    for _ in range(2_000):
        description: dict[str, Any] = client.describe_statement(Id=identifier)
        if description["Status"] in {"FINISHED", "FAILED", "ABORTED"}:
            return description
        time.sleep(0.005)
    raise AssertionError(f"{identifier} did not end")
