"""What the pipeline needs from outside, named by what it means to a query and not by who provides it.

`pipeline.aws` has one adapter per port. The order of calls and what each failure means stand in `pipeline.steps`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pipeline.core.records import Attachment, End, QueryRecord
from pipeline.core.reports import Catalogue, DataDescription, Report
from pipeline.core.result_pages import RawPage
from pipeline.core.statement_ends import Description


class StatementRefusedError(Exception):
    """The warehouse will never take this statement: its text or its parameters are wrong."""


class WarehouseBusyError(Exception):
    """The warehouse has no room now, or did not answer; the same call may be repeated."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ResultGoneError(Exception):
    """The warehouse no longer has (or never had) this statement's result."""


class ResultTooLargeError(Exception):
    """The warehouse cannot hand over this result: it is over the Data API's size limit."""


class PageUnknownError(Exception):
    """The token names no page of this result."""


class PostFailedError(Exception):
    """A notice could not be posted now, though its connection may well be there."""


class TokenRefusedError(Exception):
    """A token that does not prove who the caller is."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a conditional change of a record did: the record before it (None: no such record), and whether it took."""

    before: QueryRecord | None
    made: bool


@dataclass(frozen=True, slots=True)
class FullPlaces:
    """All places of an owner's running queries: by the id that holds it, when each was taken or last kept."""

    taken_at: Mapping[str, datetime]


class Records(Protocol):
    """The table `client_connections`: queries, attachments, statements and places of running queries."""

    def reserve(self, owner: str, query_id: str, limit: int, at: datetime) -> FullPlaces | None:
        """Take a place among the owner's running queries, or keep it: None, or the places that are all taken.

        A place is kept to a later instant alone: a submit that is slow sets none back.
        """

    def leave(self, owner: str, query_id: str, unless_after: datetime | None = None) -> None:
        """Give the place back; harmless when it is free already.

        With `unless_after`, an instant of `FullPlaces.taken_at`, only where this place was not kept since.
        """

    def create(self, record: QueryRecord) -> QueryRecord | None:
        """Write a new record: None, or the record that is there already."""

    def find(self, owner: str, query_id: str) -> QueryRecord | None:
        """Read a record as it is now."""

    def attach(self, owner: str, query_id: str, connection_id: str) -> QueryRecord | None:
        """Let a connection watch a query that has not ended; answer the record as it is now, None if unknown."""

    def detach(self, owner: str, query_id: str, connection_id: str) -> None:
        """Take a connection out of those that a query's record names."""

    def link(self, attachments: Sequence[Attachment], statement_expires_at: datetime | None) -> None:
        """Write attachments; with an expiry also the way from statement to query, for GetResults.

        One that knows no statement is never written over another: whoever wrote that may have known more.
        """

    def unlink(self, connection_id: str, query_ids: Sequence[str]) -> None:
        """Delete a connection's attachments to these queries."""

    def attachments(self, connection_id: str) -> Sequence[Attachment]:
        """List what a connection watches."""

    def run(self, owner: str, query_id: str, statement_id: str) -> QueryRecord | None:
        """Save the statement's id where none is, and move accepted to running; answer the record as it is now."""

    def end(self, owner: str, query_id: str, end: End) -> Change:
        """Move a record that has not ended to its last state, unless it names another statement than the end.

        A failure without a statement says that none was started: it moves only a record that names none. A
        cancellation without one moves any.
        """

    def put_statement(self, owner: str, statement_id: str, query_id: str, expires_at: datetime) -> None:
        """Write the way from statement to query."""

    def mark_notified(self, owner: str, query_id: str, at: datetime) -> None:
        """Note that the notice went out to everyone who watched."""

    def query_of(self, owner: str, statement_id: str) -> str | None:
        """Find the query of a statement, among this owner's alone."""

    def history(self, owner: str) -> Sequence[QueryRecord]:
        """List all of an owner's records that the table still has."""


class Warehouse(Protocol):
    """Amazon Redshift through its Data API."""

    def execute(self, sql: str, parameters: Mapping[str, str], name: str, token: str) -> str:
        """Start a statement; answer its id. The same token never starts a second one.

        Raises:
            StatementRefusedError: it will never be taken.
            WarehouseBusyError: try the same call again.
        """

    def describe(self, statement_id: str) -> Description | None:
        """Say how a statement stands; None when the warehouse does not know it (any more)."""

    def cancel(self, statement_id: str) -> None:
        """Stop a statement; harmless when it has ended."""

    def page(self, statement_id: str, token: str | None) -> RawPage:
        """Read one page of rows.

        Raises:
            ResultGoneError: there is no such result (any more).
            ResultTooLargeError: it cannot be handed over.
            PageUnknownError: the token names no page of it.
            WarehouseBusyError: try again.
        """


class Reports(Protocol):
    """The analysts' files in their bucket."""

    def report(self, topic_name: str) -> Report:
        """Read a report as it is now.

        Raises:
            Refusal: `unknown_report` or `report_invalid`.
        """

    def version(self, topic_name: str, version: str) -> Report:
        """Read a report as it was in a version.

        Raises:
            Refusal: `unknown_report` or `report_invalid`.
        """

    def catalogue(self) -> Catalogue:
        """Read every report, and name the files that are none."""

    def data(self) -> DataDescription:
        """Read what the loaded data says about itself."""


class Notifier(Protocol):
    """Posts notices to open connections."""

    def post(self, connection_id: str, text: str) -> bool:
        """Post one text; False when the connection is gone.

        Raises:
            PostFailedError: it could not be posted now.
        """


class Clock(Protocol):
    """The time, and waiting for a moment inside one invocation."""

    def now(self) -> datetime:
        """Give the instant, in UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class Tokens(Protocol):
    """Checks ID tokens against their issuer's keys."""

    def claims(self, token: str) -> Mapping[str, object]:
        """Give a token's claims.

        Raises:
            TokenRefusedError: it proves nothing.
        """


@dataclass(frozen=True, slots=True)
class Limits:
    """What one owner may use: running queries at once, and the longest time of any query in seconds."""

    active_queries: int
    deadline_seconds: int


class Ports(Protocol):
    """Everything that a handler can reach. Each port is made when it is first used."""

    @property
    def records(self) -> Records:
        """The table."""

    @property
    def warehouse(self) -> Warehouse:
        """The warehouse."""

    @property
    def reports(self) -> Reports:
        """The reports."""

    @property
    def notifier(self) -> Notifier:
        """The way to open connections."""

    @property
    def tokens(self) -> Tokens:
        """The check of ID tokens."""

    @property
    def clock(self) -> Clock:
        """The time."""

    @property
    def limits(self) -> Limits:
        """What one owner may use."""
