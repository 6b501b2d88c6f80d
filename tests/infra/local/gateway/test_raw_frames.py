"""What no WebSocket library would send: each ends as RFC 6455 or API Gateway says, and hurts nobody else."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.infra.local import sample_handlers
from tests.infra.local.gateway.raw import (
    BINARY,
    CLOSE,
    CONTINUATION,
    PING,
    PONG,
    TEXT,
    assert_unhurt,
    close,
    frame,
    length_of,
    opened,
)
from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring
from tests.pipeline.properties import PROPERTY
from tests.waiting import wait_until

PROTOCOL_ERROR, UNSUPPORTED, BAD_DATA, TOO_BIG = 1002, 1003, 1007, 1009

# RFC 6455: sections 5.2 to 5.5, 7.4 and 8.1; API Gateway's own are 1003 for binary, and its sizes.
WRONG = {
    **{
        f"reserved bits {bits:03b}": (frame(TEXT, b"{}", reserved=bits), PROTOCOL_ERROR)
        for bits in (4, 2, 1, 7)
    },
    **{
        f"opcode {code}": (frame(code, b"{}"), PROTOCOL_ERROR) for code in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
    },
    "no mask": (frame(TEXT, b"{}", masked=False), PROTOCOL_ERROR),
    "a part without a beginning": (frame(CONTINUATION, b"{}"), PROTOCOL_ERROR),
    "a beginning within a message": (frame(TEXT, b"{", last=False) + frame(TEXT, b"}"), PROTOCOL_ERROR),
    "a ping in parts": (frame(PING, b"a", last=False), PROTOCOL_ERROR),
    "a close in parts": (frame(CLOSE, last=False), PROTOCOL_ERROR),
    "a ping of 126 bytes": (frame(PING, b"x" * 126), PROTOCOL_ERROR),
    "a pong of 126 bytes": (frame(PONG, b"x" * 126), PROTOCOL_ERROR),
    "a close of 126 bytes": (close(1000, b"x" * 124), PROTOCOL_ERROR),
    "a length in too many bytes": (b"\x81" + length_of(5, octets=2) + b"\0" * 9, PROTOCOL_ERROR),
    "a length of 2^63": (b"\x81" + length_of(2**63, octets=8) + b"\0" * 4, PROTOCOL_ERROR),
    "a length of 2^62": (b"\x81" + length_of(2**62, octets=8) + b"\0" * 40_000, TOO_BIG),
    "the head of a frame of 2^62 bytes": (b"\x81" + length_of(2**62, octets=8), TOO_BIG),
    "the head of a frame of 40,000 bytes": (b"\x81" + length_of(40_000), TOO_BIG),
    "a message of 20,000 empty frames": (
        frame(TEXT, last=False) + 20_000 * frame(CONTINUATION, last=False),
        TOO_BIG,
    ),
    "a frame over 32 KiB": (frame(TEXT, b"x" * 32_769), TOO_BIG),
    "a message over 128 KiB": (
        frame(TEXT, b"x" * 32_768, last=False) + 4 * frame(CONTINUATION, b"x" * 32_768, last=False),
        TOO_BIG,
    ),
    "a frame of 1 MiB": (frame(TEXT, b"x" * 2**20), TOO_BIG),
    "binary": (frame(BINARY, b"{}"), UNSUPPORTED),
    "a byte that is never UTF-8": (frame(TEXT, b"\xff"), BAD_DATA),
    "a letter in too many bytes": (frame(TEXT, b"\xc0\x80"), BAD_DATA),
    "half a surrogate": (frame(TEXT, b"\xed\xa0\x80"), BAD_DATA),
    "a letter that is cut off": (frame(TEXT, b"\xe2\x82"), BAD_DATA),
    "a letter that the next part spoils": (
        frame(TEXT, b"\xe2\x82", last=False) + frame(CONTINUATION, b"x"),
        BAD_DATA,
    ),
    **{
        f"close code {code}": (close(code), PROTOCOL_ERROR) for code in (0, 999, 1004, 1005, 1006, 1015, 5000)
    },
    "half a close code": (frame(CLOSE, b"\x03"), PROTOCOL_ERROR),
    "a close reason that is not UTF-8": (close(1000, b"\xff"), BAD_DATA),
}


@pytest.fixture(scope="module")
def gateway() -> Iterator[Rig]:
    with running(wiring()) as rig:
        yield rig


@pytest.fixture(scope="module")
def bystander(gateway: Rig) -> Iterator[Any]:
    with gateway.socket() as client:
        yield client


@pytest.fixture(autouse=True)
def _hurts_nobody(bystander: Any, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    assert_unhurt(bystander, caplog)


def told_to_disconnect() -> int:
    """Wait for the event of `$disconnect`, and give its code."""
    return int(sample_handlers.next_event("DISCONNECT")["requestContext"]["disconnectStatusCode"])


@pytest.mark.parametrize(("sent", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_frame_closes_its_connection_with_a_code(gateway: Rig, sent: bytes, code: int) -> None:
    with opened(gateway.port) as client:
        client.send(sent)
        assert client.close_code() == code
        assert told_to_disconnect() == code


@pytest.mark.parametrize("code", [1000, 1001, 1003, 1011, 3000, 4999])
def test_a_code_that_a_client_may_send_is_given_back(gateway: Rig, code: int) -> None:
    with opened(gateway.port) as client:
        client.send(close(code, b"done"))
        assert client.close_code() == code
        assert told_to_disconnect() == code


def test_a_close_without_a_code_is_given_back_without_one(gateway: Rig) -> None:
    with opened(gateway.port) as client:
        client.send(frame(CLOSE))
        assert client.close_code() is None
        assert told_to_disconnect() == 1005


def test_a_ping_within_a_message_is_answered_and_the_message_is_whole(gateway: Rig) -> None:
    with opened(gateway.port) as client:
        client.send(frame(TEXT, b'{"action"', last=False) + frame(PING, b"x" * 125))
        assert client.frame() == (PONG, b"x" * 125)
        client.send(frame(CONTINUATION, b': "ping"}'))
        assert client.frame() == (TEXT, b'{"type": "pong"}')
    assert told_to_disconnect() == 1006


def test_an_answer_to_no_ping_and_an_empty_part_mean_nothing(gateway: Rig) -> None:
    with opened(gateway.port) as client:
        client.send(frame(PONG, b"?") + frame(TEXT, last=False) + frame(CONTINUATION, b'{"action": "ping"}'))
        assert client.frame() == (TEXT, b'{"type": "pong"}')
    assert told_to_disconnect() == 1006


def test_a_letter_may_be_cut_between_two_parts(gateway: Rig) -> None:
    message = '{"action": "run", "pad": "€"}'.encode()
    at = message.index("€".encode()) + 1
    with opened(gateway.port) as client:
        client.send(frame(TEXT, message[:at], last=False) + frame(CONTINUATION, message[at:]))
        _, answer = client.frame()
        assert json.loads(answer)["body"].encode() == message
    assert told_to_disconnect() == 1006


@pytest.mark.parametrize(
    "then", [frame(3), close(1000), b""], ids=["a wrong frame", "a close", "nothing more"]
)
def test_a_binary_frame_and_then_something_else_is_one_end(gateway: Rig, then: bytes) -> None:
    with opened(gateway.port) as client:
        client.send(frame(BINARY) + then)
        client.finish()
        assert len([opcode for opcode, _ in client.frames() if opcode == CLOSE]) <= 1
        assert told_to_disconnect() in {PROTOCOL_ERROR, UNSUPPORTED, 1000}


def test_an_answer_that_comes_after_the_end_is_dropped(
    gateway: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with opened(gateway.port) as client:
        client.send(frame(TEXT, b'{"action": "run", "do": "wait"}') + frame(BINARY))
        assert client.close_code() == UNSUPPORTED
        assert told_to_disconnect() == UNSUPPORTED
    sample_handlers.GATE.set()
    wait_until(lambda: "was gone before its answer" in caplog.text)


@pytest.mark.parametrize("part", [b"", b"\x81", frame(TEXT, b'{"action": "ping"}')[:-1]])
def test_a_frame_that_never_ends_is_nothing(gateway: Rig, part: bytes) -> None:
    with opened(gateway.port) as client:
        client.send(part)
        client.finish()
        assert client.has_ended()
        assert told_to_disconnect() == 1006


@pytest.mark.parametrize("more", [frame(TEXT, b'{"action": "run"}'), b"\xff" * 2**20])
def test_whatever_follows_a_wrong_frame_is_not_read(gateway: Rig, more: bytes) -> None:
    with opened(gateway.port) as client:
        client.send(frame(3))
        client.send(more)
        assert client.close_code() == PROTOCOL_ERROR
        assert told_to_disconnect() == PROTOCOL_ERROR


def test_the_sizes_are_those_of_one_message_and_of_one_frame(gateway: Rig) -> None:
    half = 16_000
    with opened(gateway.port) as client:
        for _ in range(10):
            client.send(frame(TEXT, b"x" * half, last=False) + frame(CONTINUATION, b"x" * half))
            opcode, answer = client.frame()
            assert (opcode, len(json.loads(answer)["body"])) == (TEXT, 2 * half)
    assert told_to_disconnect() == 1006


def test_a_message_of_ten_thousand_levels_is_an_ordinary_one(gateway: Rig) -> None:
    depth = 10_000
    with opened(gateway.port) as client:
        client.send(frame(TEXT, b"[" * depth + b"]" * depth))
        _, answer = client.frame()
        assert json.loads(answer)["requestContext"]["routeKey"] == "$default"
    assert told_to_disconnect() == 1006


parts = st.binary(max_size=40) | st.builds(frame, st.integers(0, 15), st.binary(max_size=130))


@given(st.lists(parts, max_size=4))
@PROPERTY
def test_whatever_the_bytes_the_connection_ends_once_and_with_a_lawful_code(
    gateway: Rig, sent: list[bytes]
) -> None:
    with opened(gateway.port) as client:
        client.send(b"".join(sent))
        client.finish()
        closes = [payload for opcode, payload in client.frames() if opcode == CLOSE]
    assert len(closes) <= 1
    assert all(is_lawful(int.from_bytes(payload[:2], "big")) for payload in closes if payload)
    assert told_to_disconnect() >= 1000


def is_lawful(code: int) -> bool:
    return code in {1000, 1001, 1002, 1003, 1007, 1009} or 3000 <= code < 5000
