"""The stand-in's own pages."""

from __future__ import annotations

import http.client
import json
from typing import Any

import jwt
import pytest
import websocket

from tests.infra.local.gateway.rig import Rig, running
from tests.infra.local.wirings import wiring


def claims_of(gateway: Rig, token: str) -> Any:
    keys = jwt.PyJWKSet.from_dict(gateway.get("/_local/jwks.json").json)
    key = keys[jwt.get_unverified_header(token)["kid"]]
    return jwt.decode(token, key, algorithms=["RS256"], audience="nyc-taxi-insights")


def test_a_token_proves_its_user(gateway: Rig) -> None:
    answer = gateway.get("/_local/token?user=ana&ttl=60").json
    claims = claims_of(gateway, answer["id_token"])
    assert answer["expires_in"] == 60
    assert (claims["sub"], claims["name"]) == ("ana", "ana")
    assert claims["exp"] - claims["iat"] == 60


def test_without_a_user_it_is_the_analyst_for_an_hour(gateway: Rig) -> None:
    answer = gateway.get("/_local/token").json
    assert claims_of(gateway, answer["id_token"])["sub"] == "analyst"
    assert answer["expires_in"] == 3600


def test_a_nonce_is_in_the_token_when_there_is_one(gateway: Rig) -> None:
    # OpenID Connect Core 1.0, section 2: whoever asks for a sign-in knows his own token by it.
    with_one = gateway.get("/_local/token?user=ana&nonce=n-0S6_WzA2Mj").json["id_token"]
    without = gateway.get("/_local/token?user=ana").json["id_token"]
    assert claims_of(gateway, with_one)["nonce"] == "n-0S6_WzA2Mj"
    assert "nonce" not in claims_of(gateway, without)


def test_a_negative_lifetime_gives_an_expired_token(gateway: Rig) -> None:
    token = gateway.get("/_local/token?user=ana&ttl=-120").json["id_token"]
    with pytest.raises(jwt.ExpiredSignatureError):
        claims_of(gateway, token)


@pytest.mark.parametrize(
    "query", ["user=Ana", "user=", "user=a%20b", f"user={'a' * 65}", "ttl=soon", "ttl=99999999999"]
)
def test_a_bad_question_is_400_with_a_sentence(gateway: Rig, query: str) -> None:
    answer = gateway.get(f"/_local/token?{query}")
    assert answer.status == 400
    assert answer.json["message"].endswith(".")


def test_faults_are_set_counted_and_shown(gateway: Rig) -> None:
    wanted = {"statements": {"delay_ms": 300, "fail": 1}, "handlers": {"RestFunction": {"raise": 1}}}
    assert gateway.request("PUT", "/_local/faults", json.dumps(wanted).encode()).status == 200
    assert gateway.get("/prod/open").status == 502
    left = gateway.get("/_local/faults").json
    assert left["statements"] == {"delay_ms": 300, "fail": 1}
    assert left["handlers"] == {"RestFunction": {"raise": 0}}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'{"statements": {"slow": 1}}', "There is no fault statements.slow."),
        (b'{"weather": {"rain": 1}}', "There is no fault weather.rain."),
        (b'{"handlers": {"Nobody": {"raise": 1}}}', "There is no fault handlers.Nobody.raise."),
        (
            b'{"clock": {"skew_s": 1.5}}',
            "clock.skew_s must be a whole number from -1000000000 to 1000000000.",
        ),
        (b'{"events": {"delay_ms": 1e9}}', "events.delay_ms must be a whole number from 0 to 1000000000."),
        (
            b'{"handlers": {"RestFunction": {"raise": 1000000001}}}',
            "handlers.RestFunction.raise must be a whole number from 0 to 1000000000.",
        ),
        (b'{"events": {"drop": -1}}', "events.drop must be a whole number from 0 to 1000000000."),
        (b'{"events": {"drop": true}}', "events.drop must be a whole number from 0 to 1000000000."),
        (b'{"events": 1}', "events must be a JSON object."),
        (b"[]", "The faults must be a JSON object."),
        (b"no", "The faults are not JSON."),
    ],
)
def test_a_fault_that_does_not_exist_is_refused_with_a_sentence(
    gateway: Rig, body: bytes, sentence: str
) -> None:
    answer = gateway.request("PUT", "/_local/faults", body)
    assert (answer.status, answer.json["message"]) == (400, sentence)
    assert gateway.get("/_local/faults").json == {}


def test_closing_sockets_breaks_as_many_as_asked_the_newest_first(gateway: Rig) -> None:
    with gateway.socket() as second, gateway.socket() as first:
        answer = gateway.request("PUT", "/_local/faults", b'{"sockets": {"close": 1}}')
        assert answer.json["sockets"] == {"close": 0}
        with pytest.raises(websocket.WebSocketConnectionClosedException):
            first.recv()
        second.send('{"action": "ping"}')
        assert second.recv() == '{"type": "pong"}'


@pytest.mark.parametrize(
    "path", ["/_local/", "/_local/token", "/_local/jwks.json", "/_local/faults", "/prod/reports", "/prod"]
)
def test_a_request_under_another_name_is_refused(gateway: Rig, path: str) -> None:
    answer = gateway.get(path, Host=f"evil.example:{gateway.port}")
    assert answer.status == 403
    assert answer.json["message"].endswith(f"not to evil.example:{gateway.port}.")


def test_a_handshake_under_another_name_is_refused(gateway: Rig) -> None:
    upgrade = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13"}
    key = {"Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Authorization": "ana"}
    connection = http.client.HTTPConnection("127.0.0.1", gateway.port, timeout=10)
    connection.request("GET", "/prod", headers={"Host": "evil.example", **upgrade, **key})
    answer = connection.getresponse()
    assert (answer.status, b"not to evil.example." in answer.read()) == (403, True)
    connection.close()


def test_faults_are_closed_unless_asked_for() -> None:
    with running(wiring(), faults_open=False) as rig:
        assert rig.get("/_local/faults").status == 404
        assert rig.request("PUT", "/_local/faults", b"{}").status == 404


def test_the_first_page_is_the_console(gateway: Rig) -> None:
    assert b"<title>Local console</title>" in gateway.get("/_local/").body


def test_the_ledger_names_roles(gateway: Rig) -> None:
    roles = gateway.get("/_local/ledger").json["roles"]
    assert roles == {"SomeRole": {"granted": ["sqs:SendMessage"], "used": []}}
