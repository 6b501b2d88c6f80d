"""The contract of `Records` for the places of running queries: how many there are, who holds them, since when."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from pipeline.aws.items import Item
from pipeline.aws.records import DynamoDbRecords
from pipeline.aws.table import Table
from pipeline.ports import FullPlaces, Records
from tests.contract.conftest import TABLE
from tests.fakes.others import START
from tests.fakes.records import FakeRecords

LATER = START + timedelta(seconds=2)


def test_places_are_taken_up_to_the_limit_and_then_their_holders_are_named(
    records: Records, owner: str
) -> None:
    assert [records.reserve(owner, name, 2, START) for name in ("a", "b")] == [None, None]
    assert records.reserve(owner, "c", 2, LATER) == FullPlaces({"a": START, "b": START})


def test_a_holder_keeps_its_place_however_often_it_asks(records: Records, owner: str) -> None:
    assert [records.reserve(owner, "a", 1, START) for _ in range(3)] == [None] * 3
    assert records.reserve(owner, "b", 1, LATER) == FullPlaces({"a": START})


def test_full_places_say_of_each_when_it_was_taken_or_last_kept(records: Records, owner: str) -> None:
    for name, at in (("a", START), ("b", START), ("a", LATER)):
        assert records.reserve(owner, name, 2, at) is None
    for _ in range(2):  # a refusal is no taking
        assert records.reserve(owner, "c", 2, LATER + timedelta(seconds=2)) == FullPlaces(
            {"a": LATER, "b": START}
        )


def test_a_place_is_not_set_back_by_a_submit_that_began_earlier(records: Records, owner: str) -> None:
    for at in (LATER, START):
        assert records.reserve(owner, "a", 1, at) is None
    assert records.reserve(owner, "b", 1, LATER) == FullPlaces({"a": LATER})


def test_a_place_given_back_is_free_and_can_be_given_back_again(records: Records, owner: str) -> None:
    records.leave(owner, "never-had")
    records.reserve(owner, "a", 1, START)
    records.leave(owner, "a")
    records.leave(owner, "a")
    assert records.reserve(owner, "b", 1, START) is None


def test_giving_back_one_place_leaves_the_others(records: Records, owner: str) -> None:
    for name in ("a", "b"):
        records.reserve(owner, name, 2, START)
    records.leave(owner, "a")
    assert records.reserve(owner, "c", 1, LATER) == FullPlaces({"b": START})


def test_a_place_is_given_back_whenever_others_were_taken(records: Records, owner: str) -> None:
    for name, at in (("a", START), ("b", LATER)):
        records.reserve(owner, name, 2, at)
    records.leave(owner, "a", START)
    assert records.reserve(owner, "c", 1, LATER) == FullPlaces({"b": LATER})


def test_a_place_is_given_back_only_where_it_was_not_kept_since(records: Records, owner: str) -> None:
    for at in (START, LATER):
        records.reserve(owner, "a", 1, at)
    records.leave(owner, "a", START)
    assert records.reserve(owner, "b", 1, LATER) == FullPlaces({"a": LATER})
    records.leave(owner, "a", LATER)
    assert records.reserve(owner, "b", 1, LATER) is None


def test_where_nobody_ever_took_a_place_none_is_given_back(records: Records, owner: str) -> None:
    records.leave(owner, "never-had", START)
    assert records.reserve(owner, "a", 1, START) is None


def test_places_are_an_owners_own(records: Records, owner: str) -> None:
    records.reserve(owner, "a", 1, START)
    assert records.reserve(uuid.uuid4().hex, "b", 1, START) is None


class Interrupted(Table):
    """Lets something happen right after one of its updates."""

    def __init__(self, dynamodb: Any, after: int, meanwhile: Callable[[], object]) -> None:
        super().__init__(dynamodb, TABLE)
        self._left = after
        self._meanwhile = meanwhile

    def update(self, *arguments: Any, **options: Any) -> tuple[Item | None, Item | None]:
        met = super().update(*arguments, **options)
        self._left -= 1
        if self._left == 0:
            self._meanwhile()
        return met


@pytest.mark.parametrize("after", [1, 2])
@pytest.mark.parametrize("limit", [1, 2])
def test_an_owners_first_two_queries_lose_no_place_to_each_other(
    dynamodb: Any, owner: str, after: int, limit: int
) -> None:
    other = DynamoDbRecords(Table(dynamodb, TABLE))
    first = DynamoDbRecords(Interrupted(dynamodb, after, lambda: other.reserve(owner, "b", limit, LATER)))
    refused = first.reserve(owner, "a", limit, START)
    assert refused == (None if limit == 2 else FullPlaces({"b": LATER}))
    held = {"b": LATER} if limit == 1 else {"a": START, "b": LATER}
    assert other.reserve(owner, "c", limit, LATER) == FullPlaces(held)


def test_racing_queries_never_share_a_place(owner: str) -> None:
    fake = FakeRecords()
    with ThreadPoolExecutor(8) as racers:
        refused = list(racers.map(lambda n: fake.reserve(owner, str(n), 3, START), range(40)))
    assert refused.count(None) == 3
