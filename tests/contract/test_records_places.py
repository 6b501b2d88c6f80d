"""The contract of `Records` for the places of running queries: how many there are, who holds them, since when."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from pipeline.ports import FullPlaces, Records
from tests.fakes.others import START
from tests.fakes.records import FakeRecords

LATER = START + timedelta(seconds=2)


def test_places_are_taken_up_to_the_limit_and_then_their_holders_are_named(
    records: Records, owner: str
) -> None:
    assert [records.reserve(owner, name, 2, START) for name in ("a", "b")] == [None, None]
    assert records.reserve(owner, "c", 2, LATER) == FullPlaces(frozenset({"a", "b"}), START)


def test_a_holder_keeps_its_place_however_often_it_asks(records: Records, owner: str) -> None:
    assert [records.reserve(owner, "a", 1, START) for _ in range(3)] == [None] * 3
    assert records.reserve(owner, "b", 1, LATER) == FullPlaces(frozenset({"a"}), START)


def test_full_places_say_when_one_was_last_taken_or_kept(records: Records, owner: str) -> None:
    for at in (START, LATER):
        records.reserve(owner, "a", 1, at)
    for _ in range(2):  # a refusal is no taking
        assert records.reserve(owner, "b", 1, LATER + timedelta(seconds=2)) == FullPlaces(
            frozenset({"a"}), LATER
        )


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
    assert records.reserve(owner, "c", 1, LATER) == FullPlaces(frozenset({"b"}), START)


def test_a_place_is_given_back_only_where_none_was_taken_or_kept_since(records: Records, owner: str) -> None:
    for at in (START, LATER):
        records.reserve(owner, "a", 1, at)
    records.leave(owner, "a", START)
    assert records.reserve(owner, "b", 1, LATER) == FullPlaces(frozenset({"a"}), LATER)
    records.leave(owner, "a", LATER)
    assert records.reserve(owner, "b", 1, LATER) is None


def test_where_nobody_ever_took_a_place_none_is_given_back(records: Records, owner: str) -> None:
    records.leave(owner, "never-had", START)
    assert records.reserve(owner, "a", 1, START) is None


def test_places_are_an_owners_own(records: Records, owner: str) -> None:
    records.reserve(owner, "a", 1, START)
    assert records.reserve(uuid.uuid4().hex, "b", 1, START) is None


def test_racing_queries_never_share_a_place(owner: str) -> None:
    fake = FakeRecords()
    with ThreadPoolExecutor(8) as racers:
        refused = list(racers.map(lambda n: fake.reserve(owner, str(n), 3, START), range(40)))
    assert refused.count(None) == 3
