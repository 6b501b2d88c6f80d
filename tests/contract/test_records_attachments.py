"""The contract of `Records`, as far as connections and what they watch are concerned."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

from pipeline.core.records import Attachment
from pipeline.ports import Records
from tests.fakes.others import START
from tests.pipeline.builders import STATEMENT_ID

LATER = START + timedelta(seconds=2)
DAY = timedelta(hours=24)
UNKNOWN = "00000000-0000-0000-0000-000000000000"


def watching(
    owner: str, connection: str, count: int = 1, statement_id: str | None = None
) -> list[Attachment]:
    return [
        Attachment(connection, "daily-summary", statement_id, owner, str(uuid.UUID(int=n)), START + DAY)
        for n in range(count)
    ]


def ids(attachments: list[Attachment]) -> set[str]:
    return {attachment.query_id for attachment in attachments}


def test_a_connection_watches_what_was_linked(records: Records, owner: str, connection: str) -> None:
    (one,) = watching(owner, connection, statement_id=STATEMENT_ID)
    records.link([one], None)
    records.link([one], None)
    assert list(records.attachments(connection)) == [one]
    assert list(records.attachments("another=")) == []


def test_linking_again_replaces_the_attachment(records: Records, owner: str, connection: str) -> None:
    (one,) = watching(owner, connection)
    records.link([one], None)
    records.link([replace(one, statement_id=STATEMENT_ID)], None)
    assert [a.statement_id for a in records.attachments(connection)] == [STATEMENT_ID]


def test_linking_without_a_statement_takes_none_away(records: Records, owner: str, connection: str) -> None:
    one, other = watching(owner, connection, 2, STATEMENT_ID)
    records.link([one], None)
    records.link([replace(one, statement_id=None), replace(other, statement_id=None)], None)
    assert {a.query_id: a.statement_id for a in records.attachments(connection)} == {
        one.query_id: STATEMENT_ID,
        other.query_id: None,
    }


def test_more_attachments_than_one_batch_are_all_written_and_deleted(
    records: Records, owner: str, connection: str
) -> None:
    many = watching(owner, connection, 30, STATEMENT_ID)
    records.link(many, None)
    assert ids(list(records.attachments(connection))) == ids(many)
    records.unlink(connection, sorted(ids(many)))
    assert list(records.attachments(connection)) == []


def test_linking_with_an_expiry_also_writes_the_way_from_the_statement(
    records: Records, owner: str, connection: str
) -> None:
    (one,) = watching(owner, connection, statement_id=STATEMENT_ID)
    records.link([one], None)
    assert records.query_of(owner, STATEMENT_ID) is None
    records.link([one], LATER)
    assert records.query_of(owner, STATEMENT_ID) == one.query_id


def test_unlinking_deletes_what_is_named_and_nothing_else(
    records: Records, owner: str, connection: str
) -> None:
    first, second = watching(owner, connection, 2)
    other = replace(first, connection_id=f"x{connection}")
    records.link([first, second, other], None)
    records.unlink(connection, [first.query_id, UNKNOWN[:-1] + "9"])
    records.unlink(connection, [])
    assert list(records.attachments(connection)) == [second]
    assert list(records.attachments(other.connection_id)) == [other]
