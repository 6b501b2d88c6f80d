"""A browser with a few pages: `python -m tests.soak.visitors` with an `Order` as JSON in the first line of its input.

Its visitors press now and then until they are told to rest, by a second line. Then they wait for every answer, ask once
more, read the receipts, and it ends.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Error

from tests.browser.chromium import headless_chromium
from tests.soak.clients import REST, SETTLED_WITHIN
from tests.soak.diary import Diary
from tests.soak.tab import Tab
from tests.soak.told import heard

_BETWEEN_LOOKS = 0.3
_ASKS_EVERY = 5.0


@dataclass(frozen=True, slots=True)
class Order:
    """What a browser is to do."""

    address: str
    diary: str
    tabs: int
    seed: int

    def line(self) -> str:
        """Write it down for the process."""
        return json.dumps(asdict(self))


def main() -> int:
    """Do what the first line of the input says."""
    order = Order(**json.loads(sys.stdin.readline()))
    diary = Diary(Path(order.diary))
    stream = random.Random(order.seed)
    with headless_chromium() as browser:
        context = browser.new_context()
        tabs = [
            Tab(context.new_page(), f"tab-{number}", order.address, number, diary)
            for number in range(1, order.tabs + 1)
        ]
        while heard(_BETWEEN_LOOKS) != REST:
            for tab in tabs:
                tab.look()
                if tab.pending is None and (tab.is_new or stream.random() < _BETWEEN_LOOKS / _ASKS_EVERY):
                    tab.press()
        _settle(tabs)
        _ask_once_more(tabs)
        _settle(tabs)
        for tab in tabs:
            _read_receipt(tab)
    diary.close()
    return 0


def _ask_once_more(tabs: Sequence[Tab]) -> None:
    """Press on every page that waits for nothing; one that is only just coming back is tried again."""
    end = time.monotonic() + SETTLED_WITHIN
    waiting = [tab for tab in tabs if tab.pending is None]
    while waiting and time.monotonic() < end:
        waiting = [tab for tab in waiting if not tab.press()]
    for tab in waiting:
        sys.stderr.write(f"Nothing can be asked on {tab.text()}")


def _read_receipt(tab: Tab) -> None:
    try:
        tab.read_receipt()
    except Error:
        sys.stderr.write(f"No receipt is on {tab.text()}")
        raise


def _settle(tabs: Sequence[Tab]) -> None:
    end = time.monotonic() + SETTLED_WITHIN
    while any(tab.pending for tab in tabs) and time.monotonic() < end:
        heard(_BETWEEN_LOOKS)
        for tab in tabs:
            tab.look()
    for tab in tabs:
        if tab.pending:
            sys.stderr.write(f"{tab.pending} has not ended on {tab.text()}")


if __name__ == "__main__":
    sys.exit(main())
