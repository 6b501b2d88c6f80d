"""The switchboard of faults."""

from __future__ import annotations

import pytest

from infra.local.faults import Faults, FaultsRefusedError

pytestmark = pytest.mark.fast


def test_everything_is_off_at_first() -> None:
    faults = Faults()
    assert faults.value("statements", "delay_ms") == 0
    assert not faults.take("statements", "fail")
    assert faults.left() == {}


def test_a_counter_runs_down_and_a_duration_stays() -> None:
    faults = Faults()
    faults.merge({"statements": {"fail": 2, "delay_ms": 5}})
    assert [faults.take("statements", "fail") for _ in range(3)] == [True, True, False]
    assert [faults.value("statements", "delay_ms") for _ in range(2)] == [5, 5]
    assert faults.left() == {"statements": {"delay_ms": 5, "fail": 0}}


def test_a_number_strikes_when_it_is_reached_and_only_once() -> None:
    faults = Faults(frozenset({"F"}))
    faults.merge({"handlers": {"F": {"kill_after": 2}}})
    assert [faults.strike("handlers/F", "kill_after", number) for number in (1, 2, 2)] == [False, True, False]
    assert faults.left() == {"handlers": {"F": {"kill_after": 0}}}


def test_a_clock_may_go_ahead_or_behind() -> None:
    faults = Faults()
    for skew in (3600, -3600):
        faults.merge({"clock": {"skew_s": skew}})
        assert faults.value("clock", "skew_s") == skew


def test_what_is_not_named_stays_as_it_is() -> None:
    faults = Faults(frozenset({"F"}))
    faults.merge({"events": {"drop": 3}, "handlers": {"F": {"raise": 1}}})
    faults.merge({"events": {"duplicate": 1}})
    assert faults.left() == {"events": {"drop": 3, "duplicate": 1}, "handlers": {"F": {"raise": 1}}}
    assert faults.take("handlers/F", "raise")


def test_a_document_with_one_unknown_name_changes_nothing() -> None:
    faults = Faults()
    with pytest.raises(FaultsRefusedError, match=r"events\.lose"):
        faults.merge({"events": {"drop": 1, "lose": 1}})
    assert faults.left() == {}
