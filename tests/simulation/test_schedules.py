"""Whatever dies, is repeated, lost or late: no query is lost, doubled, moved backward or told to a stranger."""

from __future__ import annotations

import pytest

from tests.simulation.world import World

pytestmark = pytest.mark.fast

SCHEDULES = 80
STEPS = 400


def play(seed: int) -> World:
    world = World(seed)
    world.live(STEPS)
    world.come_to_rest()
    return world


@pytest.fixture(scope="module")
def worlds() -> list[World]:
    return [play(seed) for seed in range(SCHEDULES)]


def test_no_schedule_loses_doubles_or_crosses_a_query(worlds: list[World]) -> None:
    found = {seed: violations for seed, world in enumerate(worlds) if (violations := world.violations())}
    assert not found


def test_the_schedules_interrupt_every_step_of_a_query(worlds: list[World]) -> None:
    taken = {fate for world in worlds for fate in world.fate.taken}
    steps = ["reserve", "create", "link", "run", "end", "leave", "put_statement", "mark_notified", "attach"]
    calls = [f"records.{step}" for step in steps] + ["warehouse.execute", "notifier.post"]
    assert {f"{fate} {call}" for fate in ("die before", "die after") for call in calls} <= taken


def test_a_seed_tells_the_same_story_each_time() -> None:
    assert play(7).story == play(7).story
