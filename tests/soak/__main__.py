"""`python -m tests.soak QUERIES SECONDS SEED [PAGES [TABS]]`: what `make soak` runs.

About so many queries are pressed on the pages of two processes within so many seconds, and some more in the tabs of a
real browser, while everything is killed, frozen and cut off, each at least once, however long that takes. Then it is
calm, every page has to show its outcomes, and the promises are judged by what the pages heard and the browser showed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from tests.soak.browser import IN_A_BROWSER, asked_before, running_browsers, without_unlearned
from tests.soak.command import run
from tests.soak.crowd import running_crowds
from tests.soak.dashboard import OWNER
from tests.soak.links import faulty_links
from tests.soak.pipeline import running_pipeline
from tests.soak.troubles import Scene, Troubles
from tests.soak.verdict import Verdict, history_of, judge, wrong_statuses
from tests.soak.watchers import end_together, entries_of

_PAGES, _TABS = 200, 5


def main(arguments: list[str]) -> int:
    """Soak; fail when a promise is broken, when a trouble was felt by nobody, and when there is nothing to judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    for name in ("queries", "seconds", "seed"):
        parser.add_argument(name, type=int)
    for name, usual in (("pages", _PAGES), ("tabs", _TABS)):
        parser.add_argument(name, type=int, nargs="?", default=usual)
    options = parser.parse_args(arguments)
    size = Size(options.queries, options.seconds, options.pages, options.tabs)
    return run(lambda folder: soak(folder, size, options.seed))


class Size(NamedTuple):
    """About how many queries within how many seconds, on how many pages, and in how many tabs of a browser."""

    queries: int
    seconds: int
    pages: int
    tabs: int


def soak(folder: Path, size: Size, seed: int, troubles: Collection[str] = ()) -> Verdict:
    """Run everything, trouble it for so many seconds, let it come to rest; give what is to be said of it.

    `troubles` names those that are to come; all of them where none is named.
    """
    users = [f"soak-{number:03}" for number in range(size.pages)]
    with ExitStack() as stack:
        links = stack.enter_context(faulty_links(seed))
        pipeline = stack.enter_context(running_pipeline(folder, links, [*users, OWNER]))
        rate = size.queries / size.seconds
        crowds = stack.enter_context(running_crowds(folder, links.endpoints(), users, rate, seed))
        browsers = stack.enter_context(running_browsers(folder, links.endpoints(), size.tabs, seed))
        causing = Troubles(Scene(pipeline, crowds, links, browsers), seed, troubles)
        causing.cause_for(size.seconds)
        pipeline.calm()
        links.calm()
        calm_from = time.monotonic()
        statuses = [*end_together([*crowds, *browsers]), pipeline.stop()]
        lives = pipeline.statements.by_life()
        seen = [*entries_of([*crowds, *browsers]), *causing.struck]
        entries = [*seen, *without_unlearned(chain.from_iterable(lives), seen)]
        counts = causing.counts() | ({IN_A_BROWSER: asked_before(calm_from, seen)} if browsers else {})
        return judge(history_of(entries, calm_from), lives, counts, wrong_statuses(statuses))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
