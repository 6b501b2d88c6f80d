"""The facts of a schedule: everything that can happen, as it is noted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.core.records import QueryRecord
from tests.simulation.fates import Choice

# (owner, query id): the same id of two owners is two queries.
QueryKey = tuple[str, str]


class Did(NamedTuple):
    """Somebody did something."""

    at: float
    deed: int
    what: str


class Struck(NamedTuple):
    """A fault took effect."""

    at: float
    fault: str
    where: str
    choice: Choice


class Pressed(NamedTuple):
    """An owner asked for a query with an id of his."""

    at: float
    who: str
    owner: str
    query_id: str


class Sent(NamedTuple):
    """A frame left a client."""

    at: float
    who: str
    owner: str
    text: str


class Heard(NamedTuple):
    """A frame reached a client. `message` is None for a text that is no JSON."""

    at: float
    who: str
    owner: str
    message: Mapping[str, Any] | None


class Opened(NamedTuple):
    """A client's connection opened: its queries that had not ended, and those that it asked about at once."""

    at: float
    who: str
    pending: frozenset[str]
    asked: frozenset[str]


class Showed(NamedTuple):
    """A page shows a query in a new phase; `before` is None when it shows it for the first time."""

    at: float
    who: str
    owner: str
    query_id: str
    before: str | None
    phase: str


class LinkShowed(NamedTuple):
    """A page's badge changed."""

    at: float
    who: str
    before: str
    state: str


class Left(NamedTuple):
    """A page was closed for ever: nobody reads it any more."""

    at: float
    who: str


class LineOpened(NamedTuple):
    """The gateway holds a connection; `asked` is the query that stands in its address."""

    at: float
    connection_id: str
    owner: str
    asked: str | None = None


class LineClosed(NamedTuple):
    """The gateway no longer holds it."""

    at: float
    connection_id: str


class Began(NamedTuple):
    """An invocation began; `subject` is a connection id, or the key of a query."""

    at: float
    by: int
    handler: str
    subject: str


class Called(NamedTuple):
    """An invocation calls a port; `moment` says whether it was interrupted `before` or `after` the effect."""

    at: float
    by: int
    handler: str
    call: str
    moment: str


class Finished(NamedTuple):
    """An invocation ended: `answered`, `died`, `failed` (by a fault) or `crashed` (by itself)."""

    at: float
    by: int
    handler: str
    subject: str
    how: str
    answer: Any


class Wrote(NamedTuple):
    """A record changed in the table."""

    at: float
    by: int
    key: QueryKey
    before: QueryRecord | None
    after: QueryRecord | None


class Placed(NamedTuple):
    """The owner's running queries changed."""

    at: float
    by: int
    owner: str
    before: frozenset[str]
    after: frozenset[str]


class Linked(NamedTuple):
    """An attachment was written (`there`), or deleted."""

    at: float
    by: int
    connection_id: str
    query_id: str
    there: bool


class Led(NamedTuple):
    """The way from a statement to its owner's query was written."""

    at: float
    by: int
    owner: str
    statement_id: str


class ListedOf(NamedTuple):
    """The attachments of a connection were listed."""

    at: float
    by: int
    connection_id: str


class Executed(NamedTuple):
    """The warehouse started a statement, with these values."""

    at: float
    by: int
    key: QueryKey
    statement_id: str
    parameters: Mapping[str, str]


class StatementEnded(NamedTuple):
    """A statement ended."""

    at: float
    key: QueryKey
    statement_id: str
    state: str


class Posted(NamedTuple):
    """A notice was posted, and the caller met this answer: True, False (gone), or None (it failed)."""

    at: float
    by: int
    connection_id: str
    query_id: str
    answer: bool | None


class Answered(NamedTuple):
    """A REST request of an owner was answered. `about` is the statement, empty for `/queries`."""

    at: float
    owner: str
    about: str
    status: int
    body: Mapping[str, Any]
    asked_at: float


class Read(NamedTuple):
    """A page read all rows of an answer."""

    at: float
    who: str
    statement_id: str
    rows: tuple[int, ...]
    total: int


_OfPeople = Did | Struck | Pressed | Sent | Heard | Opened | Showed | LinkShowed | Left | Answered | Read
_OfConnections = LineOpened | LineClosed | Linked | ListedOf | Posted
_OfQueries = Began | Called | Finished | Wrote | Placed | Led | Executed | StatementEnded
Fact = _OfPeople | _OfConnections | _OfQueries
