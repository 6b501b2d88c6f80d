"""The word before the press."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dashboard.client.model import HistoryItem
from tests.dashboard.samples import DATA, past_query, shipped_report
from tests.dashboard.views.app import App, daily_rest

FINISHED = datetime.now(UTC) - timedelta(minutes=5)
ITEM = past_query(FINISHED, report_version=shipped_report("daily-summary").version, data_version=DATA.version)


def drawn(*items: HistoryItem) -> App:
    app = App(rest=daily_rest(history=items))
    app.test.session_state["page_state"].drawn = True
    return app.run()


def test_before_the_press_the_usual_time_is_said() -> None:
    usual = shipped_report("daily-summary").usual_seconds
    assert f"Usually {usual} s." in App().text


def test_an_answer_from_earlier_is_offered_and_opened_without_a_run() -> None:
    app = drawn(ITEM)
    assert f"You have this answer already, from {FINISHED:%H:%M}." in app.text
    app.press("use_kept")
    assert app.bridge.watched == [ITEM.query_id]
    app.bridge.finish(ITEM.query_id)
    app.run()
    assert "Trips 120,811" in app.text


def test_submit_runs_it_again_all_the_same() -> None:
    app = drawn(ITEM).press("submit")
    assert app.bridge.watched == []
    assert len(app.bridge.queries) == 1


def test_another_question_has_no_such_offer() -> None:
    app = drawn(replace(ITEM, parameters={"startDate": "2015-05-01", "endDate": "2015-05-31"}))
    assert "You have this answer already" not in app.text


def test_an_answer_of_this_page_is_offered_when_the_form_asks_for_it_again() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run().run()
    assert "You have this answer already" in app.text


def test_without_the_list_of_ones_queries_the_page_works() -> None:
    app = App(rest=daily_rest(history=RuntimeError("must not be asked before the page stands")))
    assert "You will ask" in app.text
