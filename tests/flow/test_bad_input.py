"""Questions that make no sense: each gets its code, nothing is submitted, and the socket stays open."""

from __future__ import annotations

import json
from typing import Any

import pytest
import websocket

from tests.flow.client import User, get, items
from tests.flow.conftest import Pipeline
from tests.sockets import websocket_client

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}
QUERY_ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def eve(pipeline: Pipeline) -> User:
    return User.named(pipeline, "eve")


def run(**changes: Any) -> dict[str, Any]:
    message = {"action": "run", "queryId": QUERY_ID, "topicName": "daily-summary", "parameters": JUNE}
    return {**message, **changes}


REFUSED = [
    (run(topicName="no-such-report"), "unknown_report", "topicName"),
    (run(parameters={**JUNE, "endDate": "2016-01-01"}), "out_of_range", "endDate"),
    (run(parameters={**JUNE, "startDate": "2015-07-01"}), "out_of_range", "endDate"),
    (run(parameters={**JUNE, "startDate": "2015-02-30"}), "invalid_parameter", "startDate"),
    (run(parameters={**JUNE, "startDate": "'; drop table trips; --"}), "invalid_parameter", "startDate"),
    (run(parameters={"startDate": "2015-06-01"}), "missing_parameter", "endDate"),
    (run(parameters={**JUNE, "zone": "1"}), "unknown_parameter", "zone"),
    (run(queryId="NOT-A-UUID"), "invalid_message", "queryId"),
    (run(extra=1), "invalid_message", "extra"),
    ({"action": "dance"}, "unknown_action", "action"),
    ({"action": "cancel", "queryId": UNKNOWN}, "not_found", "queryId"),
    ({"action": "resume", "queryIds": []}, "invalid_message", "queryIds"),
]


@pytest.mark.parametrize(("message", "code", "field"), REFUSED, ids=lambda value: str(value)[:40])
def test_a_message_that_makes_no_sense_gets_its_code(
    eve: User, message: dict[str, Any], code: str, field: str
) -> None:
    with eve.connected() as session:
        session.client.send(json.dumps(message))
        error = session.receive()
        assert (error["type"], error["code"], error["field"]) == ("error", code, field)
        assert error["message"].endswith(".")
        assert error["retryable"] is False
        session.send(action="ping")
        assert session.receive() == {"type": "pong"}
    assert eve.get("/queries")[1]["queries"] == []


@pytest.mark.parametrize("frame", ["", "not JSON", "[1, 2]", "{", '"run"', "null"])
def test_a_frame_that_is_no_message_leaves_the_socket_open(eve: User, frame: str) -> None:
    with eve.connected() as session:
        session.client.send(frame)
        error = session.receive()
        assert (error["code"], error["action"], error["queryId"]) == ("invalid_message", None, None)
        session.send(action="ping")
        assert session.receive() == {"type": "pong"}


def test_a_repeated_name_is_refused_and_named(eve: User) -> None:
    with eve.connected() as session:
        twice = json.dumps(run()).replace('"startDate"', '"startDate": "2015-01-01", "startDate"')
        session.client.send(twice)
        assert session.receive()["code"] == "duplicate_parameter"


@pytest.mark.parametrize(
    ("payload", "opcode", "close_code"),
    [("x" * 32_769, websocket.ABNF.OPCODE_TEXT, 1009), (b"{}", websocket.ABNF.OPCODE_BINARY, 1003)],
)
def test_a_frame_that_the_gateway_refuses_closes_the_connection(
    eve: User, payload: str | bytes, opcode: int, close_code: int
) -> None:
    with eve.connected() as session:
        session.client.send(payload, opcode)
        kind, content = session.client.recv_data()
        assert kind == websocket.ABNF.OPCODE_CLOSE
        assert int.from_bytes(content[:2], "big") == close_code


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?topicName=no-such-report", 404),
        ("?topicName=daily-summary&startDate=2015-06-01", 400),
        ("?topicName=daily-summary&startDate=2015-06-01&endDate=2014-06-01", 400),
        ("?topicName=daily-summary&startDate=2015-06-01&startDate=2015-06-02&endDate=2015-06-30", 400),
        ("?startDate=2015-06-01", 400),
        ("?topicName=daily-summary&startDate=2015-06-01&endDate=2015-06-30&queryId=X", 400),
    ],
)
def test_a_handshake_that_makes_no_sense_is_refused_with_its_status(
    eve: User, query: str, status: int
) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, eve.connected(query):
        pass
    assert refused.value.status_code == status
    assert not refused.value.resp_body, "a handshake's status is all that API Gateway passes on"


@pytest.mark.parametrize("token", [None, "forged", "a.b.c"])
def test_without_a_good_token_both_doors_are_closed(pipeline: Pipeline, token: str | None) -> None:
    header = {} if token is None else {"Authorization": f"Bearer {token}"}
    door = websocket_client(pipeline.websocket, header)
    with pytest.raises(websocket.WebSocketBadStatusException) as refused, door:
        pass
    assert refused.value.status_code == 401
    status, body = get(f"{pipeline.rest}/queries", token)
    assert (status, body["error"]["code"]) == (401, "unauthorized")


def test_an_expired_token_is_refused_with_the_same_words(pipeline: Pipeline) -> None:
    _, answer = get(f"{pipeline.tokens}?user=eve&ttl=-3600")
    assert get(f"{pipeline.rest}/queries", answer["id_token"])[0] == 401


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"/results/{UNKNOWN}", 404, "not_found"),
        ("/results/nonsense", 404, "not_found"),
        ("/nowhere", 404, "not_found"),
        ("/reports?topicName=daily-summary", 400, "invalid_request"),
        (f"/reports?topicName=daily-summary&version={'0' * 64}", 404, "unknown_report"),
    ],
)
def test_an_address_that_leads_nowhere_has_the_shape_of_every_error(
    eve: User, path: str, status: int, code: str
) -> None:
    answered, body = eve.get(path)
    assert (answered, body["error"]["code"]) == (status, code)
    assert set(body["error"]) == {"code", "field", "message", "requestId"}


def test_nothing_of_all_this_reached_the_table(pipeline: Pipeline, eve: User) -> None:
    with eve.connected() as session:
        session.client.send(json.dumps(run(topicName="no-such-report")))
        session.receive()
        assert not [item for item in items(pipeline) if item.get("topicName") == "no-such-report"]
