"""Faults of the gateway: answers that break off, and sockets that stop without closing."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any

import pytest
import websocket

from tests.infra.local.gateway.rig import Rig
from tests.infra.local.sample_handlers import next_event

PATH = "/prod/results/d9b6c0c9-0747-4bf4-b142-e8883122f766"


def fault(gateway: Rig, group: str, **numbers: int) -> Any:
    return gateway.request("PUT", "/_local/faults", json.dumps({group: numbers}).encode()).json


def whole_body(gateway: Rig) -> bytes:
    return gateway.get(PATH, Authorization="ana").body


class TestCut:
    def test_a_result_breaks_off_half_way_through_its_body_as_often_as_asked(self, gateway: Rig) -> None:
        fault(gateway, "results", cut=2)
        for _ in range(2):
            with pytest.raises(http.client.IncompleteRead) as broken:
                whole_body(gateway)
            had, lacks = len(broken.value.partial), broken.value.expected
            assert had == (had + (lacks or 0)) // 2 > 0
        assert json.loads(whole_body(gateway))["path"] == PATH.removeprefix("/prod")

    def test_other_answers_stay_whole(self, gateway: Rig) -> None:
        fault(gateway, "results", cut=1)
        assert gateway.get(PATH).status == 401
        assert gateway.get("/_local/faults").json["results"] == {"cut": 1}

    def test_a_cut_answer_is_no_error_of_the_server(
        self, gateway: Rig, caplog: pytest.LogCaptureFixture
    ) -> None:
        fault(gateway, "results", cut=1)
        with pytest.raises(http.client.IncompleteRead):
            whole_body(gateway)
        assert gateway.get("/_local/faults").status == 200
        assert not [record for record in caplog.records if record.levelname == "ERROR"]


class TestFreeze:
    def test_a_frozen_socket_hears_and_says_nothing_until_its_time_has_passed(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            before = time.monotonic()
            assert fault(gateway, "sockets", freeze_ms=700) == {"sockets": {"close": 0, "freeze_ms": 0}}
            client.ping()
            client.send('{"action": "ping"}')
            opcode, _ = client.recv_data(control_frame=True)
            assert opcode == websocket.ABNF.OPCODE_PONG
            assert time.monotonic() - before > 0.69  # never less, however slow the machine: it is a pause
            assert client.recv() == '{"type": "pong"}'

    def test_a_post_to_a_frozen_socket_counts_as_sent_and_comes_later(self, gateway: Rig) -> None:
        with gateway.socket() as client:
            path = gateway.connection_path(next_event("CONNECT")["requestContext"]["connectionId"])
            before = time.monotonic()
            fault(gateway, "sockets", freeze_ms=700)
            assert gateway.request("POST", path, b"first").status == 200
            assert gateway.request("POST", path, b"second").status == 200
            assert [client.recv(), client.recv()] == ["first", "second"]
            assert time.monotonic() - before > 0.69

    def test_a_connection_that_opens_meanwhile_is_not_frozen(self, gateway: Rig) -> None:
        with gateway.socket() as frozen:
            fault(gateway, "sockets", freeze_ms=1500)
            frozen.send('{"action": "ping"}')
            with gateway.socket() as client:
                client.send('{"action": "ping"}')
                assert client.recv() == '{"type": "pong"}'
                frozen.settimeout(0.1)
                with pytest.raises(websocket.WebSocketTimeoutException):
                    frozen.recv()

    def test_a_connection_that_ends_while_it_is_frozen_does_no_harm(self, gateway: Rig) -> None:
        with gateway.socket():
            fault(gateway, "sockets", freeze_ms=100)
        with gateway.socket() as client:
            client.send('{"action": "ping"}')
            assert client.recv() == '{"type": "pong"}'
