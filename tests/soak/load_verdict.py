"""What is said at the end of a load: how long answers took, who was away, what was lost, and what has grown."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from tests.simulation.facts import Executed, LinkShowed, Pressed, Showed
from tests.simulation.history import History
from tests.soak.meter import Reading, growth_per_hour
from tests.soak.verdict import Verdict, judge, outcomes_in

# Its pools of threads, and of connections for them, fill slowly; one for each socket that was cut would be more.
_STILL_FILLING = 200
_BACK_WITHIN = 30
# Sooner it is still filling what it keeps at hand.
_SLOPE_AFTER = 300


def judge_load(
    history: History,
    lives: Sequence[Sequence[Executed]],
    rounds: Sequence[Sequence[Reading]],
    counts: Mapping[str, int],
    problems: Sequence[str],
) -> Verdict:
    """Judge as `judge` does, and what was lost, late or has grown; `rounds` are two that were alike."""
    found = [*problems, *_lost(history), *_late(history), *_grown(*rounds)]
    verdict = judge(history, lives, counts, found)
    return Verdict([*_figures(history, [*chain.from_iterable(rounds)]), *verdict.lines], verdict.is_good)


def _lost(history: History) -> list[str]:
    left = {end: times for end, times in outcomes_in(history).items() if end not in {"finished", "cancelled"}}
    return [f"Lost: {left}."] if left else []


def _late(history: History) -> list[str]:
    late = sum(seconds > _BACK_WITHIN for seconds in _absences(history))
    return [f"{late} sockets were away for more than {_BACK_WITHIN} s."] if late else []


def _grown(first: Sequence[Reading], last: Sequence[Reading]) -> list[str]:
    """Say what it holds more of than it did a round before."""
    problems = []
    for what in ("threads", "descriptors"):
        then, now = max(getattr(reading, what) for reading in first), getattr(last[-1], what)
        if now > then + _STILL_FILLING:
            problems.append(f"It has {now} {what}, and had {then} at most a round before.")
    return problems


def _absences(history: History) -> list[float]:
    """Give for how many seconds each page was without a connection, each time that it had lost one, and is still."""
    left: dict[str, float] = {}
    absences = []
    for fact in history.facts:
        if isinstance(fact, LinkShowed) and fact.before == "live":
            left[fact.who] = fact.at
        elif isinstance(fact, LinkShowed) and fact.state == "live" and fact.who in left:
            absences.append(fact.at - left.pop(fact.who))
    return absences + [history.facts[-1].at - at for at in left.values()]


def _figures(history: History, readings: Sequence[Reading]) -> Iterator[str]:
    pressed = {fact.query_id: fact.at for fact in history.facts if isinstance(fact, Pressed)}
    took = [
        fact.at - pressed[fact.query_id]
        for fact in history.facts
        if isinstance(fact, Showed) and fact.phase == "finished"
    ]
    absences = _absences(history)
    first, last = readings[0], readings[-1]
    if took:
        yield f"press to answer: {statistics.median(took) * 1000:.0f} ms median, {max(took):.1f} s at most"
    yield f"{len(absences)} times away, {max(absences, default=0):.1f} s at most"
    for what in ("megabytes", "threads", "descriptors"):
        yield f"{what}: {getattr(first, what):.0f} at first, {getattr(last, what):.0f} at last"
    settled = [reading for reading in readings if reading.at - first.at > _SLOPE_AFTER]
    if len(settled) > 1:
        yield f"memory grows by {growth_per_hour(settled):.1%} in an hour"
