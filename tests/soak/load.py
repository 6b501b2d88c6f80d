"""`python -m tests.soak.load SOCKETS PER_SECOND SECONDS`: many sockets, so many queries a second, and nobody is killed.

One user presses a hundred times at once; some clients never read and some never stop; half of the sockets are cut in
the same moment. Nothing may be lost or executed twice, and the stand-in may hold no more at the end than before.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from infra.local.stop import Stop
from tests.simulation.facts import LinkShowed, Pressed, Showed
from tests.simulation.history import History
from tests.soak.__main__ import STOPPED
from tests.soak.crowd import end_together, entries_of, running_crowds
from tests.soak.links import Links, endpoints_at, faulty_links
from tests.soak.meter import Reading, growth_per_hour, read
from tests.soak.pipeline import Pipeline, running_pipeline
from tests.soak.rude import press_too_often, rude_clients
from tests.soak.verdict import Verdict, history_of, judge, outcomes_in, wrong_statuses
from tests.waiting import wait_until

_PRESSES = 100
_LIMIT = 5
_SLOW, _FLOODS = 5, 1
_ROUNDS = 2
# Its pools of threads, and of connections for them, fill slowly; one for each socket that was cut would be more.
_STILL_FILLING = 200
_BACK_WITHIN = 30
_OPENED_WITHIN = 300
_BETWEEN_READINGS = 2.0
_NOT_SO_SOON_MS = 300_000
# Sooner it is still filling what it keeps at hand.
_SLOPE_AFTER = 300


def main(arguments: list[str]) -> int:
    """Load it; fail when anything was lost, when a socket was not back in time, and when what it holds has grown."""
    sockets, per_second, seconds = (int(argument) for argument in arguments)
    with Stop(), tempfile.TemporaryDirectory() as folder:
        verdict = load(Path(folder), sockets, per_second, seconds)
        for line in verdict.lines:
            sys.stdout.write(line + "\n")
        return 0 if verdict.is_good else 1
    return STOPPED


def load(folder: Path, sockets: int, per_second: float, seconds: float) -> Verdict:
    """Hold so many sockets, press so often for so long; give what is to be said of it."""
    users = [f"load-{number:04}" for number in range(sockets)]
    with ExitStack() as stack:
        links = stack.enter_context(faulty_links())
        pipeline = stack.enter_context(running_pipeline(folder, links, users))
        problems = _presses_beyond_the_limit(pipeline, links)
        sent: Counter[str] = Counter()
        crowds = stack.enter_context(running_crowds(folder, links.endpoints(), users, per_second, seed=1))
        wait_until(lambda: links.open_links() >= sockets, _OPENED_WITHIN)
        rounds = [_one_round(pipeline, links, seconds / _ROUNDS, sent) for _ in range(_ROUNDS)]
        calm_from = time.monotonic()
        statuses = [*end_together(crowds), pipeline.stop()]
        lives = [[one for one in life if one.key[0] in users] for life in pipeline.statements.by_life()]
        history = history_of([*entries_of(crowds), *chain.from_iterable(lives)], calm_from)
    problems += [*_lost(history), *_late(history), *_grown(*rounds), *wrong_statuses(statuses)]
    verdict = judge(history, lives, {**sent, "links cut": links.hits["cut"]}, problems)
    return Verdict([*_figures(history, [*chain.from_iterable(rounds)]), *verdict.lines], verdict.is_good)


def _presses_beyond_the_limit(pipeline: Pipeline, links: Links) -> list[str]:
    """Let one user press far too often, while nothing ends by itself; then as often as he may."""
    pipeline.cause("statements", "delay_ms", _NOT_SO_SOON_MS)
    answers = press_too_often(links.endpoints(), "hasty", _PRESSES)
    again = press_too_often(links.endpoints(), "hasty", _LIMIT)
    pipeline.cause("statements", "delay_ms", 0)
    found = Counter(answer.get("code") or answer["type"] for answer in answers)
    problems = []
    if found != {"accepted": _LIMIT, "too_many_queries": _PRESSES - _LIMIT}:
        problems.append(f"Of {_PRESSES} presses of one user: {dict(found)}.")
    if not all(answer["message"] for answer in answers if answer["type"] == "error"):
        problems.append("A press was refused without a sentence.")
    if any(answer["type"] != "accepted" for answer in again):
        problems.append("Places that were given back are not free.")
    started = sum(map(len, pipeline.statements.by_life()))
    if started != 2 * _LIMIT:
        problems.append(f"{started} statements were started for {2 * _LIMIT} presses that were accepted.")
    return problems


def _one_round(pipeline: Pipeline, links: Links, seconds: float, sent: Counter[str]) -> list[Reading]:
    """Let the rude come and go, cut half of the links, then only let queries flow; give what it holds meanwhile."""
    readings = []
    with rude_clients(endpoints_at(pipeline.port), _SLOW, _FLOODS, sent):
        readings += _readings(pipeline, seconds / 4)
    links.cause("cut", links.open_links() // 2)
    return readings + _readings(pipeline, seconds * 3 / 4)


def _readings(pipeline: Pipeline, seconds: float) -> list[Reading]:
    end = time.monotonic() + seconds
    readings = [read(pipeline.process.pid)]
    while time.monotonic() < end:
        time.sleep(_BETWEEN_READINGS)
        readings.append(read(pipeline.process.pid))
    return readings


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
    yield f"press to answer: {statistics.median(took) * 1000:.0f} ms median, {max(took):.1f} s at most"
    yield f"{len(absences)} times away, {max(absences):.1f} s at most"
    for what in ("memory", "threads", "descriptors"):
        yield f"{what}: {getattr(first, what):,} at first, {getattr(last, what):,} at last"
    settled = [reading for reading in readings if reading.at - first.at > _SLOPE_AFTER]
    if len(settled) > 1:
        yield f"memory grows by {growth_per_hour(settled):.1%} in an hour"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
