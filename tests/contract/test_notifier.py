"""The contract of `Notifier`, kept by connections in memory and by the adapter over the @connections API."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

import pytest

from pipeline.aws.notifier import ApiGatewayNotifier, management_address
from pipeline.ports import Notifier, PostFailedError
from tests.contract.servers import Reply, Request, Server, serving
from tests.fakes.others import FakeNotifier

OPEN, GONE, BROKEN, THROTTLED = (
    "L0SM9cOFvHcCIhw=",
    "gone123456789012=",
    "broken2345678901=",
    "slow567890123456=",
)
STATUSES = {OPEN: 200, GONE: 410, BROKEN: 500, THROTTLED: 429}
TEXT = '{"type":"finished","topicName":"Señor"}'


@dataclass
class Gateway:
    """The @connections API and the parameter that holds its address, as AWS answers them."""

    address: str = ""
    told: list[tuple[str, str]] = field(default_factory=list)

    def answer(self, request: Request) -> Reply:
        if request.headers.get("X-Amz-Target") == "AmazonSSM.GetParameter":
            value = self.address.replace("http", "ws") + "/prod"
            return Reply(200, json.dumps({"Parameter": {"Value": value}}).encode())
        connection_id = unquote(request.path.removeprefix("/prod/@connections/"))
        status = STATUSES[connection_id]
        if status == 200:
            self.told.append((connection_id, request.body.decode()))
        return Reply(status, b"")  # 410 comes without a body


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def server(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving(gateway.answer) as running:
        gateway.address = running.address
        for name, value in [("AWS_ENDPOINT_URL", running.address), ("AWS_DEFAULT_REGION", "us-east-1")]:
            monkeypatch.setenv(name, value)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "local")
        yield running


def fake() -> FakeNotifier:
    notifier = FakeNotifier()
    notifier.open = {OPEN}
    notifier.failing = {BROKEN, THROTTLED}
    return notifier


@pytest.fixture(params=["fake", "local"])
def notifier(request: pytest.FixtureRequest) -> Notifier:
    kinds: dict[str, Callable[[], Notifier]] = {"fake": fake, "local": lambda: connected(request)}
    return kinds[request.param]()


def connected(request: pytest.FixtureRequest) -> ApiGatewayNotifier:
    request.getfixturevalue("server")
    return ApiGatewayNotifier.connect("/stack/RedshiftDataApiWebSocketEndpoint")


def test_a_post_reaches_an_open_connection(notifier: Notifier) -> None:
    assert notifier.post(OPEN, TEXT) is True


def test_a_gone_connection_is_no_error(notifier: Notifier) -> None:
    assert notifier.post(GONE, TEXT) is False


@pytest.mark.parametrize("connection_id", [BROKEN, THROTTLED])
def test_a_post_that_fails_now_says_so(notifier: Notifier, connection_id: str) -> None:
    with pytest.raises(PostFailedError):
        notifier.post(connection_id, TEXT)


# what only the adapter has


@pytest.fixture
def adapter(server: Server) -> ApiGatewayNotifier:
    return ApiGatewayNotifier.connect("/stack/RedshiftDataApiWebSocketEndpoint")


def test_the_text_arrives_byte_for_byte_at_the_connection_named(
    adapter: ApiGatewayNotifier, server: Server, gateway: Gateway
) -> None:
    adapter.post(OPEN, TEXT)
    assert gateway.told == [(OPEN, TEXT)]
    assert (server.requests[-1].method, server.requests[-1].path) == (
        "POST",
        "/prod/@connections/L0SM9cOFvHcCIhw%3D",
    )


def test_the_address_is_read_once_and_not_per_post(adapter: ApiGatewayNotifier, server: Server) -> None:
    for _ in range(3):
        adapter.post(OPEN, TEXT)
    targets = [request.headers.get("X-Amz-Target") for request in server.requests]
    assert targets == ["AmazonSSM.GetParameter", None, None, None]


@pytest.mark.parametrize("connection_id", [BROKEN, THROTTLED])
def test_a_failing_post_is_one_request_because_the_pipeline_repeats_by_itself(
    adapter: ApiGatewayNotifier, server: Server, connection_id: str
) -> None:
    with pytest.raises(PostFailedError):
        adapter.post(connection_id, TEXT)
    assert len(server.requests) == 2


def test_an_api_that_cannot_be_reached_is_a_post_that_failed(gateway: Gateway, server: Server) -> None:
    gateway.address = "http://127.0.0.1:9"
    unreachable = ApiGatewayNotifier.connect("/stack/RedshiftDataApiWebSocketEndpoint")
    with pytest.raises(PostFailedError):
        unreachable.post(OPEN, TEXT)


@pytest.mark.parametrize(
    ("socket", "management"),
    [
        (
            "wss://api1.execute-api.us-east-1.amazonaws.com/prod",
            "https://api1.execute-api.us-east-1.amazonaws.com/prod",
        ),
        ("ws://127.0.0.1:8787/prod", "http://127.0.0.1:8787/prod"),
    ],
)
def test_the_management_address_is_that_of_the_socket_over_http(socket: str, management: str) -> None:
    assert management_address(socket) == management
