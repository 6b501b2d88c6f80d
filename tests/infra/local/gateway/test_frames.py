"""What comes of a client's bytes: one thing to answer at a time, within the limits."""

from __future__ import annotations

import pytest
from wsproto.events import AcceptConnection, CloseConnection, Event, Message, Ping, Request, TextMessage

from infra.local.gateway.frames import FrameConnection
from infra.local.gateway.limits import MAXIMUM_FRAME_BYTES, MAXIMUM_FRAMES
from tests.infra.local.gateway.raw import CONTINUATION, HANDSHAKE, PING, TEXT, frame

pytestmark = pytest.mark.fast

FULL = b"x" * MAXIMUM_FRAME_BYTES
PINGED = frame(PING)


def opened() -> FrameConnection:
    connection = FrameConnection()
    connection.receive_data(HANDSHAKE)
    assert isinstance(next(connection.events()), Request)
    assert b"Sec-WebSocket-Extensions" not in connection.send(AcceptConnection())
    return connection


def kinds(connection: FrameConnection) -> list[type[Event]]:
    return [type(event) for event in connection.events()]


def ends_as_too_big(connection: FrameConnection) -> bool:
    last = list(connection.events())[-1]
    return isinstance(last, CloseConnection) and last.code == 1009


def test_pings_are_given_one_by_one() -> None:
    connection = opened()
    connection.receive_data(PINGED * 2)
    assert [kinds(connection) for _ in range(3)] == [[Ping], [Ping], []]


def test_messages_are_given_one_by_one_however_many_frames_they_have() -> None:
    connection = opened()
    connection.receive_data(frame(TEXT, b"1", last=False) + frame(CONTINUATION, b"2") + frame(TEXT, b"3"))
    texts = [[event.data for event in connection.events() if isinstance(event, Message)] for _ in range(3)]
    assert texts == [["1", "2"], ["3"], []]


def test_a_ping_within_a_message_neither_counts_nor_begins_the_count_anew() -> None:
    connection = opened()
    connection.receive_data(frame(TEXT, FULL, last=False) + PINGED + frame(CONTINUATION, FULL, last=False))
    assert kinds(connection)[-1] is Ping
    connection.receive_data(frame(CONTINUATION, FULL, last=False) + frame(CONTINUATION, FULL, last=False))
    assert not ends_as_too_big(connection)
    connection.receive_data(frame(CONTINUATION, b"x"))
    assert ends_as_too_big(connection)


def test_a_message_may_have_so_many_frames_and_no_more() -> None:
    connection = opened()
    most = frame(TEXT, last=False) + (MAXIMUM_FRAMES - 2) * frame(CONTINUATION, last=False)
    for _ in range(2):
        connection.receive_data(most + frame(CONTINUATION))
        assert not ends_as_too_big(connection)
    connection.receive_data(most + 2 * frame(CONTINUATION, last=False))
    assert ends_as_too_big(connection)


def test_a_head_that_comes_byte_by_byte_is_counted_once() -> None:
    connection, sent = opened(), frame(TEXT, FULL)
    for byte in sent[:8]:
        connection.receive_data(bytes([byte]))
        assert kinds(connection) == []
    connection.receive_data(sent[8:])
    assert kinds(connection) == [TextMessage]
