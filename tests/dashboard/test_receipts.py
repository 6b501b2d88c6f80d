from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.client.upstream import Unreachable
from dashboard.receipts import PAUSES_SECONDS, TRIES, Pages, Receipt, receive
from pipeline.core.errors import Refusal
from tests.dashboard.fakes import FakeRest
from tests.dashboard.samples import catalogue, pages_of, small_report

pytestmark = pytest.mark.fast

ROWS = [(f"zone {n}", n % 24, n, f"{n}.25", 1, 0) for n in range(2500)]


def rest(*problems: Exception | None) -> FakeRest:
    return FakeRest(catalogue(), {"statement": pages_of(small_report(), ROWS)}, problems=list(problems))


def fetch(source: Pages, receipt: Receipt, say: Callable[[str], None] = lambda _: None) -> None:
    receive(source, "statement", receipt, say, pause=lambda _: None)


def received(receipt: Receipt) -> list[object]:
    return [row for page in receipt.pages for row in page.records]


def test_every_row_comes_once_and_in_order() -> None:
    receipt, said = Receipt(), []  # type: tuple[Receipt, list[str]]
    fetch(rest(), receipt, said.append)
    assert received(receipt) == ROWS
    assert said == ["Receiving page 2 of 3", "Receiving page 3 of 3"]


def test_a_page_that_fails_once_is_asked_for_again_and_said() -> None:
    source, receipt, said = rest(None, Unreachable("cut")), Receipt(), []  # type: tuple[FakeRest, Receipt, list[str]]
    fetch(source, receipt, said.append)
    assert received(receipt) == ROWS
    assert "Page 2 did not come. Asking for it again…" in said
    assert len(source.asked) == 4


def test_a_failing_page_is_said_before_the_pause_and_not_after() -> None:
    happened: list[object] = []
    source = rest(None, *[Unreachable("cut")] * (TRIES - 1))
    receive(source, "statement", Receipt(), happened.append, pause=happened.append)
    again = "Page 2 did not come. Asking for it again…"
    first, second = PAUSES_SECONDS
    assert happened[:5] == ["Receiving page 2 of 3", again, first, again, second]


def test_pages_that_lead_back_to_one_that_came_end_with_a_sentence() -> None:
    first, second, _ = pages_of(small_report(), ROWS)
    source = FakeRest(catalogue(), {"statement": [first, replace(second, next_page="1")]})
    receipt = Receipt()
    with pytest.raises(Unreachable, match="pages repeat"):
        fetch(source, receipt)
    assert received(receipt) == ROWS[:1000]
    assert len(source.asked) == 2


def test_a_page_that_never_comes_keeps_those_that_came() -> None:
    receipt = Receipt()
    with pytest.raises(Unreachable):
        fetch(rest(None, *[Unreachable("cut")] * TRIES), receipt)
    assert len(receipt.pages) == 1
    source = rest()
    fetch(source, receipt)
    assert received(receipt) == ROWS
    assert source.asked == ["results/statement?page=1", "results/statement?page=2"]


def test_a_refusal_is_not_repeated_unless_it_may_pass() -> None:
    final = rest(Refusal("result_expired", "Gone."))
    with pytest.raises(Refusal):
        fetch(final, Receipt())
    assert len(final.asked) == 1
    passing, receipt = rest(Refusal("warehouse_busy", "Busy.")), Receipt()
    fetch(passing, receipt)
    assert receipt.is_complete


def test_an_empty_answer_is_one_page() -> None:
    receipt = Receipt()
    source = FakeRest(catalogue(), {"statement": pages_of(small_report(), [])})
    fetch(source, receipt)
    assert (receipt.is_complete, receipt.expected) == (True, 1)


def test_how_many_pages_will_come_is_not_known_before_the_first() -> None:
    assert Receipt().expected is None
