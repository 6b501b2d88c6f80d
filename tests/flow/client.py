"""A client of the pipeline as an outsider would write it: websocket-client and urllib, nothing of the project."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import boto3

from tests.flow.conftest import Pipeline
from tests.sockets import websocket_client


def get(address: str, token: str | None = None) -> tuple[int, Any]:
    """GET an address; give its status and its JSON."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


@dataclass(frozen=True)
class User:
    """Somebody with a token."""

    pipeline: Pipeline
    token: str

    @classmethod
    def named(cls, pipeline: Pipeline, name: str) -> User:
        _, answer = get(f"{pipeline.tokens}?user={name}")
        return cls(pipeline, answer["id_token"])

    def get(self, path: str) -> tuple[int, Any]:
        return get(self.pipeline.rest + path, self.token)

    @contextmanager
    def connected(self, query: str = "") -> Iterator[Session]:
        header = {"Authorization": f"Bearer {self.token}"}
        with websocket_client(self.pipeline.websocket + query, header) as client:
            yield Session(client)
            client.close()


@dataclass(frozen=True)
class Session:
    """An open connection."""

    client: Any

    def send(self, **message: Any) -> None:
        self.client.send(json.dumps(message))

    def receive(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.client.recv())
        return message

    def until(self, *types: str) -> dict[str, Any]:
        """Receive until a message of one of these types comes."""
        while True:
            message = self.receive()
            if message.get("type") in types:
                return message

    def run(self, topic_name: str, **parameters: str) -> str:
        query_id = str(uuid.uuid4())
        self.send(action="run", queryId=query_id, topicName=topic_name, parameters=parameters)
        return query_id

    def by_type(self, *types: str) -> dict[str, dict[str, Any]]:
        """Receive one message of each type, in any order."""
        received: dict[str, dict[str, Any]] = {}
        while set(received) != set(types):
            message = self.receive()
            assert message.get("type") in types, message
            received[message["type"]] = message
        return received


def items(pipeline: Pipeline) -> list[dict[str, Any]]:
    """Scan the table of connections."""
    session = boto3.Session("local", "local", region_name="us-east-1")
    dynamodb = session.resource("dynamodb", endpoint_url=pipeline.aws)
    try:
        found: list[dict[str, Any]] = dynamodb.Table("client_connections").scan()["Items"]
    finally:
        dynamodb.meta.client.close()
    return found


def put_faults(pipeline: Pipeline, **groups: Any) -> dict[str, Any]:
    """Switch faults on or off; give what is left."""
    body = json.dumps(groups).encode()
    request = urllib.request.Request(pipeline.tokens.replace("token", "faults"), body, method="PUT")
    with urllib.request.urlopen(request, timeout=20) as answer:
        left: dict[str, Any] = json.loads(answer.read())
    return left
