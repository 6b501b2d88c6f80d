"""Days of faults in seconds: whatever is lost, doubled, late or cut, each query ends once and runs once."""

from __future__ import annotations

import uuid
from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.client.events import Lost, Opened, Received, TimerFired, Wake
from dashboard.client.model import QueryView
from pipeline.core.messages import Resumed, Unknown
from tests.dashboard.client.virtual import QUERY, VirtualClient
from tests.dashboard.client.world import DEADLINE, World

pytestmark = pytest.mark.fast

DAY = 86_400.0
# Deadline, the longest wait between two connections, and the repeats of a resume whose answers are lost.
ENDS_WITHIN = DEADLINE + 600


def a_day(seed: int, fault_rate: float) -> World:
    """Press every five minutes or so, cancel some, cut the link about every quarter of an hour."""
    world = World(seed, fault_rate)
    chance = Random(seed + 1)
    at = 0.0
    while at < DAY - 2 * ENDS_WITHIN:
        at += chance.expovariate(1 / 300)
        query_id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        world.at(at, partial(world.press, query_id))
        if chance.random() < 0.1:
            world.at(at + chance.uniform(0, 10), partial(world.cancel, query_id))
    for _ in range(96):
        world.at(chance.uniform(0, DAY - ENDS_WITHIN), world.cut)
    world.run_until(DAY)
    return world


@pytest.mark.parametrize(("seed", "fault_rate"), [(1, 0.0), (2, 0.1), (3, 0.1), (4, 0.3), (5, 0.3)])
def test_a_day_of_faults(seed: int, fault_rate: float) -> None:
    world = a_day(seed, fault_rate)
    views = {view.query_id: view for view in world.client.core.snapshot().queries}

    for query_id, view in views.items():
        assert view.ended_at is not None, f"{query_id} never ended: {view}"
        assert (view.ended_at - view.pressed_at).total_seconds() <= ENDS_WITHIN
        assert_outcome_is_true(world, view)
    assert max(world.executions.values()) == 1
    assert len(views) >= 100


def assert_outcome_is_true(world: World, view: QueryView) -> None:
    """What the page shows is what the pipeline recorded; it made an end up only where there is no record."""
    record = world.records.get(view.query_id)
    if record is None:
        assert view.phase in {"failed", "refused", "cancelled"}
    else:
        assert view.outcome == record.outcome


def test_without_faults_a_query_costs_one_run_and_at_most_one_resume_for_each_cause() -> None:
    world = World(seed=1, fault_rate=0.0)
    ids = [str(uuid.UUID(int=n, version=4)) for n in range(1, 60)]
    for n, query_id in enumerate(ids):
        world.at(n * 120.0, partial(world.press, query_id))
    world.run_until(7_000)
    assert len(world.client.sent("run")) == len(ids)
    assert len(world.client.sent("resume")) <= 2 * len(ids)


def test_the_same_seed_gives_the_same_day() -> None:
    first, again = a_day(3, 0.2), a_day(3, 0.2)
    assert first.client.effects == again.client.effects


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.floats(0, 100),
            st.sampled_from(["accepted", "finished", "cancel", "lost", "opened", "garbage", "unknown"]),
        ),
        max_size=40,
    )
)
def test_an_outcome_never_changes_and_always_wakes(steps: list[float | str]) -> None:
    client = VirtualClient()
    client.open()
    client.submit()
    told: QueryView | None = None
    for step in steps:
        client.forget_effects()
        before = client.view()
        play(client, step)
        view = client.view()
        if told is not None:
            assert view == told
        elif (before.ended_at is None) != (view.ended_at is None) or view.phase == "finished":
            assert client.wakes() > 0
        if step == "finished" and told is None:
            assert view.phase == "finished"
            told = view


def play(client: VirtualClient, step: float | str) -> None:
    if isinstance(step, float):
        client.wait(step)
        return
    match step:
        case "accepted":
            client.hear(client.accepted())
        case "finished":
            client.hear(client.finished())
        case "unknown":
            client.hear(Resumed((Unknown(QUERY),)))
        case "cancel":
            client.cancel()
        case "lost":
            client.tell(Lost("cut"))
        case "opened":
            client.tell(Opened())
        case _:
            client.tell(Received("garbage"))


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_text_whatever_breaks_the_client(text: str) -> None:
    client = VirtualClient()
    client.open()
    client.run()
    effects = client.tell(Received(text))
    assert Wake() not in effects
    assert client.view().phase == "running"


def test_a_timer_that_fires_early_does_no_harm() -> None:
    client = VirtualClient()
    client.open()
    client.run()
    before = client.core.snapshot()
    assert client.tell(TimerFired()) == []
    assert client.core.snapshot() == before
