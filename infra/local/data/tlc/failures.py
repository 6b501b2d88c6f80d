"""What can go wrong between here and the TLC's server, as sentences; and what may pass if it is tried again."""

from __future__ import annotations

import requests
from requests import exceptions
from urllib3.exceptions import NameResolutionError, NewConnectionError


class TransferFailure(Exception):
    """Nothing, or not all of it, came; the text says why, without a full stop."""


class Broken(TransferFailure):
    """The server answers, but this transfer failed: the next may succeed."""


class Unreachable(TransferFailure):
    """Nothing answers at all: worth another try only once something has answered before."""


class Refused(TransferFailure):
    """Another try would end in the same way."""


_MAY_PASS = frozenset({408, 429, 500, 502, 503, 504})


# In this order: a proxy's failure is one of the connection too.
_MEANINGS: tuple[tuple[type[requests.RequestException], type[TransferFailure], str], ...] = (
    (exceptions.ProxyError, Refused, "the proxy of this network does not let {host} be reached"),
    (exceptions.SSLError, Refused, "{host} and this machine do not agree on a secure connection (TLS)"),
    (exceptions.ConnectTimeout, Unreachable, "{host} does not answer"),
    (exceptions.ReadTimeout, Broken, "{host} fell silent"),
    (exceptions.ConnectionError, Broken, "the connection broke off or fell silent"),
    (exceptions.ChunkedEncodingError, Broken, "the connection broke off"),
    (exceptions.ContentDecodingError, Broken, "what came cannot be decoded"),
    (
        exceptions.TooManyRedirects,
        Refused,
        "{host} sends whoever asks from one address to the next without end",
    ),
    (exceptions.InvalidHeader, Refused, "{host} contradicts itself in what it says of the file"),
    (requests.RequestException, Refused, "{host} cannot be asked"),
)
_CLOSED = (
    (NameResolutionError, "the name {host} cannot be found: the network is closed, or there is none"),
    (NewConnectionError, "{host} cannot be reached: the network is closed, or there is none"),
)


def failure_of(error: requests.RequestException, host: str) -> TransferFailure:
    """What an exception of requests means."""
    kind, text = next((kind, text) for cause, kind, text in _MEANINGS if isinstance(error, cause))
    if kind is Broken:
        return _closed(error, host) or Broken(text.format(host=host))
    return kind(text.format(host=host))


def failure_of_status(status: int, address: str) -> TransferFailure:
    """What an answer other than the file means."""
    if status in _MAY_PASS:
        return Broken(f"the server answers {status} for {address}")
    if status == 403:
        return Refused(
            f"the server does not give out {address} (403: it is not there, or not for this network)"
        )
    if status == 404:
        return Refused(f"the server has no {address} (404)")
    if status == 407:
        return Refused("the proxy of this network wants a sign-in (407)")
    return Refused(f"the server answers {status} for {address}")


def _closed(error: requests.RequestException, host: str) -> Unreachable | None:
    """The failure to reach the host at all, which requests hides two levels deep; None if it was another one."""
    cause = error.args[0] if error.args else error
    reason = getattr(cause, "reason", cause)
    texts = (text for kind, text in _CLOSED if isinstance(reason, kind))
    return next((Unreachable(text.format(host=host)) for text in texts), None)
