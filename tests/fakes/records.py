"""The table in memory: one lock, the same conditions."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from pipeline.core.records import Attachment, End, QueryRecord, ended
from pipeline.ports import Change, FullPlaces


class FakeRecords:
    """Look into `queries`, `links`, `statements` and `places` to see what the table would hold."""

    def __init__(self) -> None:
        self.queries: dict[tuple[str, str], QueryRecord] = {}
        self.links: dict[tuple[str, str], Attachment] = {}
        self.statements: dict[tuple[str, str], str] = {}
        self.statements_expire_at: dict[tuple[str, str], datetime] = {}
        self.places: dict[str, Mapping[str, datetime]] = {}
        self._lock = threading.Lock()

    def reserve(self, owner: str, query_id: str, limit: int, at: datetime) -> FullPlaces | None:
        with self._lock:
            held = self.places.get(owner, {})
            if len(held) >= limit and query_id not in held:
                return FullPlaces(held)
            self.places[owner] = {**held, query_id: max(at, held.get(query_id, at))}
            return None

    def leave(self, owner: str, query_id: str, unless_after: datetime | None = None) -> None:
        with self._lock:
            held = self.places.get(owner, {})
            if unless_after is not None and held.get(query_id) != unless_after:
                return
            left = {holder: at for holder, at in held.items() if holder != query_id}
            if left:
                self.places[owner] = left
            else:
                self.places.pop(owner, None)

    def create(self, record: QueryRecord) -> QueryRecord | None:
        with self._lock:
            key = (record.owner, record.query_id)
            if key in self.queries:
                return self.queries[key]
            self.queries[key] = record
            return None

    def find(self, owner: str, query_id: str) -> QueryRecord | None:
        return self.queries.get((owner, query_id))

    def attach(self, owner: str, query_id: str, connection_id: str) -> QueryRecord | None:
        with self._lock:
            record = self.queries.get((owner, query_id))
            if record is None or record.has_ended:
                return record
            return self._put(replace(record, connection_ids=record.connection_ids | {connection_id}))

    def detach(self, owner: str, query_id: str, connection_id: str) -> None:
        with self._lock:
            record = self.queries.get((owner, query_id))
            if record is not None:
                self._put(replace(record, connection_ids=record.connection_ids - {connection_id}))

    def link(self, attachments: Sequence[Attachment], statement_expires_at: datetime | None) -> None:
        keys = {(attachment.connection_id, attachment.query_id) for attachment in attachments}
        if len(keys) < len(attachments):
            raise ValueError("DynamoDB refuses a batch that names one item twice.")
        with self._lock:
            for attachment in attachments:
                link = (attachment.connection_id, attachment.query_id)
                if attachment.statement_id is not None or link not in self.links:
                    self.links[link] = attachment
                if statement_expires_at is not None and attachment.statement_id is not None:
                    key = (attachment.owner, attachment.statement_id)
                    self.statements[key] = attachment.query_id
                    self.statements_expire_at[key] = statement_expires_at

    def unlink(self, connection_id: str, query_ids: Sequence[str]) -> None:
        with self._lock:
            for query_id in query_ids:
                self.links.pop((connection_id, query_id), None)

    def attachments(self, connection_id: str) -> Sequence[Attachment]:
        with self._lock:
            return [link for (holder, _), link in self.links.items() if holder == connection_id]

    def run(self, owner: str, query_id: str, statement_id: str) -> QueryRecord | None:
        with self._lock:
            record = self.queries.get((owner, query_id))
            if record is None:
                return None
            if record.state == "accepted":
                record = replace(record, state="running")
            return self._put(replace(record, statement_id=record.statement_id or statement_id))

    def end(self, owner: str, query_id: str, end: End) -> Change:
        with self._lock:
            record = self.queries.get((owner, query_id))
            if record is None or record.has_ended:
                return Change(record, made=False)
            if end.statement_id is not None and record.statement_id not in {None, end.statement_id}:
                return Change(record, made=False)
            if end.is_of_no_statement and record.statement_id is not None:
                return Change(record, made=False)
            self._put(ended(record, end))
            return Change(record, made=True)

    def put_statement(self, owner: str, statement_id: str, query_id: str, expires_at: datetime) -> None:
        with self._lock:
            self.statements[owner, statement_id] = query_id
            self.statements_expire_at[owner, statement_id] = expires_at

    def mark_notified(self, owner: str, query_id: str, at: datetime) -> None:
        with self._lock:
            record = self.queries.get((owner, query_id))
            if record is not None and record.notified_at is None:
                self._put(replace(record, notified_at=at))

    def query_of(self, owner: str, statement_id: str) -> str | None:
        return self.statements.get((owner, statement_id))

    def history(self, owner: str) -> Sequence[QueryRecord]:
        with self._lock:
            return [record for (holder, _), record in self.queries.items() if holder == owner]

    def _put(self, record: QueryRecord) -> QueryRecord:
        self.queries[record.owner, record.query_id] = record
        return record
