"""The port `Tokens`: ID tokens checked against their issuer's published keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import jwt

from pipeline.ports import TokenRefusedError

ALGORITHMS = ("RS256", "ES256")
LEEWAY_SECONDS = 60


class JwksTokens:
    """Tokens of one issuer for one audience. Keys are cached, and fetched again for a key that is not known.

    `refetch_seconds` is the least time between two fetches: forged key names must not become requests to the issuer.
    """

    def __init__(self, issuer: str, audience: str, jwks_url: str, refetch_seconds: float = 30) -> None:
        self._issuer = issuer
        self._audience = audience
        self._keys = jwt.PyJWKClient(jwks_url, lifespan=300, timeout=5, cooldown_duration=refetch_seconds)

    def claims(self, token: str) -> Mapping[str, Any]:
        """See `Tokens.claims`.

        Raises:
            TokenRefusedError: the token proves nothing.
            jwt.PyJWKClientConnectionError: the issuer's keys could not be fetched, which says nothing of the token.
        """
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._keys.get_signing_key_from_jwt(token),
                algorithms=list(ALGORITHMS),
                audience=self._audience,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except jwt.PyJWKClientConnectionError:
            raise
        except (jwt.PyJWTError, UnicodeError) as error:
            raise TokenRefusedError(str(error)) from error
        return claims
