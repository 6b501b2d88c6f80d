"""Tokens that look like one and prove nothing: neither door opens."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
import pytest
import websocket

from tests.bad_input.cases import query
from tests.bad_input.conftest import Statements
from tests.flow.client import User, get
from tests.flow.conftest import Pipeline


def forged(token: str) -> dict[str, str]:
    """Give tokens that look like this one and prove nothing."""
    header, claims, signature = token.split(".")
    headers, content = (
        jwt.get_unverified_header(token),
        jwt.decode(token, options={"verify_signature": False}),
    )
    later, kid = {**content, "iat": content["exp"] + 10_000}, headers["kid"]
    return {
        "empty": "",
        "a word": "forged",
        "no algorithm": f"{_part({'alg': 'none'})}.{claims}.",
        "another algorithm": jwt.encode(content, "x" * 32, "HS256", {"kid": kid}),
        "another audience": f"{header}.{_part({**content, 'aud': 'other'})}.{signature}",
        "another user": f"{header}.{_part({**content, 'sub': 'root'})}.{signature}",
        "another kind": f"{_part({**headers, 'typ': 'x'})}.{claims}.{signature}",
        "another key": f"{_part({**headers, 'kid': '../x'})}.{claims}.{signature}",
        "made later": f"{header}.{_part(later)}.{signature}",
        "no signature": f"{header}.{claims}.",
        "too long": f"{header}.{claims}.{signature * 16}",
    }


def _part(content: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def test_34_a_token_that_proves_nothing_opens_no_door(
    pipeline: Pipeline, eve: User, statements: Statements
) -> None:
    expired = get(f"{pipeline.tokens}?user=eve&ttl=-3600")[1]["id_token"]
    before = statements.count()
    for kind, token in {**forged(eve.token), "expired": expired}.items():
        stranger = User(pipeline, token)
        with pytest.raises(websocket.WebSocketBadStatusException) as refused, stranger.connected(query()):
            pass
        assert refused.value.status_code == 401, kind
        status, body = stranger.get("/queries")
        assert (status, body["error"]["code"]) == (401, "unauthorized"), kind
        assert not token or token not in pipeline.log.text, kind
    assert statements.count() == before
