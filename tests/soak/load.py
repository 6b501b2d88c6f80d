"""`python -m tests.soak.load SOCKETS PER_SECOND SECONDS`: many sockets, so many queries a second, and nobody is killed.

One user presses a hundred times at once; some clients never read and some never stop; half of the sockets are cut in
the same moment. Twice so; then nobody presses for as long as each of that took. Nothing may be lost or executed twice,
and what the stand-in holds may not grow by itself.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from tests.simulation.facts import LinkShowed
from tests.soak.command import run
from tests.soak.crowd import Crowd, running_crowds
from tests.soak.links import Links, endpoints_at, faulty_links
from tests.soak.load_verdict import Watched, judge_load
from tests.soak.meter import Reading, read
from tests.soak.pipeline import Pipeline, running_pipeline
from tests.soak.rude import press_too_often, rude_clients
from tests.soak.verdict import Verdict, history_of, wrong_statuses
from tests.soak.watchers import end_together, entries_of
from tests.waiting import wait_until

_PRESSES = 100
_LIMIT = 5
_SLOW, _FLOODS = 5, 1
_ROUNDS = 2
_LIVE_WITHIN = 300
_BETWEEN_READINGS = 2.0
# Each reads all that the pages have written down, beside the processes that are loaded.
_BETWEEN_COUNTS = 5.0
_NOT_SO_SOON_MS = 300_000


def main(arguments: list[str]) -> int:
    """Load it; fail when anything was lost, when a socket was not back in time, and when what it holds has grown."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.load")
    for name in ("sockets", "per_second", "seconds"):
        parser.add_argument(name, type=int)
    options = parser.parse_args(arguments)
    return run(lambda folder: load(folder, options.sockets, options.per_second, options.seconds))


def load(folder: Path, sockets: int, per_second: float, seconds: float) -> Verdict:
    """Hold so many sockets, press so often for so long; give what is to be said of it."""
    users = [f"load-{number:04}" for number in range(sockets)]
    with ExitStack() as stack:
        links = stack.enter_context(faulty_links())
        pipeline = stack.enter_context(running_pipeline(folder, links, users))
        problems = _presses_beyond_the_limit(pipeline, links)
        sent: Counter[str] = Counter()
        crowds = stack.enter_context(running_crowds(folder, links.endpoints(), users, per_second, seed=1))
        rounds = []
        for _ in range(_ROUNDS):
            wait_until(lambda: _live(crowds) == sockets, _LIVE_WITHIN, _BETWEEN_COUNTS)
            rounds.append(_one_round(pipeline, links, seconds / _ROUNDS, sent))
        for crowd in crowds:
            crowd.pause()
        pause = _readings(pipeline, seconds / _ROUNDS)
        calm_from = time.monotonic()
        statuses = [*end_together(crowds), pipeline.stop()]
        lives = [[one for one in life if one.key[0] in users] for life in pipeline.statements.by_life()]
        history = history_of([*entries_of(crowds), *chain.from_iterable(lives)], calm_from)
    counts = {**sent, "links cut": links.hits["cut"]}
    return judge_load(history, lives, Watched(rounds, pause), counts, [*problems, *wrong_statuses(statuses)])


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


def _live(crowds: Sequence[Crowd]) -> int:
    """Count the pages that say that they are connected."""
    badges = {fact.who: fact.state for fact in entries_of(crowds) if isinstance(fact, LinkShowed)}
    return Counter(badges.values())["live"]


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
