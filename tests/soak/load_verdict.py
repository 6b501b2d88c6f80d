"""What is said at the end of a load: how long answers took, who was away, what was lost, and what has grown."""

from __future__ import annotations

import statistics
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from tests.simulation.facts import Executed, LinkShowed, Pressed, Showed
from tests.simulation.history import History
from tests.simulation.moves import SHOWN_ENDS
from tests.soak.meter import Reading, growth_per_hour, slope
from tests.soak.verdict import Verdict, judge, outcomes_in

# Its pools of threads, and of connections for them, fill slowly; one for each socket that was cut would be more.
_STILL_FILLING = 200
_BACK_WITHIN = 30
# Sooner it is still filling what it keeps at hand.
_SLOPE_AFTER = 300
# What was asked before the pause is answered in it.
_COMES_TO_REST = 30
# Of less than this the steps of an allocator would make an hour's growth.
_WATCHED_AT_LEAST = 120
_GROWS_AT_MOST = 0.05
# A record with its report, some events, an answer of a month: 44 were measured.
_KILOBYTES_AT_MOST = 100


class Watched(NamedTuple):
    """What the stand-in held: in two rounds that were alike, and then in a pause in which nobody asked for anything."""

    rounds: Sequence[Sequence[Reading]]
    pause: Sequence[Reading]


def judge_load(
    history: History,
    lives: Sequence[Sequence[Executed]],
    watched: Watched,
    counts: Mapping[str, int],
    problems: Sequence[str],
) -> Verdict:
    """Judge as `judge` does, and what was lost, late or has grown."""
    found = [
        *problems,
        *_lost(history),
        *_late(history),
        *_grown(*watched.rounds),
        *_hoarded(history, watched),
    ]
    verdict = judge(history, lives, counts, found)
    return Verdict([*_figures(history, watched), *verdict.lines], verdict.is_good)


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


def _hoarded(history: History, watched: Watched) -> list[str]:
    """Say that memory grows by itself, or that a query leaves more than its record, its events and its rows."""
    problems = []
    by_itself, of_a_query = _growth_by_itself(watched), _kilobytes_of_a_query(history, watched)
    if by_itself is not None and by_itself > _GROWS_AT_MOST:
        problems.append(f"Memory grows by {by_itself:.1%} in an hour while nobody asks.")
    if of_a_query is not None and of_a_query > _KILOBYTES_AT_MOST:
        problems.append(f"Each query leaves {of_a_query:.0f} KB behind.")
    return problems


def _growth_by_itself(watched: Watched) -> float | None:
    """Give the slope in an hour, as a share; None where it was not watched for long enough."""
    first = watched.rounds[0][0].at
    settled = [
        reading
        for reading in watched.pause
        if reading.at - first > _SLOPE_AFTER and reading.at - watched.pause[0].at > _COMES_TO_REST
    ]
    if len(settled) < 2 or settled[-1].at - settled[0].at < _WATCHED_AT_LEAST:
        return None
    return growth_per_hour(settled)


def _kilobytes_of_a_query(history: History, watched: Watched) -> float | None:
    """Give what each query that ended left behind; None where it was not watched for long enough."""
    ends = sorted(fact.at for fact in history.facts if isinstance(fact, Showed) and fact.phase in SHOWN_ENDS)
    readings = [*chain.from_iterable(watched.rounds)]
    settled = [reading for reading in readings if reading.at - readings[0].at > _SLOPE_AFTER]
    points = [(bisect(ends, reading.at), reading.megabytes) for reading in settled]
    if len({ended for ended, _ in points}) < 2:
        return None
    return 1000 * slope(points)


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


def _figures(history: History, watched: Watched) -> Iterator[str]:
    readings = [*chain.from_iterable(watched.rounds), *watched.pause]
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
    if (of_a_query := _kilobytes_of_a_query(history, watched)) is not None:
        yield f"each query leaves {of_a_query:.0f} KB"
    if (by_itself := _growth_by_itself(watched)) is not None:
        yield f"memory grows by {by_itself:.1%} in an hour while nobody asks"
