"""The throttle of the stage: a bucket of tokens for each route."""

from __future__ import annotations

import json

import pytest
import websocket

from infra.local.gateway.throttle import Throttle
from infra.local.wiring import ThrottleSettings
from tests.infra.local.gateway.rig import running
from tests.infra.local.wirings import wiring

PING = '{"action": "ping"}'
# So slow that nothing comes back while a test runs.
THREE = ThrottleSettings(rate=0.001, burst=3)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def admitted(throttle: Throttle, route: str = "run") -> int:
    return [throttle.admits(route) for _ in range(100)].count(True)


def test_a_burst_is_taken_and_no_more() -> None:
    assert admitted(Throttle(THREE, Clock())) == 3


def test_tokens_come_back_with_time_up_to_the_burst() -> None:
    clock = Clock()
    throttle = Throttle(ThrottleSettings(rate=2, burst=5), clock)
    admitted(throttle)
    clock.now += 1.5
    assert admitted(throttle) == 3
    clock.now += 3600
    assert admitted(throttle) == 5


def test_each_route_has_a_bucket_of_its_own() -> None:
    throttle = Throttle(THREE, Clock())
    assert (admitted(throttle, "resume"), admitted(throttle, "run")) == (3, 3)


def test_a_message_too_many_gets_the_gateways_frame_and_the_socket_stays_open() -> None:
    with running(wiring(throttle=THREE)) as rig, rig.socket() as client:
        for _ in range(4):
            client.send(PING)
        answers = [json.loads(client.recv()) for _ in range(4)]
        client.send('{"action": "run"}')
        other = json.loads(client.recv())
    assert answers[:3] == [{"type": "pong"}] * 3
    assert set(answers[3]) == {"message", "connectionId", "requestId"}
    assert answers[3]["message"] == "Too Many Requests"
    assert other["requestContext"]["routeKey"] == "run"


def test_a_handshake_too_many_is_429() -> None:
    with running(wiring(throttle=THREE)) as rig:
        for _ in range(3):
            with rig.socket():
                pass
        door = rig.socket()
        with pytest.raises(websocket.WebSocketBadStatusException) as refused, door:
            pass
    assert refused.value.status_code == 429
