"""Receiving an answer page by page: what has arrived is kept, so that an interruption costs nothing.

The first page is fetched by whoever wants to draw it, the others in a thread beside the page, which goes on
serving its clicks.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dashboard.client.upstream import Unreachable
from pipeline.core.errors import Refusal
from pipeline.core.result_pages import ResultPage

PAUSES_SECONDS = (0.5, 1.0)
"""How long a page that did not come is left alone before it is asked for again."""
TRIES = len(PAUSES_SECONDS) + 1
_INCOMPLETE = "Of {total:,} rows {came:,} came: the answer is not whole. Fetch it again."
_UNFORESEEN = "Something went wrong while its rows were fetched; the dashboard's log says what."
_IN_CIRCLES = "The answer does not end: its pages repeat. Run the question again, and tell the data team."


class Pages(Protocol):
    """Where pages come from: the REST client."""

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        """Give one page, asked for once; `page` None is the first."""
        ...


@dataclass(slots=True)
class Delivery:
    """What has arrived of one answer so far.

    `going_on`: a thread fetches the next pages. `stopped`: the user wants no more. `trouble` is what is to be said
    of a page that is asked for again, `problem` why the rest did not come.
    """

    pages: tuple[ResultPage, ...] = ()
    going_on: bool = False
    stopped: bool = False
    trouble: str | None = None
    problem: Unreachable | Refusal | None = None

    @property
    def is_complete(self) -> bool:
        """Say whether the last page is there."""
        pages = self.pages
        return bool(pages) and pages[-1].next_page is None

    @property
    def rows(self) -> int:
        """Count the rows that are here."""
        return sum(len(page.records) for page in self.pages)

    def stop(self) -> None:
        """Fetch no more; what is here stays, and a page that is under way is not taken any more."""
        self.stopped = True

    def resume(self) -> None:
        """Forget that it was stopped, or that something was in the way."""
        self.stopped, self.problem = False, None


def receive_first(source: Pages, statement_id: str, delivery: Delivery, say: Callable[[str], None]) -> None:
    """Fetch the first page; `say` is told when it is asked for again.

    Raises:
        Refusal: the pipeline will not give it.
        Unreachable: it did not come, not even when asked for again, or it is the only one and rows are missing.
    """
    _add(delivery, _next_page(source, statement_id, delivery, say, time.sleep))


def receive_beside(
    source: Pages, statement_id: str, delivery: Delivery, wake: Callable[[], None]
) -> threading.Thread:
    """Fetch the pages that are missing in a thread; `wake` is called when there is something new to be drawn."""
    delivery.going_on = True
    thread = threading.Thread(
        target=_go_on, args=(source, statement_id, delivery, wake), name="result-pages", daemon=True
    )
    thread.start()
    return thread


def _go_on(source: Pages, statement_id: str, delivery: Delivery, wake: Callable[[], None]) -> None:
    # Of an error that nobody foresaw the thread's end tells the log; the page shall not begin again without end.
    problem: Unreachable | Refusal | None = Unreachable(_UNFORESEEN)
    try:
        receive(source, statement_id, delivery, wake)
        problem = None
    except (Unreachable, Refusal) as known:
        problem = known
    finally:
        delivery.problem, delivery.going_on = problem, False
        wake()


def receive(
    source: Pages,
    statement_id: str,
    delivery: Delivery,
    wake: Callable[[], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch the pages that are missing until they are all here, or the delivery is stopped.

    Raises:
        Refusal: the pipeline will not give one; pages that came are kept.
        Unreachable: a page did not come, not even when asked for again, or the pages lead back to one that came,
            or all came and rows are missing: then they are fetched anew the next time.
    """

    def say(words: str) -> None:
        delivery.trouble = words
        wake()

    while not delivery.is_complete and not delivery.stopped:
        page = _next_page(source, statement_id, delivery, say, pause)
        delivery.trouble = None
        if not delivery.stopped:
            _add(delivery, page)
        if not delivery.is_complete:
            wake()


def _add(delivery: Delivery, page: ResultPage) -> None:
    if page.next_page is not None and page.next_page in {came.next_page for came in delivery.pages}:
        raise Unreachable(_IN_CIRCLES)
    pages = (*delivery.pages, page)
    if page.next_page is None:
        _check_whole(delivery, pages)
    delivery.pages = pages


def _check_whole(delivery: Delivery, pages: tuple[ResultPage, ...]) -> None:
    came, total = sum(len(page.records) for page in pages), pages[0].total_rows
    if came != total:
        delivery.pages = ()
        raise Unreachable(_INCOMPLETE.format(total=total, came=came))


def _next_page(
    source: Pages,
    statement_id: str,
    delivery: Delivery,
    say: Callable[[str], None],
    pause: Callable[[float], None],
) -> ResultPage:
    token = delivery.pages[-1].next_page if delivery.pages else None
    for seconds in PAUSES_SECONDS:
        try:
            return source.page(statement_id, token)
        except (Unreachable, Refusal) as problem:
            if not _is_worth_repeating(problem):
                raise
            say(f"Page {len(delivery.pages) + 1} did not come. Asking for it again…")
            pause(seconds)
    return source.page(statement_id, token)


def _is_worth_repeating(problem: Unreachable | Refusal) -> bool:
    return isinstance(problem, Unreachable) or problem.retryable
