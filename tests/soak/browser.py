"""The browser's process as seen from outside, and what its visitors saw as facts of pages that come and go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from math import inf
from pathlib import Path

from dashboard.client.upstream import Endpoints
from tests.simulation.facts import Executed, Fact, Left, Pressed, Read, Showed, Struck
from tests.simulation.history import View
from tests.soak.clients import SETTLED_WITHIN
from tests.soak.dashboard import OWNER, Dashboard, running_dashboard
from tests.soak.diary import read_diary
from tests.soak.tab import UNLEARNED
from tests.soak.told import Told
from tests.soak.visitors import Order
from tests.soak.watchers import Watchers
from tests.waiting import wait_until

IN_A_BROWSER = "presses in a browser"
_COMES_IN_WITHIN = 120
# It settles twice, and a page may have to be loaded anew.
_END_SECONDS = 3 * SETTLED_WITHIN + 60


class Browser(Watchers):
    """One browser with its pages, from the first word to the last."""

    def __init__(self, folder: Path, dashboard: Dashboard, tabs: int, seed: int) -> None:
        self.dashboard = dashboard
        self._diary = folder / "browser"
        order = Order(dashboard.address, str(self._diary), tabs, seed)
        self.start(Told("tests.soak.visitors", order.line(), folder / "browser.log"), _END_SECONDS)

    def has_asked(self) -> bool:
        """Say whether a page of it has pressed by now."""
        return self._diary.exists() and asked_before(inf, read_diary(self._diary)) > 0

    def entries(self) -> Iterator[Fact | View]:
        """Give what the visitors saw."""
        return told_apart(read_diary(self._diary), self.dashboard.kills)


@contextmanager
def running_browsers(folder: Path, endpoints: Endpoints, tabs: int, seed: int) -> Iterator[list[Browser]]:
    """Run a dashboard, and a browser with so many of its pages, until the block ends; without pages there is none."""
    if not tabs:
        yield []
        return
    with running_dashboard(folder, endpoints) as dashboard:
        browser = Browser(folder, dashboard, tabs, seed)
        try:
            # To come in takes it longer than a short soak lasts.
            wait_until(browser.has_asked, _COMES_IN_WITHIN)
            yield [browser]
        finally:
            browser.close()


def asked_before(second: float, entries: Iterable[Fact | View]) -> int:
    """Count the presses in a browser before a moment."""
    return sum(isinstance(entry, Pressed) and entry.owner == OWNER and entry.at < second for entry in entries)


def told_apart(entries: Iterable[Fact | View], kills: Sequence[float]) -> Iterator[Fact | View]:
    """Give each page another name after each time that the dashboard was killed; it had left before."""
    names = set[str]()
    for entry in entries:
        if isinstance(entry, Pressed | Showed | Read):
            names.add(entry.who)
            yield entry._replace(who=f"{entry.who}.{sum(kill < entry.at for kill in kills)}")
        else:
            yield entry
    for number, kill in enumerate(kills):
        yield from (Left(kill, f"{name}.{number}") for name in sorted(names))


def without_unlearned(executed: Iterable[Executed], entries: Sequence[Fact | View]) -> Iterator[Executed]:
    """Leave out what comes from presses whose query nobody could learn: no more than there were such presses."""
    pressed = {entry.query_id for entry in entries if isinstance(entry, Pressed)}
    unlearned = sum(isinstance(entry, Struck) and entry.fault == UNLEARNED for entry in entries)
    excused = set[str]()
    for one in executed:
        owner, query_id = one.key
        if owner == OWNER and query_id not in pressed and len(excused | {query_id}) <= unlearned:
            excused.add(query_id)
        else:
            yield one
