"""`python -m tests.soak QUERIES SECONDS SEED [PAGES]`: what `make soak` runs.

About so many queries are pressed on the pages of two processes within so many seconds, while everything is killed,
frozen and cut off, each at least once, however long that takes. Then it is calm, every page has to show its outcomes,
and the promises are judged by what the pages heard.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Collection
from itertools import chain
from pathlib import Path

from tests.soak.command import run
from tests.soak.crowd import end_together, entries_of, running_crowds
from tests.soak.links import faulty_links
from tests.soak.pipeline import running_pipeline
from tests.soak.troubles import Scene, Troubles
from tests.soak.verdict import Verdict, history_of, judge, wrong_statuses

_PAGES = 200
_BETWEEN_TROUBLES = 0.4


def main(arguments: list[str]) -> int:
    """Soak; fail when a promise is broken, when a trouble was felt by nobody, and when there is nothing to judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    for name in ("queries", "seconds", "seed"):
        parser.add_argument(name, type=int)
    parser.add_argument("pages", type=int, nargs="?", default=_PAGES)
    options = parser.parse_args(arguments)
    return run(lambda folder: soak(folder, options.queries, options.seconds, options.seed, options.pages))


def soak(
    folder: Path, queries: int, seconds: int, seed: int, pages: int, troubles: Collection[str] = ()
) -> Verdict:
    """Run everything, trouble it for so many seconds, let it come to rest; give what is to be said of it.

    `troubles` names those that are to come; all of them where none is named.
    """
    users = [f"soak-{number:03}" for number in range(pages)]
    with (
        faulty_links(seed) as links,
        running_pipeline(folder, links, users) as pipeline,
        running_crowds(folder, links.endpoints(), users, queries / seconds, seed) as crowds,
    ):
        causing = Troubles(Scene(pipeline, crowds, links), seed, troubles)
        causing.cause_until(time.monotonic() + seconds, _BETWEEN_TROUBLES)
        pipeline.calm()
        links.calm()
        calm_from = time.monotonic()
        statuses = [*end_together(crowds), pipeline.stop()]
        lives = pipeline.statements.by_life()
        entries = [*entries_of(crowds), *causing.struck, *chain.from_iterable(lives)]
        return judge(history_of(entries, calm_from), lives, causing.counts(), wrong_statuses(statuses))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
