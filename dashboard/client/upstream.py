"""Where the pipeline is and how to show who asks: what the socket and REST need before they can call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Addresses without a trailing slash. `token_url` is None where people sign in."""

    websocket: str
    rest: str
    token_url: str | None = None


class PipelineNotReady(Exception):
    """There is no address yet (`starting`), or none will come; the text is a sentence for a person."""

    def __init__(self, sentence: str, *, starting: bool) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.starting = starting


class Unreachable(Exception):
    """No usable answer came; `sentence` says so to a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SignedOut(Exception):
    """There is no token that could be shown; the text is a sentence for a person."""


class Tokens(Protocol):
    """Gives the ID token that goes with every call."""

    def token(self, endpoints: Endpoints, *, renew: bool = False) -> str:
        """Give a token; `renew`: the last one was refused, so a kept one will not do.

        Raises:
            SignedOut: nobody is signed in.
            Unreachable: whoever gives tokens did not answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Upstream:
    """How one session reaches the pipeline. `endpoints` may wait a second, and raises `PipelineNotReady`."""

    endpoints: Callable[[], Endpoints]
    tokens: Tokens


def is_loopback(url: str) -> bool:
    """Say whether an address stays on this machine."""
    return urlsplit(url).hostname in _LOOPBACK
