"""A page of the dashboard in a real browser: somebody asks on it, waits, and loads it anew when nothing comes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Error, Page

from dashboard.links import write_link
from dashboard.questions import Question
from tests.simulation.facts import Fact, Pressed, Read, Showed, Struck
from tests.simulation.messages import TOPIC
from tests.soak.dashboard import OWNER
from tests.soak.diary import Diary

UNLEARNED = "a press whose query was not learned"
# A card's word, and the phase that it stands for. Others say that it is not over.
ENDS: Mapping[str, str] = {
    "Ready": "finished",
    "Expired": "finished",
    "Failed": "failed",
    "Cancelled": "cancelled",
    "Not accepted": "refused",
    "Forgotten": "unknown",
    "Not available": "unknown",
}
_MOST_TOLD = 2000
# Longer than an answer takes, so that loading the page anew is what somebody does who has lost hope.
_HOPES_SECONDS = 30
_PATIENCE_MS = _HOPES_SECONDS * 1000
_LOOK = """() => {
    const queryId = new URLSearchParams(location.search).get("queryId") || "";
    const app = document.querySelector(".stApp");
    const card = queryId ? document.querySelector(`.st-key-card_${queryId}, .st-key-marked_${queryId}`) : null;
    const word = card ? card.querySelector("strong") : null;
    const captions = [...document.querySelectorAll("[data-testid=stCaptionContainer]")];
    const isCalm = app !== null && app.dataset.testScriptState === "notRunning"
        && app.dataset.testConnectionState === "CONNECTED" && (card === null || word !== null);
    return {
        queryId,
        isCalm,
        word: word ? word.textContent : null,
        hasAnswer: captions.some((one) => one.innerText.trim().startsWith("Answered ")),
    };
}"""
_RECEIPT = "Receipt: what this answer came from"
_STATEMENT = "Statement: "


class Look(NamedTuple):
    """What is seen of the query in the page's address; `is_calm`: nothing of the page is being drawn."""

    query_id: str
    is_calm: bool
    word: str | None
    has_answer: bool

    @property
    def end(self) -> str | None:
        """Give the phase in which the query has ended, None where it has not, or where it cannot be told yet."""
        if not self.is_calm or not self.query_id:
            return None
        if self.word is None:
            return "finished" if self.has_answer else None
        return ENDS.get(self.word)


class Tab:
    """One page; its questions are about days that no other page asks about. `is_new`: nothing was asked yet."""

    def __init__(self, page: Page, name: str, address: str, month: int, diary: Diary) -> None:
        self.pending: str | None = None
        self.is_new = True
        self._page = page
        self._name = name
        self._diary = diary
        self._question = f"{address}/?{urlencode(question_link(month))}"
        self._hopes_until = 0.0

    def press(self) -> bool:
        """Press Submit, and learn from the address which query that is; say whether that was possible."""
        before = self._query_id()
        try:
            self._page.get_by_role("button", name="Submit").click(timeout=_PATIENCE_MS)
        except Error:
            self._load(self._question)
            return False
        try:
            self._page.wait_for_url(
                lambda address: _query_id_in(address) not in {"", before},
                timeout=_PATIENCE_MS,
                wait_until="commit",
            )
        except Error:
            self._note(Struck(time.monotonic(), UNLEARNED, self._name, (0, 0)))
            self._load(self._question)
            return False
        self.pending, self.is_new = self._query_id(), False
        self._hopes_until = time.monotonic() + _HOPES_SECONDS
        self._note(Pressed(time.monotonic(), self._name, OWNER, self.pending))
        return True

    def look(self) -> None:
        """See whether the query has ended; load the page anew where nothing has come for long."""
        seen = self._look()
        if self.pending is not None and seen.query_id == self.pending and seen.end is not None:
            self._note(Showed(time.monotonic(), self._name, OWNER, self.pending, None, seen.end))
            self.pending = None
        elif time.monotonic() > self._hopes_until:
            self._load(self._question if self.pending is None else f"{self._question}&queryId={self.pending}")

    def read_receipt(self) -> None:
        """Learn from the receipt of the answer that is shown which statement it came from."""
        self._page.get_by_text(_RECEIPT).click(timeout=_PATIENCE_MS)
        line = self._page.get_by_role("listitem").filter(has_text=_STATEMENT).inner_text(timeout=_PATIENCE_MS)
        statement_id = line.removeprefix(_STATEMENT).strip()
        self._note(Read(time.monotonic(), self._name, statement_id, (), 0))

    def text(self) -> str:
        """Give what is to be read on the page now, for somebody who wonders why it is not what it should be."""
        said = self._page.locator("body").inner_text(timeout=_PATIENCE_MS)
        return f"{self._name} at {self._page.url}: {self._look()}\n{said[:_MOST_TOLD]}\n"

    def _query_id(self) -> str:
        return _query_id_in(self._page.url)

    def _look(self) -> Look:
        try:
            seen = self._page.evaluate(_LOOK)
        except Error:  # the page is being loaded
            return Look("", is_calm=False, word=None, has_answer=False)
        return Look(seen["queryId"], seen["isCalm"], seen["word"], seen["hasAnswer"])

    def _load(self, address: str) -> None:
        self._hopes_until = time.monotonic() + _HOPES_SECONDS
        try:
            self._page.goto(address, wait_until="commit", timeout=_PATIENCE_MS)
        except Error:
            time.sleep(0.5)  # nobody is there

    def _note(self, fact: Fact) -> None:
        self._diary.note(fact)


def question_link(month: int) -> Mapping[str, str]:
    """Give the query part of the address that asks about the days of a month."""
    days = {"startDate": f"2015-{month:02}-01", "endDate": f"2015-{month:02}-28"}
    return write_link(Question(TOPIC, days))


def _query_id_in(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("queryId", [""])[0]
