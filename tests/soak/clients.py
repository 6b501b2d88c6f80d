"""A process full of pages: `python -m tests.soak.clients` with an `Order` as JSON in the first line of its input.

It presses until it is told to pause or to rest, by a second line; after a pause, to rest by a third. Then it waits for
every outcome, asks once more on some pages, writes down what its pages show, and ends. It ends at once when its input
does.
"""

from __future__ import annotations

import json
import random
import sys
import time
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from dashboard.client import timing
from dashboard.client.connection import OPEN_TIMEOUT_SECONDS
from dashboard.client.upstream import Endpoints
from tests.simulation.facts import Fact, Showed
from tests.simulation.history import View
from tests.simulation.messages import PACE
from tests.simulation.moves import SHOWN_ENDS
from tests.soak.diary import Diary
from tests.soak.pages import Page
from tests.soak.told import heard

# A query ends at its deadline at the latest, and its page learns it over the next connection: it may take so long until
# the page finds that the one it has is dead, is due to try again, and has a token and an answer.
SETTLED_WITHIN = (
    PACE.deadline_seconds
    + timing.PING_FRAME_EVERY
    + timing.PONG_WITHIN
    + timing.LONGEST_WAIT
    + 2 * OPEN_TIMEOUT_SECONDS
)
# People open their pages one after another; that all come back at once is what a cut of the links is for.
_BETWEEN_OPENINGS = 0.05
_BETWEEN_LOOKS = 0.2
PAUSE, REST = "pause", "rest"
_CANCELLED = 0.08
_OF_ONE_PAGE = 4
# Of all pages together: where the machine is slower than the presses, these wait, and no query for its turn.
_AT_ONCE = 40
# Pages that ask once more when it is calm, so that it is seen whether notices come.
_PROBED = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What a process of pages is to do. `watch` names, by owner, the queries of pages that were killed."""

    websocket: str
    rest: str
    token_url: str
    diary: str
    generation: int
    owners: Sequence[str]
    watch: Mapping[str, Sequence[str]]
    presses_per_second: float
    seed: int

    def heir(self, written: Iterable[Fact | View]) -> Order:
        """Give the order of the process that takes the place of a killed one, which had written this down.

        A process that was killed while it opened its pages has not come to all that it was to watch: its heir is.
        """
        phases = {(owner, query_id): "" for owner, watched in self.watch.items() for query_id in watched}
        for fact in written:
            if isinstance(fact, Showed):
                phases[fact.owner, fact.query_id] = fact.phase
        watch: dict[str, list[str]] = {}
        for (owner, query_id), phase in phases.items():
            if phase not in SHOWN_ENDS:
                watch.setdefault(owner, []).append(query_id)
        generation = self.generation + 1
        diary = self.diary.removesuffix(str(self.generation)) + str(generation)
        return replace(self, diary=diary, generation=generation, watch=watch)

    def line(self) -> str:
        """Write it down for the process."""
        return json.dumps(asdict(self))


def main() -> int:
    """Do what the first line of the input says."""
    order = Order(**json.loads(sys.stdin.readline()))
    diary = Diary(Path(order.diary))
    endpoints = Endpoints(order.websocket, order.rest, order.token_url)
    pages = []
    for owner in order.owners:
        page = Page(f"{owner}.{order.generation}", owner, endpoints, diary)
        for query_id in order.watch.get(owner, ()):
            page.watch(query_id)
        pages.append(page)
        time.sleep(_BETWEEN_OPENINGS)
    if _press(pages, order) == PAUSE:
        while heard(_BETWEEN_LOOKS) != REST:
            pass
    _settle(pages)
    for page in pages[:_PROBED]:
        page.press(str(uuid.uuid4()))
    _settle(pages)
    diary.note(*(View(page.name, page.owner, view) for page in pages for view in page.views()))
    for page in pages:
        page.close()
    for page in pages:
        page.join(OPEN_TIMEOUT_SECONDS)
    diary.close()
    return 0


def _press(pages: Sequence[Page], order: Order) -> str:
    """Press on pages drawn at random, at moments drawn at random, until a word comes; give that.

    Where too many queries are open a press waits for room, and those planned meanwhile follow it at once.
    """
    stream = random.Random(order.seed * 1000 + order.generation)
    planned = time.monotonic() + stream.expovariate(order.presses_per_second)
    while True:
        has_room = sum(len(page.pending()) for page in pages) < _AT_ONCE
        word = heard(max(0.0, planned - time.monotonic()) if has_room else _BETWEEN_LOOKS)
        if word:
            return word
        if has_room:
            planned += stream.expovariate(order.presses_per_second)
            _press_one(pages, stream)


def _press_one(pages: Sequence[Page], stream: random.Random) -> None:
    page = stream.choice(pages)
    if len(page.pending()) < _OF_ONE_PAGE:
        page.press(str(uuid.UUID(int=stream.getrandbits(128), version=4)))
    if stream.random() < _CANCELLED:
        _cancel_one(pages, stream)


def _cancel_one(pages: Sequence[Page], stream: random.Random) -> None:
    page = stream.choice(pages)
    pending = page.pending()
    if pending:
        page.cancel(stream.choice(pending))


def _settle(pages: Sequence[Page]) -> None:
    end = time.monotonic() + SETTLED_WITHIN
    while any(page.pending() for page in pages) and time.monotonic() < end:
        heard(_BETWEEN_LOOKS)


if __name__ == "__main__":
    sys.exit(main())
