"""A token issuer for one laptop: signs ID tokens for anybody, with keys that are made at start and never written."""

from __future__ import annotations

import base64
import re
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from infra.local.place import TOKEN_AUDIENCE

_USER = re.compile(r"[a-z0-9._-]{1,64}")


class UserRefusedError(ValueError):
    """A name that no local user can have."""


class TokenIssuer:
    """Issues RS256 ID tokens whose `sub` and `name` are the user."""

    def __init__(self, issuer: str) -> None:
        self._issuer = issuer
        self._key_id = uuid.uuid4().hex
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def issue(self, user: str, lifetime_seconds: int, nonce: str | None = None) -> str:
        """Sign a token; a negative lifetime gives one that has expired already, `nonce` is written into it as it is.

        Raises:
            UserRefusedError: no local user has such a name.
        """
        if not _USER.fullmatch(user):
            raise UserRefusedError("user must be 1 to 64 of the characters a-z 0-9 . _ -")
        now = int(time.time())
        claims = {"iss": self._issuer, "aud": TOKEN_AUDIENCE, "sub": user, "name": user}
        if nonce is not None:
            claims["nonce"] = nonce
        issued_at = now + min(lifetime_seconds, 0)
        times = {"iat": issued_at, "exp": now + lifetime_seconds}
        return jwt.encode({**claims, **times}, self._key, algorithm="RS256", headers={"kid": self._key_id})

    def key_set(self) -> dict[str, Any]:
        """Give the public key as a JSON Web Key Set (RFC 7517)."""
        numbers = self._key.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self._key_id}
        return {"keys": [{**key, "n": _unsigned(numbers.n), "e": _unsigned(numbers.e)}]}


def _unsigned(number: int) -> str:
    """Write a number as RFC 7518 does: big-endian, base64url, no padding."""
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
