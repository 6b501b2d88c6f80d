"""The @connections API, called by boto3 as the pipeline calls it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
import websocket
from botocore.exceptions import ClientError

from tests.infra.local.gateway.rig import Rig
from tests.infra.local.sample_handlers import next_event


@pytest.fixture
def api(gateway: Rig) -> Iterator[Any]:
    client = boto3.Session("local", "local", region_name="us-east-1").client(
        "apigatewaymanagementapi", endpoint_url=f"{gateway.base}/prod"
    )
    yield client
    client.close()


@pytest.fixture
def connection(gateway: Rig) -> Iterator[tuple[Any, str]]:
    with gateway.socket() as client:
        yield client, _connection_id()


def _connection_id() -> str:
    return str(next_event("CONNECT")["requestContext"]["connectionId"])


def status_of(call: Any, **arguments: Any) -> int:
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return int(caught.value.response["ResponseMetadata"]["HTTPStatusCode"])


def test_a_post_reaches_the_client_as_one_text_frame(api: Any, connection: tuple[Any, str]) -> None:
    client, connection_id = connection
    answer = api.post_to_connection(ConnectionId=connection_id, Data="Grüße".encode())
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert client.recv() == "Grüße"


def test_a_post_to_nobody_is_gone(api: Any) -> None:
    assert status_of(api.post_to_connection, ConnectionId="bm9ib2R5bm9ib2Q=", Data=b"x") == 410


def test_a_post_during_connect_is_gone(gateway: Rig, api: Any) -> None:
    """The connection is there only once `$connect` has returned: until then its id leads nowhere."""
    with pytest.raises(websocket.WebSocketBadStatusException), gateway.socket("?answer=raise"):
        pass
    assert status_of(api.post_to_connection, ConnectionId=_connection_id(), Data=b"x") == 410


def test_a_post_to_a_closed_connection_is_gone(gateway: Rig, api: Any) -> None:
    with gateway.socket() as client:
        connection_id = _connection_id()
        client.close()
    next_event("DISCONNECT")
    assert status_of(api.post_to_connection, ConnectionId=connection_id, Data=b"x") == 410


def test_a_post_of_128_kib_passes_and_a_longer_one_is_413(api: Any, connection: tuple[Any, str]) -> None:
    client, connection_id = connection
    api.post_to_connection(ConnectionId=connection_id, Data=b"x" * 131072)
    assert len(client.recv()) == 131072
    assert status_of(api.post_to_connection, ConnectionId=connection_id, Data=b"x" * 131073) == 413


def test_a_connection_is_described(api: Any, connection: tuple[Any, str]) -> None:
    found = api.get_connection(ConnectionId=connection[1])
    assert found["Identity"]["SourceIp"] == "127.0.0.1"
    assert found["ConnectedAt"] <= found["LastActiveAt"]


def test_delete_closes_with_1000_and_then_it_is_gone(api: Any, connection: tuple[Any, str]) -> None:
    client, connection_id = connection
    answer = api.delete_connection(ConnectionId=connection_id)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    _, frame = client.recv_data_frame()
    assert int.from_bytes(frame.data[:2], "big") == 1000
    assert status_of(api.get_connection, ConnectionId=connection_id) == 410
    assert status_of(api.delete_connection, ConnectionId=connection_id) == 410


@pytest.mark.parametrize(("fault", "status"), [("gone", 410), ("throttle", 429), ("error", 500)])
def test_a_fault_fails_one_post(gateway: Rig, connection: tuple[Any, str], fault: str, status: int) -> None:
    client, connection_id = connection
    gateway.faults.merge({"posts": {fault: 1}})
    path = gateway.connection_path(connection_id)
    assert gateway.request("POST", path, b"first").status == status
    assert gateway.request("POST", path, b"second").status == 200
    assert client.recv() == "second"


def test_a_lost_post_says_200_and_reaches_nobody(gateway: Rig, connection: tuple[Any, str]) -> None:
    client, connection_id = connection
    gateway.faults.merge({"posts": {"lost": 1}})
    for text in (b"first", b"second"):
        assert gateway.request("POST", gateway.connection_path(connection_id), text).status == 200
    assert client.recv() == "second"
