"""What the heads of the server's answers say: how long a file is, whether it changed, where the answer begins in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import requests

from infra.local.data.tlc.failures import Broken, Refused, failure_of_status


@dataclass(frozen=True, slots=True)
class Announced:
    """What the server says of a file: its length, and what changes when it changes."""

    bytes: int
    etag: str | None
    modified: str | None

    @property
    def validator(self) -> str | None:
        """What a continuation is tied to (RFC 9110, "If-Range": a weak ETag will not do); None if there is nothing."""
        strong = self.etag is not None and not self.etag.startswith("W/")
        return self.etag if strong else self.modified


def announcement(response: requests.Response) -> Announced:
    """What the answer to a HEAD announces.

    Raises:
        TransferFailure: it is no such answer, or says nothing of the length.
    """
    _require(response, 200)
    length = _length(response)
    if length is None:
        raise Refused(f"the server does not say how long {response.url} is")
    return Announced(length, response.headers.get("ETag"), response.headers.get("Last-Modified"))


def begin_of(response: requests.Response, announced: Announced) -> int:
    """The place in the file at which an answer begins.

    Raises:
        TransferFailure: it is no answer for the file that was announced.
    """
    if response.status_code == 416:
        raise Broken("the server cannot continue the file")
    _require(response, 200, 206)
    begin, length = _extent(response)
    if length not in {None, announced.bytes}:
        raise Broken(f"the server announced {announced.bytes:,} bytes, and then {length:,}")
    if _changed(response, announced):
        raise Broken("the file changed on the server meanwhile")
    return begin


def _extent(response: requests.Response) -> tuple[int, int | None]:
    """Where the answer begins, and how long the whole file is; None if it does not say."""
    if response.status_code == 200:
        return 0, _length(response)
    extent = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
    if extent is None:
        raise Broken("the server continues the file at a place that it does not name")
    return int(extent[1]), int(extent[2])


def _changed(response: requests.Response, announced: Announced) -> bool:
    """Whether this is another file than the one announced, as far as both say what they are."""
    now = (response.headers.get("ETag"), response.headers.get("Last-Modified"))
    before = (announced.etag, announced.modified)
    return any(a is not None and b is not None and a != b for a, b in zip(now, before, strict=True))


def _length(response: requests.Response) -> int | None:
    length = response.headers.get("Content-Length", "")
    return int(length) if length.isdecimal() else None


def _require(response: requests.Response, *statuses: int) -> None:
    if response.status_code not in statuses:
        raise failure_of_status(response.status_code, response.url)
