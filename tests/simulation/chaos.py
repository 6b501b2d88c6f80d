"""Plays many schedules, on several cores, and says what they met."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from tests.simulation import small_world
from tests.simulation.shrink import shrink
from tests.simulation.story import story
from tests.simulation.tally import ENOUGH, ENOUGH_FOR_CALLS, Found, Tally
from tests.simulation.world import World

_AT_ONCE = 50
Say = Callable[[str], object]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the pipeline from logging: what goes wrong here is wanted, and stands in the history."""
    logger = logging.getLogger("pipeline")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def play(seeds: range) -> Tally:
    """Play and judge schedules one after another; their garbage is collected once, at the end."""
    tally = Tally()
    gc.disable()
    try:
        with quiet():
            for seed in seeds:
                tally.add(World(seed).play(), f"seed {seed}", seed)
    finally:
        gc.enable()
    return tally


def play_small_world(besides: str) -> Tally:
    """Play and judge all histories of the small world in which one thing happens besides."""
    tally = Tally()
    with quiet():
        for history in small_world.orders(besides):
            tally.add(history, f"small world, {besides}, order {tally.schedules}")
        for history in small_world.faults(besides):
            tally.add(history, f"small world, {besides}, fault {tally.schedules}")
    return tally


def tell_one(seed: int, say: Say) -> bool:
    """Tell one schedule as a story; say whether it is as it should be."""
    with quiet():
        history = World(seed).play()
    for line in story(history):
        say(line)
    say(f"Trace {history.trace()}")
    tally = Tally()
    tally.add(history, f"seed {seed}", seed)
    return _verdict(tally, Tally(), say)


def tell_all(schedules: int, seed: int, jobs: int, say: Say) -> bool:
    """Play schedules and tell their sums; say whether they are as they should be."""
    starts = range(seed, seed + schedules, _AT_ONCE)
    tally = _sum(play, [range(first, min(first + _AT_ONCE, seed + schedules)) for first in starts], jobs)
    small = Tally()
    if schedules >= ENOUGH:
        small = _sum(play_small_world, small_world.BESIDES, jobs)
    _tell_sums(tally, small, say)
    is_complete = _tell_missing("Never happened", tally.missing(), schedules, ENOUGH, say)
    calls = tally.calls_never_interrupted()
    is_complete &= _tell_missing("Never interrupted", calls, schedules, ENOUGH_FOR_CALLS, say)
    return _verdict(tally, small, say) and is_complete


def _sum(work: Callable[[Any], Tally], parts: Sequence[Any], jobs: int) -> Tally:
    total = Tally()
    if jobs == 1 or len(parts) < 2:
        for part in parts:
            total.merge(work(part))
        return total
    with get_context("spawn").Pool(jobs) as pool:
        for tally in pool.imap(work, parts):
            total.merge(tally)
    return total


def _tell_sums(tally: Tally, small: Tally, say: Say) -> None:
    for line in tally.lines():
        say(line)
    say(
        f"{tally.judged} queries judged; {tally.unknown} outcomes unknown to a page that never heard of its query"
    )
    say(f"{small.schedules} histories of the small world, {len(small.found)} violations")


def _tell_missing(what: str, names: list[str], schedules: int, enough: int, say: Say) -> bool:
    for name in names:
        say(f"{what}: {name}")
    if names and schedules < enough:
        say(f"That is no failure below {enough} schedules.")
    return not names or schedules < enough


def _verdict(tally: Tally, small: Tally, say: Say) -> bool:
    """The last line counts; before it stands each violation, and the first one's history at its smallest."""
    found = [*tally.found, *small.found]
    if tally.schedules > 1 and tally.found:
        _tell_shrunk(tally.found[0], say)
    for schedule, _, violation in found:
        say(f"{schedule}: {violation.name}: {violation.subject}: {violation.detail}")
    if not tally.judged:
        say("There was nothing to judge.")
    say(f"{tally.schedules} schedules, {len(found)} violations")
    return bool(tally.judged) and not found


def _tell_shrunk(found: Found, say: Say) -> None:
    if found.seed is None:
        return
    with quiet():
        shrunk = shrink(found.seed, found.violation.name)
    say(f"{found.schedule} at its smallest, {shrunk.events} events:")
    for line in story(shrunk.history):
        say(line)
