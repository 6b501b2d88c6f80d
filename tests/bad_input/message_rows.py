"""Bad input on an open connection."""

from __future__ import annotations

import json

from tests.bad_input.cases import NOBODYS_ID, Frame, Message, Row, run
from tests.infra.local.gateway.raw import BINARY, CLOSE, CONTINUATION, PING, TEXT, close, frame

NO_OBJECT = "The message is not a JSON object in one text frame."
DEEP = "[" * 10_000 + "]" * 10_000


def unreadable(*frames: str) -> tuple[Message, ...]:
    return tuple(Message(text, "invalid_message", None, NO_OBJECT) for text in frames)


def no_action(*contents: object) -> tuple[Message, ...]:
    return tuple(
        Message(content, "unknown_action", "action", "The action must be one of run, resume, cancel, ping.")
        for content in contents
    )


ROWS = (
    Row(
        36,
        "no JSON, or JSON that is no object",
        unreadable("", "run", "{", "1", '"run"', "null", "[1, 2]", " "),
    ),
    Row(
        37,
        "no action, or none that there is",
        no_action(
            {},
            {"queryId": NOBODYS_ID},
            {"action": "dance"},
            {"action": 1},
            {"action": None},
            {"action": "$connect"},
        ),
    ),
    Row(
        38,
        "a field too many, one of another type, one too few",
        (
            Message(run(extra=1), "invalid_message", "extra", "extra is not known here."),
            Message(run(queryId=1), "invalid_message", "queryId", "queryId must be text."),
            Message(run(parameters="none"), "invalid_message", "parameters", "parameters must be an object."),
            Message({"action": "run"}, "invalid_message", "queryId", "queryId is missing."),
            Message({"action": "cancel"}, "invalid_message", "queryId", "queryId is missing."),
            Message({"action": "resume", "queryIds": "x"}, "invalid_message", "queryIds", "must be a list."),
            Message({"action": "resume", "queryIds": [1]}, "invalid_message", "queryIds[0]", "must be text."),
        ),
    ),
    Row(
        39,
        "ten thousand levels",
        unreadable(DEEP, '{"action": "run", "parameters": ' + DEEP + "}"),
    ),
    Row(
        40,
        "names that stand twice, and what only Python takes for JSON",
        (
            Message('{"action": "run", "action": "run"}', "invalid_message", "action", "more than once."),
            *unreadable('{"action": "run", "count": NaN}', '{"action": "run", "count": -Infinity}'),
        ),
    ),
    Row(
        41,
        "half a surrogate, and NUL",
        (
            Message('{"action": "\\ud800"}', "unknown_action", "action"),
            Message({**run(), "topicName": "\x00"}, "unknown_report", "topicName"),
            Message(
                json.dumps(run({"word": "\ud800"})),
                "invalid_parameter",
                "word",
                "without control characters.",
            ),
            Message(run({"word": "a\x00b"}), "invalid_parameter", "word", "without control characters."),
            Message(json.dumps(run({"\ud800": "x"})), "unknown_parameter", "?", "no parameter ?."),
        ),
    ),
    Row(
        42,
        "names that mean something in some language",
        tuple(
            Message({**run(), name: {}}, "invalid_message", name, f"{name} is not known here.")
            for name in ("__proto__", "constructor", "class")
        ),
    ),
    Row(
        43,
        "text that is not UTF-8",
        (Frame(frame(TEXT, b"\xff"), 1007), Frame(frame(TEXT, b"\xed\xa0\x80"), 1007)),
    ),
    Row(44, "a binary frame", (Frame(frame(BINARY, b"{}"), 1003),)),
    Row(
        45,
        "a frame over 32 KiB, a message over 128 KiB",
        (
            Frame(frame(TEXT, b"x" * 32_769), 1009),
            Frame(
                frame(TEXT, b"x" * 32_768, last=False) + 4 * frame(CONTINUATION, b"x" * 32_768, last=False),
                1009,
            ),
        ),
    ),
    Row(
        46,
        "frames against the protocol",
        (
            Frame(frame(TEXT, b"{}", reserved=4), 1002),
            Frame(frame(3), 1002),
            Frame(frame(PING, last=False), 1002),
            Frame(frame(PING, b"x" * 126), 1002),
            Frame(frame(TEXT, b"{}", masked=False), 1002),
        ),
    ),
    Row(
        47,
        "a close whose code may not be sent",
        (*(Frame(close(code), 1002) for code in (0, 999, 1005)), Frame(frame(CLOSE, b"\x03"), 1002)),
    ),
    Row(
        48,
        "more than a hundred messages a minute",
        does_not_apply="API Gateway counts them by the stage's throttle, which the stand-in does not imitate.",
    ),
    Row(
        49,
        "cancelling what is not there, or is not yours",
        (
            Message(
                {"action": "cancel", "queryId": NOBODYS_ID}, "not_found", "queryId", "There is no such query."
            ),
        ),
        shown_by="test_49_a_strangers_query_cannot_be_cancelled_nor_told_from_none",
    ),
    Row(50, "cancelling what has ended", shown_by="test_50_what_has_ended_keeps_its_outcome"),
    Row(
        51,
        "asking after too many, the same twice, or a stranger's",
        (
            Message({"action": "resume", "queryIds": []}, "invalid_message", "queryIds", "1 to 20 ids."),
            Message(
                {"action": "resume", "queryIds": [NOBODYS_ID] * 21},
                "invalid_message",
                "queryIds",
                "1 to 20 ids.",
            ),
            Message(
                {"action": "resume", "queryIds": ["x"]}, "invalid_message", "queryIds", "UUID in lower case."
            ),
        ),
        shown_by="test_51_a_strangers_query_is_unknown_however_often_it_is_asked_after",
    ),
    Row(52, "the same query again", shown_by="test_52_the_same_query_again_is_told_where_it_stands"),
    Row(
        53,
        "a message after the session's end",
        does_not_apply="A connection ends by API Gateway's two hours, and the next one shows a token that holds then.",
    ),
)
