"""A failing history is made small, and stays a failure of the same kind."""

from __future__ import annotations

from unittest.mock import patch

from pipeline.core.records import QueryRecord
from tests.fakes.records import FakeRecords
from tests.simulation.chaos import quiet
from tests.simulation.checker import judge
from tests.simulation.shrink import shrink
from tests.simulation.story import story
from tests.simulation.world import World


def create_whatever_is_there(table: FakeRecords, record: QueryRecord) -> None:
    table.queries[record.owner, record.query_id] = record


def test_a_history_is_shrunk_to_the_few_events_that_break_a_promise() -> None:
    with quiet(), patch.object(FakeRecords, "create", create_whatever_is_there):
        seed = next(s for s in range(50) if "backward" in names(World(s)))
        shrunk = shrink(seed, "backward")
    assert "backward" in {violation.name for violation in judge(shrunk.history).violations}
    assert shrunk.events <= 5
    assert any("asks for q1" in line for line in story(shrunk.history))


def names(world: World) -> set[str]:
    return {violation.name for violation in judge(world.play()).violations}
