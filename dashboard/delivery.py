"""Receiving an answer page by page: what has arrived is kept, so that an interruption costs nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Protocol

from dashboard.client.upstream import Unreachable
from pipeline.core.errors import Refusal
from pipeline.core.result_pages import ResultPage

PAUSES_SECONDS = (0.5, 1.0)
"""How long a page that did not come is left alone before it is asked for again."""
TRIES = len(PAUSES_SECONDS) + 1
_INCOMPLETE = "Of {total:,} rows {came:,} came: the answer is not whole. Fetch it again."
_IN_CIRCLES = "The answer does not end: its pages repeat. Run the question again, and tell the data team."


class Pages(Protocol):
    """Where pages come from: the REST client."""

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        """Give one page, asked for once; `page` None is the first."""
        ...


@dataclass(slots=True)
class Delivery:
    """What has arrived of one answer so far."""

    pages: list[ResultPage] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Say whether the last page is there."""
        return bool(self.pages) and self.pages[-1].next_page is None

    @property
    def expected(self) -> int | None:
        """Estimate the number of pages; None before the first, whose length tells how long a page is."""
        if not self.pages:
            return None
        first = self.pages[0]
        return max(ceil(first.total_rows / max(len(first.records), 1)), len(self.pages))


def receive(
    source: Pages,
    statement_id: str,
    delivery: Delivery,
    say: Callable[[str], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch the pages that are missing; `say` is told which one is coming, and when one is asked for again.

    Raises:
        Refusal: the pipeline will not give it; pages that came are kept.
        Unreachable: a page did not come, not even when asked for again, or the pages lead back to one that came,
            or all came and rows are missing: then they are fetched anew the next time.
    """
    while not delivery.is_complete:
        if delivery.pages:
            say(f"Receiving page {len(delivery.pages) + 1} of {delivery.expected}")
        page = _next_page(source, statement_id, delivery, say, pause)
        if page.next_page is not None and page.next_page in {came.next_page for came in delivery.pages}:
            raise Unreachable(_IN_CIRCLES)
        delivery.pages.append(page)
    _check_whole(delivery)


def _check_whole(delivery: Delivery) -> None:
    came, total = sum(len(page.records) for page in delivery.pages), delivery.pages[0].total_rows
    if came != total:
        delivery.pages.clear()
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
