"""The checker can fail: defects that are made on purpose are found by name, and leave no trace."""

from __future__ import annotations

import pytest

from pipeline import notices
from tests.simulation.hunt import hunt
from tests.simulation.mutants import MUTANTS, mutated


@pytest.mark.parametrize("name", MUTANTS)
@pytest.mark.fast
def test_each_defect_can_still_be_made(name: str) -> None:
    with mutated(name):
        pass


@pytest.mark.fast
def test_a_defect_is_gone_afterwards() -> None:
    before = notices._notify.__code__
    with mutated("notifiedAt before the post"):
        assert notices._notify.__code__ is not before
    assert notices._notify.__code__ is before


@pytest.mark.parametrize(
    ("name", "found_as"),
    [
        ("put without condition", "backward"),
        ("ExecuteStatement before the record", "unrecorded"),
        ("notifiedAt before the post", "untold"),
        ("OnDisconnect deletes by owner", "detached"),
        ("no resume after open", "unasked"),
        ("OnDisconnect cancels what was watched", "unwanted"),
        ("every result has expired", "unread"),
        ("the history is empty", "unlisted"),
        ("values are not bound", "unexpected"),
        ("client asks once", "unrepeated"),
    ],
)
def test_a_defect_is_found_by_the_name_of_its_promise(name: str, found_as: str) -> None:
    assert found_as in hunt(name, hunts=1).names
