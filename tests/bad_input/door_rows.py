"""Bad input at the door: ids, tokens and handshakes."""

from __future__ import annotations

from tests.bad_input.cases import Address, Handshake, Message, Row, query, run

KEY = b"dGhlIHNhbXBsZSBub25jZQ=="

ROWS = (
    Row(
        25,
        "an id of a query that is no UUID",
        (
            *(
                Address(query(queryId=text), 400)
                for text in ("", "1", "0B6F5A0E-6C0E-4C57-9F0B-0D6F3A1C2E11")
            ),
            *(
                Message(run(queryId=text), "invalid_message", "queryId", "must be a UUID in lower case.")
                for text in ("", "1", "{0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11}")
            ),
        ),
    ),
    Row(26, "an id of a query that asked something else", shown_by="test_26_an_id_keeps_its_question"),
    Row(27, "an id of somebody else's query", shown_by="test_27_an_id_of_somebody_else_is_a_new_one"),
    Row(
        28,
        "a weak id of a session",
        (Address(query(sessionId="1"), 400),),
        does_not_apply="A session is known by its token alone; the address takes no other name for it.",
    ),
    Row(
        29,
        "an unknown version of the protocol",
        (Address(query(proto="99"), 400),),
        does_not_apply="The protocol has one version: what is unknown to one side is refused or ignored by rule.",
    ),
    Row(30, "one active query too many", shown_by="test_30_one_query_too_many_is_refused_until_another_ends"),
    Row(
        31,
        "what is no handshake",
        (
            Handshake(b"Upgrade: websocket\r\n", b"", 426),
            Handshake(b"Version: 13", b"Version: 8", 426),
            Handshake(KEY, b"c2hvcnQ=", 400),
            Handshake(b"Sec-WebSocket-Key: " + KEY + b"\r\n", b"", 400),
        ),
    ),
    Row(
        32,
        "a page of another site asks",
        (
            Address(query(), 401, {"Origin": "https://example.com"}),
            Handshake(
                b"Upgrade: websocket\r\n", b"Upgrade: websocket\r\nOrigin: https://example.com\r\n", 101
            ),
        ),
        does_not_apply="The token alone opens the door, wherever it is shown: no page can send the Authorization "
        "header, and there is no cookie that it could borrow.",
    ),
    Row(
        33,
        "a wrong signature",
        does_not_apply="Requests are not signed: whoever asks shows the ID token of his sign-in (row 34).",
    ),
    Row(34, "a token that proves nothing", shown_by="test_34_a_token_that_proves_nothing_opens_no_door"),
    Row(
        35,
        "a subprotocol that nobody knows",
        (
            Handshake(
                b"Upgrade: websocket\r\n", b"Upgrade: websocket\r\nSec-WebSocket-Protocol: x, y\r\n", 101
            ),
        ),
        does_not_apply="None is spoken here, so none is chosen; RFC 6455 lets the client decide what that means.",
    ),
)
