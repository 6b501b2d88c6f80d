"""The word before the press."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dashboard.client.model import HistoryItem
from dashboard.formats import moment_text
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


def test_form_and_card_say_the_same_usual_time_that_of_ones_own_runs() -> None:
    finished = [FINISHED - timedelta(minutes=number) for number in range(3)]
    past = [
        replace(past_query(at), query_id=f"q{at.minute}", submitted_at=at - timedelta(seconds=4))
        for at in finished
    ]
    app = drawn(*past).press("submit")
    assert app.text.count("Usually 4.0 s: your last 3 like this.") == 2


def test_an_answer_from_earlier_is_offered_and_opened_without_a_run() -> None:
    app = drawn(ITEM)
    assert (
        f"You have this answer already, from {moment_text(FINISHED, datetime.now(UTC), ZoneInfo('UTC'))}; "
        in app.text
    )
    assert "Submit runs it again." in app.text
    app.press("use_kept")
    assert app.bridge.watched == [ITEM.query_id]
    app.bridge.finish(ITEM.query_id)
    app.run()
    assert "Trips 120,811" in app.text


def test_an_answer_from_earlier_is_opened_beside_the_days_that_the_form_compares_it_with() -> None:
    app = drawn(ITEM).choose("form_compare", "Previous period").press("use_kept")
    assert [query.parameters["startDate"] for query in app.bridge.queries] == ["2015-05-01", "2015-06-01"]
    assert app.bridge.watched == [ITEM.query_id]


def test_days_to_compare_with_that_are_kept_too_are_not_run_either() -> None:
    days = {"startDate": "2015-05-01", "endDate": "2015-05-31"}
    may = replace(ITEM, query_id="a3f1c9d2-1111-4222-8333-444455556666", parameters=days)
    app = drawn(ITEM, may).choose("form_compare", "Previous period").press("use_kept")
    assert app.bridge.watched == [ITEM.query_id, may.query_id]
    assert len(app.bridge.queries) == 2


def test_how_many_places_are_taken_follows_presses_and_arrivals() -> None:
    app = drawn(ITEM).press("submit")
    assert "1 of your queries is running; 4 more can." in app.text
    app.bridge.finish(app.last_query)
    app.run()
    assert "of your queries" not in app.text


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
