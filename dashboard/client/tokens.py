"""ID tokens: fetched from the local pipeline for the local user, or taken from Streamlit's sign-in."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import requests

from dashboard.client.upstream import Endpoints, SignedOut, Unreachable

_TIMEOUT_SECONDS = 10
_SHARE_OF_LIFE = 0.8
_NO_ANSWER = (
    "The local pipeline gave no sign-in token. It may be stopping or starting; this page tries again."
)


@dataclass(frozen=True, slots=True)
class _Kept:
    token_url: str
    token: str
    renew_at: float


class LocalTokens:
    """Tokens of the local pipeline for one user; a token is used for 80 % of its life. Thread-safe."""

    def __init__(self, user: str) -> None:
        self._user = user
        self._lock = threading.Lock()
        self._kept: _Kept | None = None

    def token(self, endpoints: Endpoints, *, renew: bool = False) -> str:
        """Give a token of the pipeline at `endpoints`.

        Raises:
            SignedOut: the endpoints have no address for tokens.
            Unreachable: no token came.
        """
        if endpoints.token_url is None:
            raise SignedOut("This pipeline needs a sign-in.")
        with self._lock:
            kept = self._kept
            if renew or kept is None or not _is_good(kept, endpoints.token_url):
                kept = self._kept = _fetch(endpoints.token_url, self._user)
            return kept.token


class SignedInToken:
    """The token of a user who signed in with Streamlit; None: nobody is signed in."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def token(self, endpoints: Endpoints, *, renew: bool = False) -> str:  # noqa: ARG002 - Streamlit renews none
        """Give the token of the sign-in, whatever its age: the pipeline judges it.

        Raises:
            SignedOut: nobody is signed in.
        """
        if self._token is None:
            raise SignedOut("Sign in to see and run reports.")
        return self._token


def _is_good(kept: _Kept, token_url: str) -> bool:
    return kept.token_url == token_url and time.monotonic() < kept.renew_at


def _fetch(token_url: str, user: str) -> _Kept:
    try:
        # Loopback only (dashboard/settings.py): a proxy of the environment must not see it.
        with requests.Session() as session:
            session.trust_env = False
            answer = session.get(token_url, params={"user": user}, timeout=_TIMEOUT_SECONDS)
            answer.raise_for_status()
            body = answer.json()
        token, life = str(body["id_token"]), float(body["expires_in"])
    except (requests.RequestException, ValueError, KeyError, TypeError) as error:
        raise Unreachable(_NO_ANSWER) from error
    return _Kept(token_url, token, time.monotonic() + _SHARE_OF_LIFE * life)
