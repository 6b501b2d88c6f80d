"""The WebSocket API over real sockets: handshakes, messages, and every way in which a connection ends."""

from __future__ import annotations

import json
import logging
from contextlib import ExitStack
from typing import Any

import pytest
import websocket

from infra.local.gateway.limits import SocketLimits
from tests.infra.local import sample_handlers
from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.sample_handlers import next_event
from tests.infra.local.wirings import SOCKET_ROUTES, route, wiring


def refused(rig: Rig, query: str = "", token: str | None = "ana", path: str = "/prod") -> Any:
    door = rig.socket(query, token, path)
    with pytest.raises(websocket.WebSocketBadStatusException) as caught, door:
        pass
    return caught.value


def send_in_frames(client: Any, message: bytes, size: int = 30_000) -> None:
    """Send one text message in several frames."""
    for start in range(0, len(message), size):
        last = int(start + size >= len(message))
        opcode = websocket.ABNF.OPCODE_CONT if start else websocket.ABNF.OPCODE_TEXT
        client.send_frame(websocket.ABNF(last, 0, 0, 0, opcode, 1, message[start : start + size]))


def ask(client: Any, **message: Any) -> Any:
    client.send(json.dumps(message))
    return json.loads(client.recv())


class TestHandshake:
    def test_a_2xx_of_connect_opens_the_connection(self, gateway: Rig) -> None:
        with gateway.socket("?answer=204") as client:
            assert client.getstatus() == 101

    @pytest.mark.parametrize("status", [400, 404, 409, 429, 503])
    def test_any_other_status_of_connect_is_the_status_of_the_handshake(
        self, gateway: Rig, status: int
    ) -> None:
        assert refused(gateway, f"?answer={status}").status_code == status

    @pytest.mark.parametrize("answer", ["raise", "nothing"])
    def test_a_connect_that_fails_is_502(self, gateway: Rig, answer: str) -> None:
        assert refused(gateway, f"?answer={answer}").status_code == 502

    @pytest.mark.parametrize(
        ("token", "status"),
        [(None, 401), ("bad", 401), ("denied", 403), ("crash", 500), ("nested", 500)],
    )
    def test_the_authorizer_refuses_with_its_status(
        self, gateway: Rig, token: str | None, status: int
    ) -> None:
        assert refused(gateway, token=token).status_code == status

    def test_without_a_token_no_function_runs(self, gateway: Rig) -> None:
        refused(gateway, token=None)
        assert sample_handlers.SEEN.empty()

    def test_a_refused_caller_does_not_reach_connect(self, gateway: Rig) -> None:
        refused(gateway, token="denied")
        event, _ = sample_handlers.SEEN.get(timeout=10)
        assert event["type"] == "REQUEST"
        assert sample_handlers.SEEN.empty()

    def test_another_path_is_forbidden(self, gateway: Rig) -> None:
        assert refused(gateway, path="/test").status_code == 403

    def test_plain_http_at_the_socket_address_is_426(self, gateway: Rig) -> None:
        assert gateway.get("/prod").status == 426

    def test_an_api_without_connect_accepts(self) -> None:
        with running(wiring(routes=[route("ping", None, mock_body="{}")])) as rig, rig.socket() as client:
            client.send('{"action": "ping"}')
            assert client.recv() == "{}"

    def test_without_a_permission_for_connect_the_handshake_is_500(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with running(wiring(without_permission="ConnectFunction")) as rig:
            assert refused(rig).status_code == 500
        assert "ConnectFunction: no Lambda::Permission lets apigateway.amazonaws.com invoke it" in caplog.text


class TestEvents:
    def test_connect_gets_what_aws_sends(self, gateway: Rig) -> None:
        with gateway.socket():
            event = next_event("CONNECT")
        # fact WS-1: nothing else, the query's keys are missing
        assert set(event) == {"headers", "multiValueHeaders", "requestContext", "isBase64Encoded"}
        assert "Sec-WebSocket-Key" in event["headers"]  # fact WS-3: in the client's case
        assert not {"Connection", "Upgrade"} & set(event["headers"])
        assert event["requestContext"]["domainName"] == f"127.0.0.1:{gateway.port}"

    def test_what_the_authorizer_said_is_carried_for_life_as_text(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            message = ask(client, action="run")
        expected = {"principalId": "ana", "owner": "ana", "admin": "true", "level": "3"}
        for event in (next_event("CONNECT"), message, next_event("DISCONNECT")):
            authorizer = event["requestContext"]["authorizer"]
            assert {name: authorizer[name] for name in expected} == expected
            assert authorizer["integrationLatency"] >= 0

    def test_a_message_arrives_byte_for_byte_without_headers(self, gateway: Rig) -> None:
        text = '{"action":\r\n "run",  "ü": "✓"}'
        with gateway.socket() as client:
            client.send(text)
            event = json.loads(client.recv())
        assert set(event) == {"requestContext", "body", "isBase64Encoded"}  # fact WS-7
        assert event["body"] == text
        context = event["requestContext"]
        assert context["routeKey"] == "run"
        assert context["messageId"] != context["requestId"]

    def test_disconnect_is_told_the_code_and_reason_of_the_client(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            client.close(status=1001, reason=b"moving on")
        event = next_event("DISCONNECT")
        # fact WS-4
        assert set(event["headers"]) == {"Host", "x-api-key", "X-Forwarded-For", "x-restapi"}
        context = event["requestContext"]
        assert (context["disconnectStatusCode"], context["disconnectReason"]) == (1001, "moving on")

    def test_a_close_without_a_code_is_1005_with_the_reason_of_aws(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            client.send(b"", websocket.ABNF.OPCODE_CLOSE)
            context = next_event("DISCONNECT")["requestContext"]
        # fact WS-8
        assert context["disconnectStatusCode"] == 1005
        assert context["disconnectReason"] == "Client-side close frame status not set"

    def test_a_connection_that_breaks_is_1006(self, gateway: Rig) -> None:
        with gateway.socket():
            pass  # the block ends the connection without a close frame
        assert next_event("DISCONNECT")["requestContext"]["disconnectStatusCode"] == 1006


class TestMessages:
    @pytest.mark.parametrize(
        "text", ['{"action": "unknown"}', '{"other": 1}', "not JSON", "[1]", '{"action": null}']
    )
    def test_what_names_no_route_goes_to_default(self, gateway: Rig, text: str) -> None:
        with gateway.socket() as client:
            client.send(text)
            assert json.loads(client.recv())["requestContext"]["routeKey"] == "$default"

    @pytest.mark.parametrize("action", ["$connect", "$disconnect"])
    def test_a_message_cannot_choose_a_route_of_the_connection(self, gateway: Rig, action: str) -> None:
        with gateway.socket() as client:
            assert ask(client, action=action)["requestContext"]["routeKey"] == "$default"

    def test_a_mock_route_answers_its_constant(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            assert ask(client, action="ping") == {"type": "pong"}

    def test_without_a_route_response_the_answer_is_dropped_and_logged(
        self, gateway: Rig, caplog: pytest.LogCaptureFixture
    ) -> None:
        with gateway.socket() as client:
            client.send('{"action": "quiet"}')
            assert ask(client, action="ping") == {"type": "pong"}
            assert ask(client, action="run")["requestContext"]["routeKey"] == "run"
        assert "QuietRoute has no route response" in caplog.text

    def test_an_answer_without_a_body_sends_nothing(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            client.send('{"action": "run", "do": "say nothing"}')
            assert ask(client, action="run", do="echo")["requestContext"]["eventType"] == "MESSAGE"

    def test_a_handler_that_raises_gives_the_gateways_frame_and_the_socket_stays_open(
        self, gateway: Rig
    ) -> None:
        with gateway.socket() as client:
            connection_id = next_event("CONNECT")["requestContext"]["connectionId"]
            client.send('{"action": "run", "do": "raise"}')
            frame = client.recv()
            assert frame.startswith('{"message": "Internal server error", "connectionId":"')
            assert json.loads(frame)["connectionId"] == connection_id
            assert ask(client, action="ping") == {"type": "pong"}

    def test_a_handler_over_its_own_time_is_an_internal_error(self) -> None:
        with running(wiring(timeout=1)) as rig, rig.socket() as client:
            assert ask(client, action="run", do="wait")["message"] == "Internal server error"

    def test_a_handler_over_the_gateways_time_is_a_time_out(self) -> None:
        limits = SocketLimits(integration_seconds=0.2)
        with running(wiring(), limits) as rig, rig.socket() as client:
            assert ask(client, action="run", do="wait")["message"] == "Endpoint request timed out"

    def test_without_any_route_the_message_is_forbidden(self) -> None:
        routes = [r for r in SOCKET_ROUTES if r.route_key != "$default"]
        with running(wiring(routes=routes)) as rig, rig.socket() as client:
            assert ask(client, action="unknown")["message"] == "Forbidden"

    def test_without_a_permission_the_message_fails(self, caplog: pytest.LogCaptureFixture) -> None:
        with running(wiring(without_permission="MessageFunction")) as rig, rig.socket() as client:
            assert ask(client, action="run")["message"] == "Internal server error"
        assert "MessageFunction: no Lambda::Permission" in caplog.text

    def test_a_slow_message_holds_up_no_other(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            client.send('{"action": "run", "do": "wait"}')
            assert ask(client, action="ping") == {"type": "pong"}
            sample_handlers.GATE.set()
            assert json.loads(client.recv())["requestContext"]["routeKey"] == "run"


class TestEnds:
    def end_of(self, client: Any) -> int:
        opcode, frame = client.recv_data_frame()
        assert opcode == websocket.ABNF.OPCODE_CLOSE
        return int.from_bytes(frame.data[:2], "big")

    def test_a_frame_of_32_kib_passes_and_a_longer_one_closes_with_1009(self, gateway: Rig) -> None:
        stem = '{"action": "run", "pad": "'
        with gateway.socket() as client:
            client.send(stem + "x" * (32768 - len(stem) - 2) + '"}')
            assert json.loads(client.recv())["requestContext"]["routeKey"] == "run"
            client.send("x" * 32769)
            _, frame = client.recv_data_frame()
        assert frame.data == (1009).to_bytes(2, "big") + b"Frame exceeds the maximum size (32768 bytes)"
        assert next_event("DISCONNECT")["requestContext"]["disconnectStatusCode"] == 1009

    def test_a_message_of_128_kib_in_small_frames_passes_and_a_longer_one_closes_with_1009(
        self, gateway: Rig
    ) -> None:
        stem = b'{"action": "run", "pad": "'
        with gateway.socket() as client:
            send_in_frames(client, stem + b"x" * (131072 - len(stem) - 2) + b'"}')
            assert json.loads(client.recv())["requestContext"]["routeKey"] == "run"
            send_in_frames(client, b"x" * 131073)
            _, frame = client.recv_data_frame()
        assert frame.data == (1009).to_bytes(2, "big") + b"Message exceeds the maximum size (131072 bytes)"

    @pytest.mark.parametrize("payload", [b"\xff\xfe", b'{"a": "\xc3\x28"}'])
    def test_text_that_is_no_utf_8_closes_with_1007(self, gateway: Rig, payload: bytes) -> None:
        with gateway.socket() as client:
            client.send(payload, websocket.ABNF.OPCODE_TEXT)
            assert self.end_of(client) == 1007
        assert next_event("DISCONNECT")["requestContext"]["disconnectStatusCode"] == 1007

    def test_a_binary_frame_closes_with_1003(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            client.send_binary(b"\x00")
            assert self.end_of(client) == 1003

    def test_a_silent_connection_is_closed_with_1001(self) -> None:
        with running(wiring(), SocketLimits(idle_seconds=0.3)) as rig, rig.socket() as client:
            assert self.end_of(client) == 1001
            context = next_event("DISCONNECT")["requestContext"]
        assert (context["disconnectStatusCode"], context["disconnectReason"]) == (
            1001,
            "Going away",
        )  # fact WS-5

    def test_a_busy_connection_is_closed_at_the_end_of_its_life(self) -> None:
        with (
            running(wiring(), SocketLimits(idle_seconds=600, life_seconds=0.3)) as rig,
            rig.socket() as client,
        ):
            assert self.end_of(client) == 1001

    def test_a_notice_counts_as_activity(self) -> None:
        with running(wiring(), SocketLimits(idle_seconds=1.0)) as rig, rig.socket() as client:
            connection_id = next_event("CONNECT")["requestContext"]["connectionId"]
            before = rig.get(rig.connection_path(connection_id)).json["lastActiveAt"]
            client.sock.settimeout(10)
            posts = 0
            while rig.get(rig.connection_path(connection_id)).json["lastActiveAt"] == before:
                rig.request("POST", rig.connection_path(connection_id), b"still here")
                assert client.recv() == "still here"
                posts += 1
            assert posts > 0

    def test_the_server_says_1001_when_it_goes_away(self) -> None:
        with ExitStack() as clients:
            with running(wiring()) as rig:
                client = clients.enter_context(rig.socket())
            assert self.end_of(client) == 1001


@pytest.fixture(autouse=True)
def _log_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


def test_a_server_ends_although_its_connections_do_not_close_in_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with ExitStack() as clients, running(wiring(SOCKET_ROUTES), closing_seconds=0.0) as gateway:
        client = clients.enter_context(gateway.socket())

    assert "Some connections did not close in 0.0 s: they are cut." in caplog.text
    with pytest.raises((OSError, websocket.WebSocketException)):
        client.recv()
