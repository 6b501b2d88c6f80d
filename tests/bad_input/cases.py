"""What comes in and what must be answered, one kind of case for each door of the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

import pytest

from pipeline.core.errors import CODES

QUERY_ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
NOBODYS_ID = "00000000-0000-4000-8000-000000000000"
WEEK = {"startDate": "2015-06-01", "endDate": "2015-06-07"}


@dataclass(frozen=True)
class Address:
    """A handshake with this query string is refused with this status; `header` replaces the user's token."""

    query: str
    status: int
    header: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Message:
    """A text frame, as an object or as it is sent, is answered by an error; the socket stays open."""

    content: Any
    code: str
    field: str | None
    sentence: str = ""


@dataclass(frozen=True)
class Frame:
    """These bytes on an open WebSocket end it with this code."""

    sent: bytes
    close_code: int


@dataclass(frozen=True)
class Handshake:
    """A handshake in which this is replaced is answered with this status."""

    old: bytes
    new: bytes
    status: int


@dataclass(frozen=True)
class Request:
    """A request to the REST API; `code` None where it is answered as if nothing were wrong."""

    path: str
    status: int
    code: str | None
    field: str | None = None
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    body: str | None = None


@dataclass(frozen=True)
class Setting:
    """The dashboard refuses these variables with this sentence."""

    values: Mapping[str, str]
    sentence: str


class Command:
    """A module, started like this, ends with status 2 and this sentence."""

    def __init__(self, module: str, arguments: tuple[str, ...], sentence: str, **environment: str) -> None:
        self.module = module
        self.arguments = arguments
        self.sentence = sentence
        self.environment = environment


Case = Address | Message | Frame | Handshake | Request | Setting | Command
C = TypeVar("C", bound=Case)


@dataclass(frozen=True)
class Row:
    """One row of the table: its number in the catalogue of bad input, and what it is about.

    It has cases, or a test of its own (`shown_by`) where a scene must be set first, or a reason not to apply here.
    """

    number: int
    intent: str
    cases: tuple[Case, ...] = ()
    shown_by: str = ""
    does_not_apply: str = ""


def parameters(rows: Iterable[Row], kind: type[C]) -> list[Any]:
    """Give the cases of one kind, each with the number of its row."""
    return [
        pytest.param(case, id=f"{row.number}-{n}")
        for row in rows
        for n, case in enumerate(row.cases)
        if isinstance(case, kind)
    ]


def run(values: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """Write a message that asks for a week; None takes a field out."""
    message = {
        "action": "run",
        "queryId": QUERY_ID,
        "topicName": "every-kind",
        "parameters": {**WEEK, **(values or {})},
        **changes,
    }
    return {name: value for name, value in message.items() if value is not None}


def both(code: str, name: str, sentence: str, *values: str) -> tuple[Case, ...]:
    """Ask with each of the values, once in the address and once in a message: the code is the same."""
    addresses = [Address(query(**{name: value}), CODES[code].status) for value in values]
    return (*addresses, *(Message(run({name: value}), code, name, sentence) for value in values))


def topics(*names: str) -> tuple[Case, ...]:
    """Ask for reports of these names, once in the address and once in a message: there are none."""
    addresses = [Address(query(topicName=name), 404) for name in names]
    sentence = "There is no report of that name."
    return (
        *addresses,
        *(Message(run(topicName=name), "unknown_report", "topicName", sentence) for name in names),
    )


def query(**changes: str) -> str:
    """Write the query of an address that asks for a week."""
    return "?" + urlencode({"topicName": "every-kind", **WEEK, **changes})
