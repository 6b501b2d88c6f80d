"""An answer of many pages: drawn from the first on, stopped, gone on with; the page waits for none but the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from threading import Event

import pytest

from pipeline.core.errors import Refusal
from pipeline.core.result_pages import ResultPage
from tests.dashboard.fakes import FakeRest
from tests.dashboard.samples import catalogue, pages_of, small_report
from tests.dashboard.views.app import App
from tests.waiting import wait_until

REPORT = replace(small_report(), parameters=())
ROWS = [(f"zone {n}", n % 24, n, f"{n}.25", 3_123_750, 0) for n in range(2500)]


@dataclass
class Held(FakeRest):
    """Every page but the first ones is held back until it is let go."""

    passing: int = 1
    let_go: Event = field(default_factory=Event)

    def page(self, statement_id: str, page: str | None) -> ResultPage:
        assert int(page or 0) < self.passing or self.let_go.wait(20)
        return super().page(statement_id, page)


@pytest.fixture
def held() -> Iterator[Held]:
    rest = Held(catalogue(REPORT), {"statement": pages_of(REPORT, ROWS)})
    yield rest
    rest.let_go.set()


def answered(rest: FakeRest) -> App:
    app = App(rest=rest).press("submit")
    app.bridge.finish(app.last_query, rows=len(ROWS))
    return app.run()


def progress(app: App) -> list[str]:
    return [element.proto.text for element in app.test.get("progress")]


def test_the_first_rows_stand_with_the_progress_while_the_others_are_on_their_way(held: Held) -> None:
    app = answered(held)
    assert progress(app) == ["1,000 of 2,500 rows"]
    assert len(app.test.dataframe[0].value) == 1000
    assert "The first 1,000 of 2,500 rows." in app.text
    assert (app.charts(), len(app.test.metric)) == ([], 0), "what is computed from all rows waits for them"
    assert all(button.proto.disabled for button in app.test.get("download_button"))


def test_the_page_is_woken_and_the_whole_answer_takes_the_place(held: Held) -> None:
    app = answered(held)
    app.bridge.drain()
    held.let_go.set()
    app.run_when_whole()
    assert app.bridge.notices == 0, "the run has taken the notice that the thread gave"
    assert progress(app) == []
    assert len(app.test.dataframe[0].value) == 2500
    assert "All 2,500 rows. Trips in all: 3,123,750." in app.text
    assert len(app.charts()) == 1
    assert not any(button.proto.disabled for button in app.test.get("download_button"))


def test_a_long_table_is_made_once_however_often_the_page_runs(held: Held) -> None:
    held.let_go.set()
    app = answered(held).run_when_whole()
    state = app.test.session_state["page_state"]
    made = state.table
    assert len(made[1]) == 2500
    app.run()
    assert state.table is made


def test_what_is_stopped_stays_as_a_part_and_the_rest_can_be_fetched(held: Held) -> None:
    held.passing = 2
    app = answered(held)
    wait_until(lambda: app.bridge.notices > 0)
    assert progress(app.run()) == ["2,000 of 2,500 rows"]
    app.press("stop_arriving")
    assert "You stopped this: these are the first 2,000 of 2,500 rows." in app.text
    assert len(app.test.dataframe[0].value) == 2000
    held.let_go.set()
    app.run_when_whole()
    assert len(app.test.dataframe[0].value) == 2000, "the page that was under way comes too late"
    assert (app.charts(), progress(app)) == ([], [])
    assert not any(button.proto.disabled for button in app.test.get("download_button"))

    app.press("fetch_rest").run_when_whole()
    assert len(app.test.dataframe[0].value) == 2500
    assert "You stopped this" not in app.text


def test_a_page_that_never_comes_leaves_what_came_and_can_be_fetched_again() -> None:
    gone = [None, Refusal("result_expired", "It is kept no longer.")]  # type: list[Exception | None]
    app = answered(FakeRest(catalogue(REPORT), {"statement": pages_of(REPORT, ROWS)}, problems=gone))
    app.run_when_whole()
    assert "could not be brought here. It is kept no longer." in app.text
    assert len(app.test.dataframe[0].value) == 1000
    assert "The first 1,000 of 2,500 rows." in app.text
    app.press("fetch_again").run_when_whole()
    assert len(app.test.dataframe[0].value) == 2500


def test_rows_that_are_missing_are_said_and_all_pages_are_fetched_anew() -> None:
    first, second, third = pages_of(REPORT, ROWS)
    damaged = [first, replace(second, records=second.records[1:]), third]
    app = answered(FakeRest(catalogue(REPORT), {"statement": damaged}))
    app.run_when_whole()
    assert "Of 2,500 rows 2,499 came" in app.text
    app.rest.pages = {"statement": [first, second, third]}
    app.press("fetch_again").run_when_whole()
    assert len(app.test.dataframe[0].value) == 2500
