"""The server that offers the files: what it announces of one, and the bytes of it from any place on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from infra.local.data.tlc.answers import Announced, announcement, begin_of
from infra.local.data.tlc.failures import Refused, failure_of

TLC_ADDRESS = "https://d37ci6vzurychx.cloudfront.net/trip-data/"
"""Where the TLC publishes the files (NYC TLC, "TLC Trip Record Data")."""

_CHUNK_BYTES = 65_536
# A compressed answer could not be continued, and its length is not that of the file.
_PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: how long a connection may take, and how long the server may be silent."""

    connect: float = 10
    read: float = 30


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of a file from `begin` on; reading them raises a TransferFailure when they end too early."""

    begin: int
    chunks: Iterator[bytes]


class Server:
    """One connection to it, kept open between the files."""

    def __init__(self, address: str, timeouts: Timeouts) -> None:
        """The address is that of a folder.

        Raises:
            Refused: it is no address of a web server.
        """
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise Refused(f"{address!r} is no address of a web server")
        self._address = address.rstrip("/") + "/"
        self._host = parts.hostname
        self._timeout = (timeouts.connect, timeouts.read)
        self._session = requests.Session()

    def close(self) -> None:
        """Let go of the connection."""
        self._session.close()

    def announced(self, name: str) -> Announced:
        """Ask what a file is like, without asking for it.

        Raises:
            TransferFailure: there is no answer, or it says nothing of the length.
        """
        with self._asked("HEAD", name, {}) as response:
            return announcement(response)

    @contextmanager
    def open(self, name: str, begin: int, announced: Announced) -> Iterator[Answer]:
        """Ask for a file from the byte `begin` on; a server that does not continue files begins at 0.

        Raises:
            TransferFailure: there is no answer, or not one for the file that was announced.
        """
        headers = {}
        if begin and announced.validator:
            headers = {"Range": f"bytes={begin}-", "If-Range": announced.validator}
        with self._asked("GET", name, headers) as response:
            yield Answer(begin_of(response, announced), self._chunks(response))

    @contextmanager
    def _asked(self, method: str, name: str, headers: dict[str, str]) -> Iterator[requests.Response]:
        try:
            response = self._session.request(
                method,
                self._address + name,
                headers={**_PLAIN, **headers},
                stream=True,
                timeout=self._timeout,
                allow_redirects=True,
            )
        except requests.RequestException as error:
            raise failure_of(error, self._host) from error
        with response:
            yield response

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_content(_CHUNK_BYTES)
        except requests.RequestException as error:
            raise failure_of(error, self._host) from error
