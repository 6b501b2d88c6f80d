from __future__ import annotations

from dataclasses import dataclass, field, replace
from threading import Event

import pytest

from dashboard.client.upstream import Unreachable
from dashboard.delivery import (
    PAUSES_SECONDS,
    TRIES,
    Delivery,
    Pages,
    receive,
    receive_beside,
    receive_first,
)
from pipeline.core.errors import Refusal
from pipeline.core.result_pages import ResultPage
from tests.dashboard.fakes import FakeRest
from tests.dashboard.samples import catalogue, pages_of, small_report
from tests.waiting import wait_until

pytestmark = pytest.mark.fast

ROWS = [(f"zone {n}", n % 24, n, f"{n}.25", 1, 0) for n in range(2500)]


def rest(*problems: Exception | None) -> FakeRest:
    return FakeRest(catalogue(), {"statement": pages_of(small_report(), ROWS)}, problems=list(problems))


def fetch(source: Pages, delivery: Delivery) -> None:
    receive(source, "statement", delivery, lambda: None, pause=lambda _: None)


def received(delivery: Delivery) -> list[object]:
    return [row for page in delivery.pages for row in page.records]


@dataclass
class Gated:
    """Gives a page when the test says so. `asked` is set while somebody waits for one."""

    source: FakeRest = field(default_factory=rest)
    asked: Event = field(default_factory=Event)
    gate: Event = field(default_factory=Event)

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        self.asked.set()
        assert self.gate.wait(20)
        return self.source.page(statement_id, page)


def test_every_row_comes_once_and_in_order() -> None:
    delivery, rows = Delivery(), []  # type: tuple[Delivery, list[int]]
    receive(rest(), "statement", delivery, lambda: rows.append(delivery.rows))
    assert received(delivery) == ROWS
    assert rows == [1000, 2000], "woken for each page but the last, which ends the thread"


def test_a_page_that_fails_once_is_asked_for_again_and_said() -> None:
    source, delivery, said = rest(None, Unreachable("cut")), Delivery(), []  # type: tuple[FakeRest, Delivery, list[str | None]]
    receive(source, "statement", delivery, lambda: said.append(delivery.trouble), pause=lambda _: None)
    assert received(delivery) == ROWS
    assert said == [None, "Page 2 did not come. Asking for it again…", None]
    assert len(source.asked) == 4


def test_a_failing_page_is_said_before_the_pause_and_not_after() -> None:
    happened: list[object] = []
    delivery = Delivery()
    source = rest(None, *[Unreachable("cut")] * (TRIES - 1))
    receive(source, "statement", delivery, lambda: happened.append(delivery.trouble), pause=happened.append)
    again = "Page 2 did not come. Asking for it again…"
    first, second = PAUSES_SECONDS
    assert happened[1:5] == [again, first, again, second]


def test_the_first_page_comes_alone_and_the_others_beside() -> None:
    source, delivery, woken = Gated(), Delivery(), []  # type: tuple[Gated, Delivery, list[bool]]
    receive_first(source.source, "statement", delivery, lambda _: None)
    assert (delivery.rows, delivery.going_on) == (1000, False)

    receive_beside(source, "statement", delivery, lambda: woken.append(delivery.going_on))
    assert source.asked.wait(20)
    assert (delivery.rows, delivery.going_on, woken) == (1000, True, [])
    source.gate.set()
    wait_until(lambda: len(woken) == 2)
    assert received(delivery) == ROWS
    assert woken == [True, False], "once for the second page, and once when all is there"


def test_what_is_stopped_takes_no_page_any_more_and_goes_on_where_it_was() -> None:
    source, delivery = Gated(), Delivery()
    receive_first(source.source, "statement", delivery, lambda _: None)
    receive_beside(source, "statement", delivery, lambda: None)
    assert source.asked.wait(20)
    delivery.stop()
    source.gate.set()
    wait_until(lambda: not delivery.going_on)
    assert (delivery.rows, delivery.is_complete) == (1000, False)

    delivery.resume()
    fetch(source.source, delivery)
    assert received(delivery) == ROWS


def test_a_problem_beside_the_page_is_kept_with_what_came() -> None:
    gone = Refusal("result_expired", "Gone.")
    source, delivery = rest(None, gone), Delivery()
    receive_beside(source, "statement", delivery, lambda: None)
    wait_until(lambda: not delivery.going_on)
    assert (delivery.rows, delivery.problem) == (1000, gone)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_foresaw_is_a_problem_too_and_does_not_begin_again_by_itself() -> None:
    delivery, woken = Delivery(tuple(pages_of(small_report(), ROWS)[:1])), Event()
    receive_beside(rest(KeyError("nobody foresaw this")), "statement", delivery, woken.set).join(20)
    assert woken.is_set()
    assert isinstance(delivery.problem, Unreachable)
    assert (delivery.going_on, delivery.rows) == (False, 1000)


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
    assert (delivery.is_complete, delivery.rows) == (True, 0)
