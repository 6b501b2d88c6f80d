"""Whatever stands in place of a token, it is refused as one."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.aws.tokens import JwksTokens
from pipeline.ports import TokenRefusedError
from tests.contract.servers import serving
from tests.contract.test_tokens import AUDIENCE, ISSUER, claims, key_set, published, rsa_key, token
from tests.pipeline.properties import PROPERTY, any_text, json_values


@pytest.fixture(scope="module")
def adapter() -> Iterator[JwksTokens]:
    with serving(lambda _: key_set(published("rsa-1", rsa_key(1)))) as server:
        yield JwksTokens(ISSUER, AUDIENCE, f"{server.address}/jwks.json")


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()


def signed(content: Any) -> str:
    """Sign claims that PyJWT itself would not write."""
    payload = json.dumps(content).encode()
    return jwt.PyJWS().encode(payload, rsa_key(1), "RS256", headers={"kid": "rsa-1"})


headers = st.fixed_dictionaries(
    {"alg": st.sampled_from(["RS256", "ES256", "HS256", "none"]) | json_values},
    optional={
        "kid": st.just("rsa-1") | json_values,
        "typ": json_values,
        "crit": json_values,
        "b64": json_values,
    },
)
forged = st.builds(
    lambda header, claims, signature: f"{part(header)}.{part(claims)}.{signature}",
    headers | json_values,
    json_values,
    any_text,
)


@given(forged | any_text)
@PROPERTY
def test_any_text_that_nobody_signed_is_refused(adapter: JwksTokens, text: str) -> None:
    with pytest.raises(TokenRefusedError):
        adapter.claims(text)


@given(st.sampled_from(["iss", "aud", "sub", "exp", "iat", "nbf"]), json_values)
@PROPERTY
def test_any_claim_of_a_signed_token_is_believed_or_refused(
    adapter: JwksTokens, name: str, value: Any
) -> None:
    try:
        believed = adapter.claims(signed({**claims(), name: value}))
    except TokenRefusedError:
        return
    assert believed["iss"] == ISSUER


@given(st.integers(0, 600), st.characters(max_codepoint=127))
@PROPERTY
def test_a_token_with_any_letter_changed_is_refused(adapter: JwksTokens, at: int, letter: str) -> None:
    good = token()
    changed = good[: at % len(good)] + letter + good[at % len(good) + 1 :]
    if changed[:-1] != good[:-1]:  # the last letter holds bits that mean nothing
        with pytest.raises(TokenRefusedError):
            adapter.claims(changed)
