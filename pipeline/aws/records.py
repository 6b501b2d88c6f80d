"""The port `Records` over the DynamoDB table `client_connections`.

Every change of a record is one conditional UpdateItem that returns the record: as it was before on a move, as it is
now otherwise. A condition that fails returns the record too, so nothing is ever read first and written then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pipeline.aws.items import (
    Item,
    attachment_item,
    attachment_key,
    epoch,
    places_key,
    query_key,
    read_attachment,
    read_places,
    read_record,
    record_item,
    statement_item,
    statement_key,
    text,
)
from pipeline.aws.table import Table
from pipeline.core.instants import instant_text
from pipeline.core.records import Attachment, End, QueryRecord
from pipeline.ports import Change, FullPlaces


class DynamoDbRecords:
    """The table `client_connections`."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @classmethod
    def connect(cls, table: str) -> DynamoDbRecords:
        """Make the adapter with a client of its own."""
        return cls(Table.connect(table))

    def reserve(self, owner: str, query_id: str, limit: int, at: datetime) -> FullPlaces | None:
        """See `Records.reserve`."""
        held = self._take_place(owner, query_id, limit, at)
        if held is not None and "places" not in held:
            # The owner's first: a map must be there before a place in it can be taken.
            self._table.update(
                places_key(owner), "SET #places = :none", {":none": {}}, "attribute_not_exists(#places)"
            )
            held = self._take_place(owner, query_id, limit, at)
        if held is None:
            return None
        taken_at = read_places(held)
        return None if query_id in taken_at else FullPlaces(taken_at)  # it is kept until later already

    def _take_place(self, owner: str, query_id: str, limit: int, at: datetime) -> Item | None:
        """Take a place or keep it until later; None, or the item that refused it."""
        is_free = "attribute_exists(#places) AND attribute_not_exists(#places.#id) AND size(#places) < :limit"
        _, held = self._table.update(
            places_key(owner),
            "SET #places.#id = :at",
            {":limit": limit, ":at": instant_text(at)},
            f"#places.#id < :at OR ({is_free})",
            names={"#id": query_id},
        )
        return held

    def leave(self, owner: str, query_id: str, unless_after: datetime | None = None) -> None:
        """See `Records.leave`."""
        values, condition = {}, "attribute_exists(#places.#id)"
        if unless_after is not None:
            values, condition = {":takenAt": instant_text(unless_after)}, "#places.#id = :takenAt"
        self._table.update(
            places_key(owner), "REMOVE #places.#id", values, condition, names={"#id": query_id}
        )

    def create(self, record: QueryRecord) -> QueryRecord | None:
        """See `Records.create`."""
        item = self._table.put_new(record_item(record))
        return None if item is None else read_record(item)

    def find(self, owner: str, query_id: str) -> QueryRecord | None:
        """See `Records.find`."""
        item = self._table.get(query_key(owner, query_id))
        return read_record(item) if item else None

    def attach(self, owner: str, query_id: str, connection_id: str) -> QueryRecord | None:
        """See `Records.attach`."""
        made, held = self._table.update(
            query_key(owner, query_id),
            "ADD #connectionIds :connection",
            {":connection": frozenset({connection_id}), ":accepted": "accepted", ":running": "running"},
            "#state IN (:accepted, :running)",
            returned="ALL_NEW",
        )
        item = made or held
        return read_record(item) if item else None

    def detach(self, owner: str, query_id: str, connection_id: str) -> None:
        """See `Records.detach`."""
        self._table.update(
            query_key(owner, query_id),
            "DELETE #connectionIds :connection",
            {":connection": frozenset({connection_id})},
            "attribute_exists(#pk)",
        )

    def link(self, attachments: Sequence[Attachment], statement_expires_at: datetime | None) -> None:
        """See `Records.link`."""
        items = []
        for one in attachments:
            if one.statement_id is None:
                self._table.put_new(attachment_item(one))
                continue
            items.append(attachment_item(one))
            if statement_expires_at is not None:
                items.append(statement_item(one.owner, one.statement_id, one.query_id, statement_expires_at))
        self._table.write(items)

    def unlink(self, connection_id: str, query_ids: Sequence[str]) -> None:
        """See `Records.unlink`."""
        self._table.delete([attachment_key(connection_id, query_id) for query_id in query_ids])

    def attachments(self, connection_id: str) -> Sequence[Attachment]:
        """See `Records.attachments`."""
        return [read_attachment(item) for item in self._table.queries(f"connection#{connection_id}")]

    def run(self, owner: str, query_id: str, statement_id: str) -> QueryRecord | None:
        """See `Records.run`."""
        save = "SET #statementId = if_not_exists(#statementId, :statement)"
        made, held = self._table.update(
            query_key(owner, query_id),
            f"{save}, #state = :running",
            {":statement": statement_id, ":running": "running", ":accepted": "accepted"},
            "#state = :accepted",
            returned="ALL_NEW",
        )
        if made is None and held is not None and "statementId" not in held:
            made, held = self._table.update(
                query_key(owner, query_id),
                save,
                {":statement": statement_id},
                "attribute_exists(#pk)",
                returned="ALL_NEW",
            )
        item = made or held
        return read_record(item) if item else None

    def end(self, owner: str, query_id: str, end: End) -> Change:
        """See `Records.end`."""
        moves, values = _move(end)
        condition = "#state IN (:accepted, :running)"
        if end.statement_id is not None:
            condition += " AND (attribute_not_exists(#statementId) OR #statementId = :statement)"
        elif end.is_of_no_statement:
            condition += " AND attribute_not_exists(#statementId)"
        made, held = self._table.update(
            query_key(owner, query_id),
            f"SET {', '.join(moves)}",
            {**values, ":accepted": "accepted", ":running": "running"},
            condition,
            returned="ALL_OLD",
        )
        if made is not None:
            return Change(read_record(made), made=True)
        return Change(read_record(held) if held else None, made=False)

    def put_statement(self, owner: str, statement_id: str, query_id: str, expires_at: datetime) -> None:
        """See `Records.put_statement`."""
        item = statement_item(owner, statement_id, query_id, expires_at)
        self._table.put(item)

    def mark_notified(self, owner: str, query_id: str, at: datetime) -> None:
        """See `Records.mark_notified`."""
        self._table.update(
            query_key(owner, query_id),
            "SET #notifiedAt = :at",
            {":at": instant_text(at)},
            "attribute_exists(#pk) AND attribute_not_exists(#notifiedAt)",
        )

    def query_of(self, owner: str, statement_id: str) -> str | None:
        """See `Records.query_of`."""
        item = self._table.get(statement_key(owner, statement_id))
        return text(item, "queryId") if item else None

    def history(self, owner: str) -> Sequence[QueryRecord]:
        """See `Records.history`."""
        return [read_record(item) for item in self._table.queries(f"owner#{owner}")]


def _move(end: End) -> tuple[list[str], dict[str, Any]]:
    """Give the assignments of a move to an end, and their values."""
    held = {
        "state": end.state,
        "finishedAt": instant_text(end.at),
        "rows": end.rows,
        "resultExpiresAt": instant_text(end.result_expires_at) if end.result_expires_at else None,
        "errorCode": end.error_code,
        "errorMessage": end.error_message,
        "cancelledBy": end.cancelled_by,
        "ttl": epoch(end.expires_at()),
    }
    present = {name: content for name, content in held.items() if content is not None}
    moves = [f"#{name} = :{name}" for name in present]
    values = {f":{name}": content for name, content in present.items()}
    if end.statement_id is not None:
        moves.append("#statementId = if_not_exists(#statementId, :statement)")
        values[":statement"] = end.statement_id
    return moves, values
