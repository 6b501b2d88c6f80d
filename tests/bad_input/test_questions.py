"""Questions and messages that make no sense, over real connections: a code, and nothing is submitted."""

from __future__ import annotations

import json

import pytest
import websocket

from tests.bad_input import door_rows, message_rows, question_rows
from tests.bad_input.cases import Address, Frame, Handshake, Message, parameters
from tests.flow.client import Session, User
from tests.flow.conftest import Pipeline
from tests.infra.local.gateway.raw import HANDSHAKE, connected, opened
from tests.sockets import websocket_client

pytestmark = pytest.mark.usefixtures("nothing_submitted")

ROWS = (*question_rows.ROWS, *door_rows.ROWS, *message_rows.ROWS)


def is_open(session: Session) -> bool:
    session.send(action="ping")
    return session.receive() == {"type": "pong"}


def handshake(user: User) -> bytes:
    """Write a good handshake of this user."""
    return HANDSHAKE.replace(b"Authorization: ana", f"Authorization: Bearer {user.token}".encode())


@pytest.mark.parametrize("case", parameters(ROWS, Address))
def test_an_address_that_makes_no_sense_is_refused_with_a_status_alone(eve: User, case: Address) -> None:
    header = {"Authorization": f"Bearer {eve.token}"} if case.header is None else case.header
    door = websocket_client(eve.pipeline.websocket + case.query, header)
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, door:
        pass
    assert refused.value.status_code == case.status


@pytest.mark.parametrize("case", parameters(ROWS, Message))
def test_a_message_that_makes_no_sense_gets_code_field_and_sentence(eve: User, case: Message) -> None:
    with eve.connected() as session:
        session.client.send(case.content if isinstance(case.content, str) else json.dumps(case.content))
        error = session.receive()
        assert set(error) == {"type", "action", "queryId", "code", "field", "message", "retryable"}
        assert (error["type"], error["code"], error["field"]) == ("error", case.code, case.field)
        assert case.sentence in error["message"]
        assert error["message"].endswith(".")
        assert error["retryable"] is False
        assert is_open(session)


@pytest.mark.parametrize("case", parameters(ROWS, Frame))
def test_a_frame_against_the_rules_ends_its_connection_with_a_code(port: int, eve: User, case: Frame) -> None:
    with eve.connected() as bystander:
        with opened(port, handshake(eve)) as client:
            client.send(case.sent)
            assert client.close_code() == case.close_code
        assert is_open(bystander)


@pytest.mark.parametrize("case", parameters(ROWS, Handshake))
def test_what_is_no_handshake_is_answered_with_a_status(port: int, eve: User, case: Handshake) -> None:
    good = handshake(eve)
    assert case.old in good
    with connected(port) as client:
        client.send(good.replace(case.old, case.new))
        assert client.status() == case.status


def test_a_refused_handshake_says_nothing_but_its_status(pipeline: Pipeline, eve: User) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, eve.connected("?topicName=x"):
        pass
    assert not refused.value.resp_body, "a handshake's status is all that API Gateway passes on"
