"""The small world is enumerated, not drawn."""

from __future__ import annotations

from tests.simulation import small_world
from tests.simulation.chaos import quiet
from tests.simulation.checker import judge
from tests.simulation.facts import Did, Struck
from tests.simulation.history import History


def cancelled_at(history: History) -> float:
    return next(fact.at for fact in history.facts if isinstance(fact, Did) and fact.what == "cancel")


def test_a_second_thing_comes_at_each_moment_of_the_questions_life() -> None:
    with quiet():
        histories = list(small_world.orders("cancel"))
    assert len({cancelled_at(history) for history in histories}) == len(histories) > 50
    assert [violation for history in histories for violation in judge(history).violations] == []
    ends = {record.state for history in histories for record in history.records.values()}
    assert ends == {"finished", "cancelled"}


def test_each_fault_strikes_once_at_each_place_where_it_can() -> None:
    with quiet():
        histories = list(small_world.faults(small_world.NOTHING))
    struck = [[fact for fact in history.facts if isinstance(fact, Struck)] for history in histories]
    assert len(histories) > 100
    assert max(len(faults) for faults in struck) == 1
    assert {"run records.create", "run warehouse.execute", "send_message notifier.post"} <= {
        fault.where for faults in struck for fault in faults
    }
    assert [violation for history in histories for violation in judge(history).violations] == []
