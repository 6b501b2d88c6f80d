from __future__ import annotations

import pytest

from dashboard.client.upstream import Unreachable
from dashboard.receipts import TRIES, Receipt, receive
from pipeline.core.errors import Refusal
from tests.dashboard.fakes import FakeRest
from tests.dashboard.samples import catalogue, pages_of, small_report

pytestmark = pytest.mark.fast

ROWS = [(f"zone {n}", n % 24, n, f"{n}.25", 1, 0) for n in range(2500)]


def rest(*problems: Exception | None) -> FakeRest:
    return FakeRest(catalogue(), {"statement": pages_of(small_report(), ROWS)}, problems=list(problems))


def received(receipt: Receipt) -> list[object]:
    return [row for page in receipt.pages for row in page.records]


def test_every_row_comes_once_and_in_order() -> None:
    receipt, said = Receipt(), []  # type: tuple[Receipt, list[str]]
    receive(rest(), "statement", receipt, said.append)
    assert received(receipt) == ROWS
    assert said == ["Receiving page 2 of 3", "Receiving page 3 of 3"]


def test_a_page_that_fails_once_is_asked_for_again_and_said() -> None:
    source, receipt, said = rest(None, Unreachable("cut")), Receipt(), []  # type: tuple[FakeRest, Receipt, list[str]]
    receive(source, "statement", receipt, said.append)
    assert received(receipt) == ROWS
    assert "Page 2 did not come. Asking for it again…" in said
    assert len(source.asked) == 4


def test_a_page_that_never_comes_keeps_those_that_came() -> None:
    receipt = Receipt()
    with pytest.raises(Unreachable):
        receive(rest(None, *[Unreachable("cut")] * TRIES), "statement", receipt, lambda _: None)
    assert len(receipt.pages) == 1
    source = rest()
    receive(source, "statement", receipt, lambda _: None)
    assert received(receipt) == ROWS
    assert source.asked == ["results/statement?page=1", "results/statement?page=2"]


def test_a_refusal_is_not_repeated_unless_it_may_pass() -> None:
    final = rest(Refusal("result_expired", "Gone."))
    with pytest.raises(Refusal):
        receive(final, "statement", Receipt(), lambda _: None)
    assert len(final.asked) == 1
    passing, receipt = rest(Refusal("warehouse_busy", "Busy.")), Receipt()
    receive(passing, "statement", receipt, lambda _: None)
    assert receipt.is_complete


def test_an_empty_answer_is_one_page() -> None:
    receipt = Receipt()
    source = FakeRest(catalogue(), {"statement": pages_of(small_report(), [])})
    receive(source, "statement", receipt, lambda _: None)
    assert (receipt.is_complete, receipt.expected) == (True, 1)


def test_how_many_pages_will_come_is_not_known_before_the_first() -> None:
    assert Receipt().expected is None
