"""The contract of `Tokens`: what the adapter over a real key server believes, and what it does not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pipeline.aws.tokens import JwksTokens
from pipeline.ports import TokenRefusedError, Tokens
from tests.contract.servers import Reply, Server, serving
from tests.fakes.others import FakeTokens

ISSUER, AUDIENCE = "https://issuer.example", "nyc-taxi-insights"


@cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def published(name: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """Give the entry of a public key in a JWKS."""
    if isinstance(key, rsa.RSAPrivateKey):
        form = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
        return {**form, "kid": name, "use": "sig", "alg": "RS256"}
    form = jwt.algorithms.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**form, "kid": name, "use": "sig", "alg": "ES256"}


def key_set(*keys: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps({"keys": list(keys)}).encode())


def claims(**changes: Any) -> dict[str, Any]:
    """Give the claims of a good token, with changes; None takes a claim out."""
    now = int(time.time())
    whole = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ana", "iat": now, "exp": now + 3600, **changes}
    return {name: value for name, value in whole.items() if value is not None}


def token(kid: str | None = "rsa-1", algorithm: str = "RS256", key: Any = None, **changes: Any) -> str:
    """Sign a token, with the first RSA key unless another is given."""
    headers = {"kid": kid} if kid else None
    return jwt.encode(claims(**changes), key or rsa_key(1), algorithm, headers=headers)


def unsigned(header: dict[str, Any], signature: bytes = b"") -> str:
    """Build a token by hand, as a forger would."""
    parts = [json.dumps(header).encode(), json.dumps(claims()).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@pytest.fixture
def issuer() -> Iterator[Server]:
    with serving(lambda _: key_set(published("rsa-1", rsa_key(1)), published("ec-1", ec_key()))) as server:
        yield server


@pytest.fixture
def adapter(issuer: Server) -> JwksTokens:
    return JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json")


@pytest.fixture(params=["fake", "local"])
def tokens(request: pytest.FixtureRequest) -> tuple[Tokens, str]:
    """Give the port and a token that it believes."""
    if request.param == "fake":
        return FakeTokens(good=claims()), "good"
    return request.getfixturevalue("adapter"), token()


def refused(tokens: Tokens, text: str) -> None:
    with pytest.raises(TokenRefusedError):
        tokens.claims(text)


def test_a_good_token_gives_its_claims(tokens: tuple[Tokens, str]) -> None:
    port, good = tokens
    assert port.claims(good)["sub"] == "ana"


@pytest.mark.parametrize("text", ["", "nonsense", "a.b.c", "..", "\ud800", "é.é.é"])
def test_what_is_no_token_is_refused(tokens: tuple[Tokens, str], text: str) -> None:
    refused(tokens[0], text)


# what only the adapter has


def test_both_algorithms_are_believed(adapter: JwksTokens) -> None:
    assert adapter.claims(token("ec-1", "ES256", ec_key()))["sub"] == "ana"
    assert adapter.claims(token())["sub"] == "ana"


def test_keys_are_fetched_once_for_many_tokens(adapter: JwksTokens, issuer: Server) -> None:
    for _ in range(3):
        adapter.claims(token())
    assert len(issuer.requests) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": None},
        {"aud": "another-client"},
        {"aud": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"sub": None},
        {"sub": 5},
    ],
)
def test_a_token_that_is_not_for_us_or_says_too_little_is_refused(
    adapter: JwksTokens, changes: dict[str, Any]
) -> None:
    refused(adapter, token(**changes))


@pytest.mark.parametrize(("claim", "seconds_from_now"), [("exp", -65), ("nbf", 90)])
def test_a_token_of_another_time_is_refused(adapter: JwksTokens, claim: str, seconds_from_now: int) -> None:
    changes: dict[str, Any] = {claim: int(time.time()) + seconds_from_now}
    refused(adapter, token(**changes))


def test_a_clock_that_is_a_little_off_is_forgiven(adapter: JwksTokens) -> None:
    assert adapter.claims(token(exp=int(time.time()) - 50))["sub"] == "ana"


def test_one_of_several_audiences_is_enough(adapter: JwksTokens) -> None:
    assert adapter.claims(token(aud=["another-client", AUDIENCE]))["sub"] == "ana"


def test_a_token_signed_by_another_key_is_refused(adapter: JwksTokens) -> None:
    refused(adapter, token(key=rsa_key(2)))


def test_a_token_whose_claims_were_changed_is_refused(adapter: JwksTokens) -> None:
    head, _, signature = token().split(".")
    forged = base64.urlsafe_b64encode(json.dumps(claims(sub="bob")).encode()).rstrip(b"=").decode()
    refused(adapter, f"{head}.{forged}.{signature}")


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
def test_a_token_without_a_signature_is_refused(adapter: JwksTokens, algorithm: str) -> None:
    refused(adapter, unsigned({"alg": algorithm, "typ": "JWT", "kid": "rsa-1"}))


def test_the_public_key_used_as_a_secret_is_refused(adapter: JwksTokens) -> None:
    secret = rsa_key(1).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head_and_claims = unsigned({"alg": "HS256", "typ": "JWT", "kid": "rsa-1"}).rpartition(".")[0]
    signature = hmac.new(secret, head_and_claims.encode(), hashlib.sha256).digest()
    refused(adapter, f"{head_and_claims}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}")


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256", "PS384", "PS512"])
def test_an_algorithm_that_we_did_not_choose_is_refused_even_if_its_key_is_published(
    issuer: Server, algorithm: str
) -> None:
    issuer.answer = lambda _: key_set({**published("rsa-1", rsa_key(1)), "alg": algorithm})
    refused(JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json"), token(algorithm=algorithm))


@pytest.mark.parametrize(
    ("algorithm", "curve"), [("ES384", ec.SECP384R1()), ("ES512", ec.SECP521R1()), ("ES256K", ec.SECP256K1())]
)
def test_a_curve_that_we_did_not_choose_is_refused_even_if_its_key_is_published(
    issuer: Server, algorithm: str, curve: ec.EllipticCurve
) -> None:
    key = ec.generate_private_key(curve)
    issuer.answer = lambda _: key_set({**published("ec-2", key), "alg": algorithm})
    refused(JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json"), token("ec-2", algorithm, key))


def test_a_key_of_another_kind_than_the_algorithm_is_refused(adapter: JwksTokens) -> None:
    refused(adapter, token("ec-1", "RS256", rsa_key(1)))


def test_a_token_that_names_no_key_is_refused(adapter: JwksTokens) -> None:
    refused(adapter, token(kid=None))


def test_a_key_that_was_published_later_is_fetched(issuer: Server) -> None:
    tokens = JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json", refetch_seconds=0)
    tokens.claims(token())
    issuer.answer = lambda _: key_set(published("rsa-2", rsa_key(2)))
    assert tokens.claims(token("rsa-2", key=rsa_key(2)))["sub"] == "ana"
    refused(tokens, token())


def test_forged_key_names_do_not_become_requests_to_the_issuer(adapter: JwksTokens, issuer: Server) -> None:
    adapter.claims(token())
    for n in range(5):
        refused(adapter, token(f"forged-{n}"))
    assert len(issuer.requests) == 1


def test_an_issuer_that_cannot_be_asked_says_nothing_of_the_token() -> None:
    with serving(lambda _: Reply(500)) as issuer:
        tokens = JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json")
        with pytest.raises(jwt.PyJWKClientConnectionError):
            tokens.claims(token())


def test_an_outage_of_the_issuer_does_not_forget_its_keys(issuer: Server) -> None:
    tokens = JwksTokens(ISSUER, AUDIENCE, f"{issuer.address}/jwks.json", refetch_seconds=0)
    tokens.claims(token())
    issuer.answer = lambda _: Reply(500)
    with pytest.raises(jwt.PyJWKClientConnectionError):
        tokens.claims(token("rsa-2", key=rsa_key(2)))
    assert tokens.claims(token())["sub"] == "ana"
