"""Requests that no library would send: each is refused with a status, or ends in time, and hurts nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.local.gateway.handshakes import is_handshake
from tests.infra.local import sample_handlers
from tests.infra.local.gateway.raw import HANDSHAKE, TEXT, Raw, assert_unhurt, connected, frame, opened
from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring
from tests.pipeline.properties import PROPERTY
from tests.waiting import wait_until

KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
HOST = b"Host: 127.0.0.1\r\n"


def changed(old: bytes, new: bytes) -> bytes:
    assert old in HANDSHAKE
    return HANDSHAKE.replace(old, new, 1)


def added(header: bytes) -> bytes:
    return changed(b"Upgrade: websocket\r\n", b"Upgrade: websocket\r\n" + header + b"\r\n")


# RFC 6455, sections 4.2.1 and 4.4; RFC 9112; API Gateway: the longest address is 4,096 characters.
REFUSED = {
    "another version": (changed(b"Version: 13", b"Version: 8"), 426),
    "a version that is no text": (changed(b"Version: 13", b"Version: \xff"), 400),
    "no version": (changed(b"Sec-WebSocket-Version: 13\r\n", b""), 400),
    "no key": (changed(KEY, b""), 400),
    "a key of three bytes": (changed(b"dGhlIHNhbXBsZSBub25jZQ==", b"YWJj"), 400),
    "a key that is no base64": (changed(b"dGhlIHNhbXBsZSBub25jZQ==", b"!!"), 400),
    "two keys": (changed(KEY, KEY + KEY), 400),
    "no upgrade": (changed(b"Upgrade: websocket\r\n", b""), 426),
    "an upgrade to something else": (changed(b"websocket", b"h2c"), 426),
    "no connection header": (changed(b"Connection: Upgrade\r\n", b""), 426),
    "a connection header that is no text": (changed(b"n: Upgrade", b"n: Upgrade, \xff"), 400),
    "another method": (changed(b"GET", b"POST"), 400),
    "HTTP/1.0": (changed(b"HTTP/1.1", b"HTTP/1.0"), 400),
    "HTTP/3.0": (changed(b"HTTP/1.1", b"HTTP/3.0"), 400),
    "no host": (changed(HOST, b""), 400),
    "two hosts": (changed(HOST, HOST + HOST), 400),
    "a host that is no text": (changed(b"127.0.0.1", b"\xff"), 400),
    "a host that is no name": (changed(b"127.0.0.1", b"xn--\x7f"), 400),
    "the name of another machine": (changed(b"127.0.0.1", b"example.com"), 403),
    "a protocol that is no text": (added(b"Sec-WebSocket-Protocol: \xff"), 400),
    "an extension that is no text": (added(b"Sec-WebSocket-Extensions: \xff"), 400),
    "an address that is no text": (changed(b"/prod", b"/prod?a=\xff"), 400),
    "an address of another server": (changed(b"/prod", b"http://127.0.0.1/prod"), 403),
    "an address that is no path": (changed(b"/prod", b"*"), 403),
    "an address over 4,096 characters": (changed(b"/prod", b"/prod?a=" + b"a" * 4_089), 414),
    "a header without a colon": (added(b"no header"), 400),
    "a header with a line break": (added(b"A: b\rc"), 400),
    "a head without end": (changed(b"\r\n\r\n", b"\r\nA: " + b"a" * 100_000), 400),
    "two lengths": (added(b"Content-Length: 1\r\nContent-Length: 2"), 400),
    "a length below zero": (added(b"Content-Length: -1"), 400),
    "one line": (b"GET\r\n\r\n", 400),
    "the beginning of TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "a tunnel": (b"CONNECT example.com:443 HTTP/1.1\r\n" + HOST + b"\r\n", 403),
}


@pytest.fixture(scope="module")
def gateway() -> Iterator[Rig]:
    with running(wiring(), opening_seconds=0.3) as rig:
        yield rig


@pytest.fixture(scope="module")
def bystander(gateway: Rig) -> Iterator[Any]:
    with gateway.socket() as client:
        yield client


@pytest.fixture(autouse=True)
def _hurts_nobody(bystander: Any, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert_unhurt(bystander, caplog)


@pytest.mark.parametrize(("request_", "status"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_handshake_is_refused_with_a_status(gateway: Rig, request_: bytes, status: int) -> None:
    with connected(gateway.port) as client:
        client.send(request_)
        assert client.status() == status


@pytest.mark.parametrize(
    "header",
    [
        b"Sec-WebSocket-Protocol: a, b",
        b"Sec-WebSocket-Protocol: ",
        b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=99",
        b"Sec-WebSocket-Extensions: ;;=,,",
        b"X-Unused: \xff\xfe",
        b"Origin: https://example.com",
    ],
)
def test_what_a_handshake_offers_beyond_need_is_left_aside(gateway: Rig, header: bytes) -> None:
    with opened(gateway.port, added(header)) as client:
        client.send(frame(TEXT, b'{"action": "ping"}'))
        assert client.frame() == (TEXT, b'{"type": "pong"}')


def test_a_frame_in_the_same_write_as_its_handshake_is_answered(gateway: Rig) -> None:
    with opened(gateway.port, HANDSHAKE + frame(TEXT, b'{"action": "ping"}')) as client:
        assert client.frame() == (TEXT, b'{"type": "pong"}')


def test_a_frame_that_is_sent_before_the_handshake_is_answered_is_answered_after_it(gateway: Rig) -> None:
    with connected(gateway.port) as client:
        client.send(changed(b"/prod", b"/prod?answer=wait"))
        wait_until(lambda: not sample_handlers.SEEN.empty())
        client.send(frame(TEXT, b'{"action": "ping"}'))
        sample_handlers.GATE.set()
        assert client.status() == 101
        assert client.frame() == (TEXT, b'{"type": "pong"}')


@pytest.mark.parametrize("part", [b"", HANDSHAKE[:1], HANDSHAKE[:-2], HANDSHAKE[:-1]])
def test_half_a_handshake_is_not_waited_for(gateway: Rig, part: bytes) -> None:
    with connected(gateway.port) as client:
        client.send(part)
        assert client.has_ended()


def test_a_body_that_does_not_come_is_not_waited_for(gateway: Rig) -> None:
    with connected(gateway.port) as client:
        client.send(b"POST /prod/results/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\nhalf")
        assert client.has_ended()


def send_without_end(client: Raw) -> None:
    while True:
        client.send(b"A: b\r\n")


def test_headers_without_end_are_not_waited_for(gateway: Rig) -> None:
    with connected(gateway.port) as client:
        client.send(HANDSHAKE[:-2])
        with pytest.raises(OSError, match=r"reset|[Bb]roken|abort"):
            send_without_end(client)


def test_an_open_connection_may_be_silent_for_longer_than_a_handshake(gateway: Rig) -> None:
    with opened(gateway.port) as client, connected(gateway.port) as other:
        assert other.has_ended()
        client.send(frame(TEXT, b'{"action": "ping"}'))
        assert client.frame() == (TEXT, b'{"type": "pong"}')


@given(st.binary(max_size=80), st.integers(0, len(HANDSHAKE)))
@PROPERTY
def test_whatever_stands_in_a_handshake_the_answer_is_a_status_below_500(
    gateway: Rig, part: bytes, at: int
) -> None:
    with connected(gateway.port) as client:
        client.send(HANDSHAKE[:at] + part + HANDSHAKE[at:])
        client.finish()
        first = client.stream.readline()
        assert not first or first.split()[1] < b"500"


@pytest.mark.parametrize(
    ("headers", "possible"),
    [
        ([], True),
        ([(b"host", b"127.0.0.1:8787"), (b"sec-websocket-key", b"dGhlIHNhbXBsZSBub25jZQ==")], True),
        ([(b"host", b"xn--\x7f")], False),
        ([(b"sec-websocket-version", b"\xe9")], False),
    ],
)
def test_a_request_is_a_handshake_if_its_headers_can_be_read(
    headers: list[tuple[bytes, bytes]], possible: bool
) -> None:
    assert is_handshake(b"1.1", headers) is possible
