from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dashboard.client.upstream import Unreachable
from dashboard.delivery import PAUSES_SECONDS, TRIES, Delivery, Pages, receive
from pipeline.core.errors import Refusal
from tests.dashboard.fakes import FakeRest
from tests.dashboard.samples import catalogue, pages_of, small_report

pytestmark = pytest.mark.fast

ROWS = [(f"zone {n}", n % 24, n, f"{n}.25", 1, 0) for n in range(2500)]


def rest(*problems: Exception | None) -> FakeRest:
    return FakeRest(catalogue(), {"statement": pages_of(small_report(), ROWS)}, problems=list(problems))


def fetch(source: Pages, delivery: Delivery, say: Callable[[str], None] = lambda _: None) -> None:
    receive(source, "statement", delivery, say, pause=lambda _: None)


def received(delivery: Delivery) -> list[object]:
    return [row for page in delivery.pages for row in page.records]


def test_every_row_comes_once_and_in_order() -> None:
    delivery, said = Delivery(), []  # type: tuple[Delivery, list[str]]
    fetch(rest(), delivery, said.append)
    assert received(delivery) == ROWS
    assert said == ["Receiving page 2 of 3", "Receiving page 3 of 3"]


def test_a_page_that_fails_once_is_asked_for_again_and_said() -> None:
    source, delivery, said = rest(None, Unreachable("cut")), Delivery(), []  # type: tuple[FakeRest, Delivery, list[str]]
    fetch(source, delivery, said.append)
    assert received(delivery) == ROWS
    assert "Page 2 did not come. Asking for it again…" in said
    assert len(source.asked) == 4


def test_a_failing_page_is_said_before_the_pause_and_not_after() -> None:
    happened: list[object] = []
    source = rest(None, *[Unreachable("cut")] * (TRIES - 1))
    receive(source, "statement", Delivery(), happened.append, pause=happened.append)
    again = "Page 2 did not come. Asking for it again…"
    first, second = PAUSES_SECONDS
    assert happened[:5] == ["Receiving page 2 of 3", again, first, again, second]


def test_pages_that_lead_back_to_one_that_came_end_with_a_sentence() -> None:
    first, second, _ = pages_of(small_report(), ROWS)
    source = FakeRest(catalogue(), {"statement": [first, replace(second, next_page="1")]})
    delivery = Delivery()
    with pytest.raises(Unreachable, match="pages repeat"):
        fetch(source, delivery)
    assert received(delivery) == ROWS[:1000]
    assert len(source.asked) == 2


def test_rows_that_are_missing_without_a_word_are_noticed_and_fetched_anew() -> None:
    first, second, third = pages_of(small_report(), ROWS)
    damaged = replace(second, records=second.records[:-1])
    delivery = Delivery()
    with pytest.raises(Unreachable, match="Of 2,500 rows 2,499 came"):
        fetch(FakeRest(catalogue(), {"statement": [first, damaged, third]}), delivery)
    fetch(rest(), delivery)
    assert received(delivery) == ROWS


def test_a_page_that_never_comes_keeps_those_that_came() -> None:
    delivery = Delivery()
    with pytest.raises(Unreachable):
        fetch(rest(None, *[Unreachable("cut")] * TRIES), delivery)
    assert len(delivery.pages) == 1
    source = rest()
    fetch(source, delivery)
    assert received(delivery) == ROWS
    assert source.asked == ["results/statement?page=1", "results/statement?page=2"]


def test_a_refusal_is_not_repeated_unless_it_may_pass() -> None:
    final = rest(Refusal("result_expired", "Gone."))
    with pytest.raises(Refusal):
        fetch(final, Delivery())
    assert len(final.asked) == 1
    passing, delivery = rest(Refusal("warehouse_busy", "Busy.")), Delivery()
    fetch(passing, delivery)
    assert delivery.is_complete


def test_an_empty_answer_is_one_page() -> None:
    delivery = Delivery()
    source = FakeRest(catalogue(), {"statement": pages_of(small_report(), [])})
    fetch(source, delivery)
    assert (delivery.is_complete, delivery.expected) == (True, 1)


def test_how_many_pages_will_come_is_not_known_before_the_first() -> None:
    assert Delivery().expected is None
