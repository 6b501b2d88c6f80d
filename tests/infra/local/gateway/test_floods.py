"""A client that says more than it may: others go on, and only so much of it is taken as is being answered."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from infra.local.gateway.limits import SocketLimits
from tests.infra.local import sample_handlers
from tests.infra.local.gateway.raw import PING, PONG, TEXT, Raw, frame, opened
from tests.infra.local.gateway.rig import Rig
from tests.waiting import wait_until

AT_ONCE = SocketLimits().messages_at_once
# More than the function runtime has threads.
MANY = 300
WAITING = frame(TEXT, b'{"action": "run", "do": "wait"}')
_RESET = struct.pack("ii", 1, 0)


@pytest.fixture
def flood(gateway: Rig) -> Iterator[Raw]:
    """A client that has sent many messages in one write; each that begins waits for the gate."""
    with opened(gateway.port) as client:
        assert events_of("CONNECT") == 2, "the authorizer and the route"
        client.send(WAITING * MANY)
        wait_until(lambda: sample_handlers.SEEN.qsize() >= AT_ONCE)
        yield client


def events_of(event_type: str) -> int:
    """Take what the handlers have seen so far, and count the events of this type."""
    events = [sample_handlers.SEEN.get()[0] for _ in range(sample_handlers.SEEN.qsize())]
    return len([event for event in events if event["requestContext"]["eventType"] == event_type])


def ask(client: Any, text: str) -> Any:
    client.send(text)
    return json.loads(client.recv())


def test_somebody_else_comes_in_and_is_answered_while_a_flood_lasts(gateway: Rig, flood: Raw) -> None:
    with gateway.socket() as polite:
        assert ask(polite, '{"action": "run"}')["requestContext"]["routeKey"] == "run"
        assert ask(polite, '{"action": "ping"}') == {"type": "pong"}
    assert events_of("MESSAGE") == AT_ONCE, "the flood's others wait in the network"


def test_a_flood_is_answered_to_its_end_once_it_is_its_turn(flood: Raw) -> None:
    sample_handlers.GATE.set()
    assert {flood.frame()[0] for _ in range(MANY)} == {TEXT}


def test_a_close_from_this_side_waits_for_nothing_and_drops_what_had_not_begun(
    gateway: Rig, flood: Raw, caplog: pytest.LogCaptureFixture
) -> None:
    events = [sample_handlers.SEEN.get()[0] for _ in range(AT_ONCE)]
    connection_id = events[-1]["requestContext"]["connectionId"]
    assert gateway.request("DELETE", gateway.connection_path(connection_id)).status == 204
    event, _ = sample_handlers.SEEN.get(timeout=10)
    assert event["requestContext"]["eventType"] == "DISCONNECT"
    assert "timed out" not in caplog.text, "all that had begun still runs"
    with gateway.socket():
        assert events_of("MESSAGE") == 0


def test_pings_without_end_leave_others_their_turn(gateway: Rig) -> None:
    count = 40_000
    with opened(gateway.port) as client, gateway.socket() as polite:
        client.send(frame(PING) * count)
        assert ask(polite, '{"action": "ping"}') == {"type": "pong"}
        answered = len(client.socket.recv(2 * count)) // len(frame(PONG, masked=False))
    assert answered < count / 10, "of one read of the socket alone there would be more"


def test_what_had_not_begun_is_lost_with_a_connection_that_breaks(flood: Raw) -> None:
    flood.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    flood.stream.close()
    flood.socket.close()
    begun = events_of("MESSAGE")
    sample_handlers.GATE.set()
    ended = False
    while not ended:
        event, _ = sample_handlers.SEEN.get(timeout=10)
        ended = event["requestContext"]["eventType"] == "DISCONNECT"
        begun += not ended
    assert begun <= 3 * AT_ONCE
