"""Whatever dies, is repeated, lost or late: no promise of docs/promises.md is broken."""

from __future__ import annotations

import pytest

from tests.simulation.chaos import play, quiet
from tests.simulation.facts import Did, Pressed, Struck
from tests.simulation.history import History
from tests.simulation.tally import Tally
from tests.simulation.world import FEWEST_FAULTS, World

pytestmark = pytest.mark.fast

SCHEDULES = 40
A_SEED = 7


@pytest.fixture(scope="module")
def tally() -> Tally:
    return play(range(SCHEDULES))


@pytest.fixture(scope="module")
def histories() -> list[History]:
    with quiet():
        return [World(seed).play() for seed in range(5)]


def test_no_schedule_breaks_a_promise(tally: Tally) -> None:
    assert tally.found == []
    assert tally.judged > SCHEDULES * 5


def test_the_schedules_interrupt_every_step_of_a_submit(tally: Tally) -> None:
    steps = ["records.reserve", "records.create", "warehouse.execute", "records.link", "records.run"]
    assert {f"run {step} {moment}" for step in steps for moment in ("before", "after")} <= set(
        tally.interrupted
    )


def test_more_than_thirty_faults_take_effect(tally: Tally) -> None:
    assert len(tally.faults) > 30


def test_each_schedule_has_owners_questions_trouble_and_time(histories: list[History]) -> None:
    for history in histories:
        pressed = [fact for fact in history.facts if isinstance(fact, Pressed)]
        asked = {fact.query_id for fact in pressed} - history.probes
        assert len({fact.owner for fact in pressed}) in {2, 3}
        assert 5 <= len(asked) <= 15
        assert history.faults() >= FEWEST_FAULTS
        assert history.facts[-1].at > history.calm_from + 200


def test_nothing_goes_wrong_any_more_once_it_is_calm(histories: list[History]) -> None:
    for history in histories:
        assert history.calm_from >= 190
        late = [fact for fact in history.facts if fact.at > history.calm_from and isinstance(fact, Did)]
        assert late == []
        struck = {
            fact.fault for fact in history.facts if fact.at > history.calm_from and isinstance(fact, Struck)
        }
        assert struck <= {"dead-letter queue: replayed"}


def test_a_seed_gives_the_same_history_each_time() -> None:
    with quiet():
        first, again = World(A_SEED).play(), World(A_SEED).play()
    assert first.facts == again.facts
    assert first.trace() == again.trace()
