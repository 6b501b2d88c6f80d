from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from dashboard.cards import FETCHING, NOT_AVAILABLE
from dashboard.client.model import Link
from dashboard.client.upstream import Unreachable
from dashboard.embedded import EmbeddedState
from dashboard.session import KEY, Services
from pipeline.core.errors import Refusal
from pipeline.core.reports import Catalogue
from tests.dashboard.fakes import FakeBridge, FakeRest
from tests.dashboard.samples import catalogue, daily_rows, hourly_rows, pages_of, shipped_report, small_report
from tests.dashboard.views.app import App, daily_rest

JUNE = {"startDate": "2015-06-01", "endDate": "2015-06-30"}


def test_a_first_visit_shows_form_and_example_and_runs_nothing() -> None:
    app = App()
    assert "You will ask: Daily summary, 1–30 June 2015" in app.text
    assert "2015 at a glance" in app.text
    assert "Published totals, not your warehouse" in app.text
    assert app.bridge.queries == []
    assert app.rest.asked == ["reports"]


def test_the_form_begins_with_the_daily_summary_wherever_it_stands_in_the_list() -> None:
    others = [shipped_report(name) for name in ("about-the-data", "airports")]
    app = App(rest=FakeRest(catalogue(*others, shipped_report("daily-summary"))))
    assert "You will ask: Daily summary, 1–30 June 2015" in app.text
    app = App(rest=FakeRest(catalogue(*others)))
    assert "You will ask: About the data" in app.text


def test_the_example_is_drawn_when_the_browser_says_that_the_form_stands() -> None:
    app = App()
    assert app.charts() == []
    app.test.session_state["page_state"].drawn = True
    assert len(app.run().charts()) == 1


def test_submit_asks_what_the_form_says_and_shows_a_card_at_once() -> None:
    app = App().press("submit")
    (query,) = app.bridge.queries
    assert (query.topic_name, query.parameters) == ("daily-summary", JUNE)
    assert "Running Daily summary, 1–30 June 2015" in app.text
    assert FETCHING in app.text
    assert "2015 at a glance" not in app.text


def test_the_answer_opens_by_itself_with_figures_chart_and_table() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert "Trips 120,811" in app.text
    assert "Trips, counted a second time: 120,811. The rows add up to the same." in app.text
    assert "Left out of fares: " in app.text
    assert "30 days asked, all with data." in app.text
    assert "Source: synthetic data" in app.text
    assert "2015-06-28" in app.charts()[0]
    assert "Daily summary, 1\\u201330 June 2015. Synthetic data." in app.charts()[0]
    assert len(app.test.table[0].value) == 30
    assert FETCHING not in app.text


def test_an_answer_has_a_link_to_its_question_and_one_to_itself() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    of_question, of_answer = (code.value for code in app.test.code)
    assert app.last_query not in of_question
    assert of_answer == f"{of_question}&queryId={app.last_query}"
    assert "It works for you alone." in app.text


def test_rows_are_fetched_once_however_often_the_page_runs() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run().run()
    assert [asked for asked in app.rest.asked if asked.startswith("results")] == ["results/statement?page="]


def test_the_address_holds_question_and_answer_from_submit_on() -> None:
    app = App()
    assert dict(app.test.query_params) == {}
    app.press("submit")
    assert dict(app.test.query_params) == {"topicName": "daily-summary", **JUNE, "queryId": app.last_query}


def test_a_press_means_what_the_fields_hold_at_that_moment() -> None:
    app = App()
    app.test.segmented_control(key="form_month").set_value("Mar")
    app.test.button(key="submit").click()
    app.run()
    assert app.bridge.queries[0].parameters == {"startDate": "2015-03-01", "endDate": "2015-03-31"}


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("Quarter", ("2015-04-01", "2015-06-30")),
        ("Year", ("2015-01-01", "2015-12-31")),
        ("Custom", tuple(JUNE.values())),
    ],
)
def test_each_kind_of_period_is_asked_as_its_days(kind: str, days: tuple[str, str]) -> None:
    app = App().choose("form_period", kind).press("submit")
    assert tuple(app.bridge.queries[0].parameters.values()) == days


def test_a_half_chosen_range_switches_submit_off_and_says_why() -> None:
    app = App().choose("form_period", "Custom")
    app.test.date_input(key="form_days").set_value((app.test.date_input(key="form_days").min,))
    app.run()
    assert app.buttons["submit"].disabled
    assert "Choose the last day too." in app.text


def test_a_starter_fills_the_form_and_runs_nothing() -> None:
    app = App().press("starter_1")
    assert "You will ask: Daily summary, 19 January – 1 February 2015" in app.text
    assert app.bridge.queries == []


def test_the_form_follows_the_declaration_of_the_report() -> None:
    app = App(rest=FakeRest(catalogue(small_report()))).press("submit")
    assert app.bridge.queries[0].parameters == {
        "top": "25",
        "airport": "All",
        "share": "2.5",
        "word": "yellow",
        "night": "false",
        "day": "2015-06-05",
    }


def test_an_emptied_field_switches_submit_off_and_is_named() -> None:
    app = App(rest=FakeRest(catalogue(replace(small_report(), parameters=small_report().parameters[3:4]))))
    app.test.text_input(key="form_small_word").set_value("")
    app.run()
    assert app.buttons["submit"].disabled
    assert "Word must be a text" in app.text


def test_the_same_question_pressed_twice_runs_once() -> None:
    app = App().press("submit").press("submit")
    assert len(app.bridge.queries) == 1
    assert "This question is running already" in app.text


def test_while_one_runs_another_can_be_asked_and_the_older_answer_waits() -> None:
    app = App().press("submit")
    first = app.last_query
    app.choose("form_month", "May").press("submit")
    assert len(app.bridge.queries) == 2
    app.bridge.finish(first)
    app.run()
    assert "Ready Daily summary, 1–30 June 2015" in app.text
    assert "Trips 120,811" not in app.text
    app.press(f"open_{first}")
    assert "Trips 120,811" in app.text


def test_answers_that_wait_on_their_cards_are_counted_until_they_are_opened() -> None:
    app = App().press("submit")
    first = app.last_query
    app.choose("form_month", "May").press("submit")
    app.bridge.finish(first)
    state = app.run().test.session_state["page_state"]
    assert state.counted == 1
    app.test.button(key=f"open_{first}").click()
    app.test.run()
    assert state.counted == 0


def test_an_open_answer_stays_when_another_arrives() -> None:
    app = App().press("submit")
    first = app.last_query
    app.choose("form_month", "May").press("submit")
    second = app.last_query
    app.bridge.finish(first)
    app.run().press(f"open_{first}")
    app.bridge.finish(second)
    app.run()
    assert "Answered" in app.text
    assert f"open_{second}" in app.buttons


def test_cancel_asks_for_it_and_then_says_what_came_of_it() -> None:
    app = App().press("submit")
    query_id = app.last_query
    app.press(f"cancel_{query_id}")
    assert app.bridge.cancelled == [query_id]
    assert "Cancelling…" in app.text
    app.bridge.stop(query_id)
    app.run()
    assert "You cancelled this after" in app.text


def test_a_failure_has_a_sentence_and_an_action_and_no_engine_words_outside_the_details() -> None:
    app = App().press("submit")
    failed = app.last_query
    app.bridge.fail(failed, "sql_error", "column x does not exist")
    app.run()
    assert "The warehouse could not run this report. Nothing was changed." in app.text
    assert "column x" not in app.text
    assert "sql_error" in app.test.code[0].value
    assert "Code [sql_error](codes#sql_error)" in app.text
    assert f"again_{failed}" not in app.buttons
    app.press(f"dismiss_{failed}")
    assert "The warehouse could not run this report." not in app.text


def test_what_failed_for_the_moment_can_be_tried_again() -> None:
    app = App().press("submit")
    failed = app.last_query
    app.bridge.fail(failed, "warehouse_busy", "too many statements", retryable=True)
    app.run().press(f"again_{failed}")
    assert len(app.bridge.queries) == 2
    assert app.bridge.queries[0].parameters == JUNE


def test_a_refusal_says_why_and_offers_to_change_the_question() -> None:
    app = App().press("submit")
    app.bridge.refuse(app.last_query, "out_of_range", "The days must be in 2015.")
    app.run().press(f"change_{app.last_query}")
    assert "The days must be in 2015. Nothing was run." in app.text


def test_what_runs_after_it_was_thought_to_have_ended_has_its_card_again_and_its_end_is_told() -> None:
    app = App().press("submit")
    query_id = app.last_query
    app.bridge.refuse(query_id, "too_many_queries", "5 queries are running.", retryable=True)
    app.run().press(f"dismiss_{query_id}")
    assert "5 queries are running." not in app.text
    app.bridge.change(query_id, phase="running", outcome=None, ended_at=None)
    app.run()
    assert "Running" in app.text
    app.bridge.finish(query_id)
    app.run()
    assert f"open_{query_id}" in app.buttons
    state = app.test.session_state["page_state"]
    assert state.announcement == "Daily summary, 1–30 June 2015: the answer is ready."


def test_an_empty_answer_says_so_draws_nothing_and_has_its_receipt() -> None:
    app = App(rest=daily_rest(pages={"statement": pages_of(shipped_report("daily-summary"), [])})).press(
        "submit"
    )
    app.bridge.finish(app.last_query, rows=0)
    app.run()
    assert "No trips match 1–30 June 2015. Choose more days" in app.text
    assert app.charts() == []
    assert "Receipt: what this answer came from" in [fold.label for fold in app.test.expander]


def test_many_pages_all_arrive_and_a_long_answer_scrolls_in_its_own_table() -> None:
    report = replace(small_report(), parameters=())
    rows = [(f"zone {n}", n % 24, n, None if n % 7 == 0 else f"{n}.1234567", 1, 0) for n in range(2500)]
    app = App(
        rest=FakeRest(
            catalogue(report), {"statement": pages_of(report, rows)}, problems=[None, Unreachable("cut")]
        )
    )
    app.press("submit")
    app.bridge.finish(app.last_query, rows=2500)
    app.run().run_when_whole()
    frame = app.test.dataframe[0].value
    assert list(frame["Zone"]) == [row[0] for row in rows]
    assert str(frame["Fares ($)"].iloc[1]) == "1.1234567"
    assert frame["Fares ($)"].isna().sum() == 358
    assert len([asked for asked in app.rest.asked if asked.startswith("results")]) == 4


def test_an_answer_that_cannot_be_fetched_says_so_and_can_be_fetched_again() -> None:
    app = App(rest=daily_rest(problems=[Unreachable("The pipeline does not answer.")] * 3)).press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert "could not be brought here. The pipeline does not answer." in app.text
    app.press("fetch_again")
    assert "Trips 120,811" in app.text


def test_an_answer_of_an_older_version_is_drawn_with_its_own_declaration() -> None:
    old = replace(shipped_report("daily-summary"), version="old", notes=("An older note.",))
    rest = daily_rest(pages={"statement": pages_of(old, daily_rows())}, versions={"old": old})
    app = App(rest=rest).press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert "An older note." in app.text
    assert "The report has changed since" in app.text


def test_a_link_fills_the_form_and_runs_nothing() -> None:
    app = App(address={"topicName": "daily-summary", "startDate": "2015-05-01", "endDate": "2015-05-31"})
    assert "You will ask: Daily summary, 1–31 May 2015" in app.text
    assert app.bridge.queries == []


def test_a_link_with_ones_own_answer_opens_it_without_a_run() -> None:
    query_id = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
    app = App(address={"topicName": "daily-summary", **JUNE, "queryId": query_id})
    assert app.bridge.watched == [query_id]
    app.bridge.finish(query_id)
    app.run()
    assert "Trips 120,811" in app.text
    assert app.bridge.watched == [query_id]


def test_a_link_to_somebody_elses_answer_says_that_it_is_not_available() -> None:
    query_id = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
    app = App(address={"topicName": "daily-summary", **JUNE, "queryId": query_id})
    app.bridge.change(query_id, accepted_at=None)  # nobody ever told this page that it was accepted
    app.bridge.forget(query_id)
    app.run()
    assert NOT_AVAILABLE in app.text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"topicName": "gone"}, "report gone, which does not exist"),
        ({"topicName": "daily-summary", "startDate": "2014-06-01"}, "first day, 2014-06-01, cannot be used"),
        ({"topicName": "daily-summary", "endDate": "yesterday"}, "last day, yesterday, cannot be used"),
        ({"topicName": "daily-summary", "endDate": ""}, "last day is empty"),
        (
            {"topicName": "daily-summary", "startDate": ["2015-05-01", "2015-06-01"]},
            "startDate more than once",
        ),
        ({"startDate": "2015-05-01"}, "The link names no report"),
    ],
)
def test_what_a_link_gets_wrong_is_named_and_the_form_still_works(
    address: dict[str, str | list[str]], words: str
) -> None:
    app = App(address=address)
    assert words in app.text
    app.press("submit")
    assert app.bridge.queries[0].parameters == JUNE


def test_offline_switches_submit_off_and_keeps_what_is_on_the_page() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    app.bridge.show_link("offline")
    app.run()
    assert "Offline since" in app.text
    assert "Your running queries go on; their answers wait for you." in app.text
    assert app.buttons["submit"].disabled
    assert "when the connection is back" in app.text
    assert "Trips 120,811" in app.text
    app.press("reconnect")
    assert app.bridge.reconnects == 1


def test_while_reconnecting_a_question_may_be_asked_already() -> None:
    app = App()
    app.bridge.show_link("reconnecting")
    app.run()
    assert "Reconnecting" in app.text
    assert not app.buttons["submit"].disabled


def test_a_link_that_came_back_says_so_for_a_minute() -> None:
    app = App()
    now = datetime.now(UTC)
    app.bridge.link = Link("live", now - timedelta(seconds=50), came_back=True)
    assert "Live again since" in app.run().text
    app.bridge.link = Link("live", now - timedelta(seconds=61), came_back=True)
    assert "again" not in app.run().text


def test_while_the_pipeline_starts_the_page_says_how_far_it_has_come_and_offers_nothing_to_press() -> None:
    bridge = FakeBridge()
    bridge.show_link("connecting", "Data: trips up to 2 September, 69%, about 18 s left.")
    app = App(bridge=bridge)
    assert "Connecting" in app.text
    assert "Data: trips up to 2 September, 69%, about 18 s left." in app.text
    assert "reconnect" not in app.buttons


def test_signed_out_says_what_to_do() -> None:
    bridge = FakeBridge()
    bridge.show_link("signed_out", "Your sign-in is no longer accepted. Sign in again.")
    app = App(bridge=bridge)
    assert "Signed out" in app.text
    assert "Your sign-in is no longer accepted." in app.text
    assert app.buttons["submit"].disabled
    assert "reconnect" in app.buttons
    assert "sign_in" not in app.buttons


def test_signed_out_where_a_sign_in_is_configured_offers_it_and_no_other_try() -> None:
    bridge = FakeBridge()
    bridge.show_link("signed_out", "Sign in to see and run reports.")
    app = App(bridge=bridge, user={"is_logged_in": False})
    assert app.buttons["sign_in"].label == "Sign in"
    assert "reconnect" not in app.buttons


def test_a_sign_in_is_offered_only_to_those_who_are_signed_out() -> None:
    app = App(user={"is_logged_in": True})
    assert "sign_in" not in app.buttons


def test_without_a_catalogue_the_page_says_why_and_looks_again_when_asked() -> None:
    app = App(rest=daily_rest(served=Unreachable("The local pipeline is starting.")))
    assert "The local pipeline is starting." in app.text
    assert "The form comes by itself as soon as the list of reports is here." in app.text
    assert "No reports found" not in app.text
    app.rest.served = catalogue()
    app.press("look_again")
    assert "You will ask" in app.text


class OnceAway(FakeRest):
    """Its first request comes too early; the page is told of the connection before it asks again."""

    def catalogue(self) -> Catalogue:
        try:
            return super().catalogue()
        finally:
            self.served = catalogue()


def test_the_form_comes_by_itself_when_the_connection_is_live() -> None:
    app = App(rest=OnceAway(Refusal("warehouse_busy", "Not yet.")))
    assert "submit" in app.buttons


def test_reports_are_offered_by_their_titles() -> None:
    named = [
        replace(small_report(), topic_name=topic, title=title)
        for topic, title in (("a", "Zones"), ("b", "areas"))
    ]
    app = App(rest=daily_rest(served=catalogue(*named)))
    assert app.test.selectbox(key="form_report").options == ["areas", "Zones"]
    assert [heading.value for heading in app.go("catalogue").test.subheader] == ["areas", "Zones"]


def test_a_report_that_was_added_can_be_chosen_and_one_that_went_is_not_kept() -> None:
    app = App()
    app.rest.served = catalogue(small_report())
    app.test.session_state["page_state"].catalogue_read_at = -10.0
    app.run()
    assert app.test.selectbox(key="form_report").options == ["Small report"]
    assert "You will ask: Small report" in app.text


def test_a_new_report_stands_last_so_that_none_moves_in_a_list_that_is_open() -> None:
    app = App()
    before = app.test.selectbox(key="form_report").options
    first = replace(small_report(), topic_name="airports", title="Airports")
    app.rest.served = catalogue(first, *catalogue().reports)
    app.test.session_state["page_state"].catalogue_read_at = -10.0
    app.run()
    assert app.test.selectbox(key="form_report").options == [*before, "Airports"]


def test_no_report_at_all_is_said() -> None:
    app = App(rest=FakeRest(replace(catalogue(), reports=())))
    assert "No reports found. The Status page says why." in app.text


@pytest.mark.parametrize("synthetic", [True, False])
def test_the_synthetic_note_follows_the_data(synthetic: bool) -> None:
    app = App(rest=daily_rest(served=catalogue(synthetic=synthetic)))
    assert ("Do not quote these figures." in app.text) is synthetic


def test_a_chart_that_cannot_be_drawn_leaves_its_answer_in_the_table() -> None:
    report = shipped_report("daily-summary")
    mapped = replace(report, charts=(replace(report.charts[0], y=("rides",)),))
    app = App(rest=daily_rest(served=catalogue(mapped))).press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert "The answer has no column rides, which its chart needs: the table has everything." in app.text
    assert len(app.test.table[0].value) == 30


def test_what_a_chart_leaves_out_is_said_below_it() -> None:
    report = shipped_report("daily-summary")
    ranked = replace(report, charts=(replace(report.charts[0], kind="ranked"),))
    app = App(rest=daily_rest(served=catalogue(ranked))).press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert len(app.charts()) == 1
    assert "The 15 largest of 30 are drawn; the table has all." in app.text


def test_a_bridge_that_knows_nothing_is_told_what_the_page_waits_for() -> None:
    app = App().press("submit")
    query_id = app.last_query
    app.bridge.queries.clear()
    app.run()
    assert app.bridge.watched == [query_id]


def few_days() -> App:
    """A form whose report answers for a week at most."""
    app = App(rest=daily_rest(served=catalogue(shipped_report("daily-summary"), shipped_report("trip-list"))))
    app.test.selectbox(key="form_report").set_value("trip-list")
    return app.run()


def test_a_report_of_few_days_asks_for_days_alone_and_begins_with_its_own() -> None:
    app = few_days()

    assert app.test.date_input(key="form_few_days").label == "First and last day, at most 7 days"
    assert app.test.date_input(key="form_few_days").value == (date(2015, 6, 1), date(2015, 6, 7))
    assert not app.test.segmented_control
    assert not app.test.button(key="submit").disabled


def test_the_days_that_may_be_chosen_are_named_at_the_field_beforehand() -> None:
    assert "Days to choose from: 1 January – 31 December 2015" in few_days().text


def test_the_numbers_that_may_be_written_are_named_at_the_field_beforehand_and_what_an_empty_one_asks() -> (
    None
):
    app = App(rest=daily_rest(served=catalogue(shipped_report("unusual-days"))))

    assert app.test.number_input[0].placeholder == "15"
    assert "Numbers from 10 to 50; 15 where this is empty" in app.text
    app.test.number_input[0].set_value(None)
    assert "Stands out from (%): 15" in app.run().text


def test_a_number_that_is_refused_is_told_at_the_field_and_asks_nothing() -> None:
    app = App(rest=daily_rest(served=catalogue(shipped_report("unusual-days"))))
    app.test.number_input[0].set_value(9999)
    text = app.run().text

    assert text.count("Stands out from (%) must be between 10 and 50.") == 2
    assert "You will ask" not in text
    assert app.test.button(key="submit").disabled
    app.test.number_input[0].set_value(20)
    assert "Stands out from (%): 20" in app.run().text
    assert not app.test.button(key="submit").disabled


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (2.5, "Count must be a whole number such as 25."),
        (float(2**53), "Count must be between -9007199254740991 and 9007199254740991."),
        (-1e300, "Count must be between -9007199254740991 and 9007199254740991."),
        (float(2**53 - 1), "Count: 9007199254740991"),
    ],
)
def test_a_whole_number_is_asked_as_it_was_written_or_refused(written: float, said: str) -> None:
    report = shipped_report("unusual-days")
    count = replace(report.parameters[-1], label="Count", minimum=None, maximum=None)
    report = replace(report, parameters=(*report.parameters[:-1], count))
    app = App(rest=daily_rest(served=catalogue(report)))
    app.test.number_input[0].set_value(written)

    assert said in app.run().text


def test_more_days_than_a_report_takes_are_told_before_submit() -> None:
    app = few_days()
    app.test.date_input(key="form_few_days").set_value((date(2015, 6, 1), date(2015, 6, 8)))
    app.run()

    assert "Choose at most 7 days: these are 8." in app.text
    assert app.test.button(key="submit").disabled


def test_days_of_a_report_of_few_days_are_kept_apart_from_those_of_the_others() -> None:
    app = few_days()
    app.test.date_input(key="form_few_days").set_value((date(2015, 2, 3), date(2015, 2, 4)))
    app.run()
    app.test.selectbox(key="form_report").set_value("daily-summary")
    app.run()

    assert "Daily summary, 1–30 June 2015" in app.text


def test_a_link_fills_the_days_of_a_report_of_few_days() -> None:
    link = {"topicName": "trip-list", "startDate": "2015-02-03", "endDate": "2015-02-04", "zone": "132"}
    rest = daily_rest(served=catalogue(shipped_report("daily-summary"), shipped_report("trip-list")))
    app = App(rest=rest, address=link)

    assert app.test.date_input(key="form_few_days").value == (date(2015, 2, 3), date(2015, 2, 4))


def box_from(app: App) -> Any:
    return next(box for box in app.test.selectbox if box.label == "From")


def live_data(app: App) -> list[Any]:
    """What the region that is read aloud was given."""
    given = [
        json.loads(part.proto.json) for part in app.test.get("bidi_component") if "live" in part.proto.id
    ]
    return [data for data in given if "led" in data]


def test_the_box_says_a_row_that_was_chosen_in_the_answer_in_view_and_in_no_other() -> None:
    may = pages_of(shipped_report("daily-summary"), daily_rows(date(2015, 5, 1), days=31))
    june = pages_of(shipped_report("daily-summary"), daily_rows())
    app = App(rest=daily_rest(pages={"june": june, "may": may})).press("submit")
    first = app.last_query
    app.bridge.finish(first, statement_id="june")
    box_from(app.run()).select_index(4)
    app.run().choose("form_month", "May").press("submit")
    app.bridge.finish(app.last_query, statement_id="may")
    assert box_from(app.run()).value == "Fri 1 May 2015"
    app.choose("form_month", "July").press("submit")
    app.bridge.finish(app.last_query, statement_id="june")  # rows of the same names
    box_from(app.run()).select_index(7)
    app.run().press(f"open_{first}")
    assert box_from(app).value == "Fri 5 Jun 2015"


def test_marks_of_a_chart_can_be_pressed_where_they_lead_on_and_nowhere_else() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert [list(chart.proto.selection_mode) for chart in app.test.get("plotly_chart")] == [[0]]
    pages = {"statement": pages_of(shipped_report("demand-hour-weekday"), hourly_rows())}
    app = App(rest=daily_rest(pages=pages), address={"topicName": "demand-hour-weekday", **JUNE}).press(
        "submit"
    )
    app.bridge.finish(app.last_query)
    app.run()
    assert [list(chart.proto.selection_mode) for chart in app.test.get("plotly_chart")] == [[]]


def test_a_row_leads_to_the_next_question_with_the_form_filled_in_and_nothing_run() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    day = box_from(app)
    assert day.options[4] == "Fri 5 Jun 2015"
    day.select_index(4)
    app.run()
    app.press("deeper_fill")
    assert "You will ask: Demand by hour and weekday, 5 June 2015, Picked up in: All boroughs" in app.text
    state, asked = app.test.session_state["page_state"], "Demand by hour and weekday: 5 June 2015"
    assert state.announcement == f"The form asks: {asked}, Picked up in: All boroughs. Nothing has run."
    assert [told["led"] for told in live_data(app)] == [1], "the browser leads to the form"
    assert len(app.bridge.queries) == 1
    assert "Trips 120,811" in app.text


def test_the_names_of_events_can_be_switched_off() -> None:
    app = App().press("submit")
    app.bridge.finish(app.last_query)
    app.run()
    assert "Pride March" in app.charts()[0]
    app.test.toggle(key="events_0").set_value(False)
    app.run()
    assert "Pride March" not in app.charts()[0]
    assert "Pride March, Sun 28 Jun 2015: " in app.text


class ChangingRest(FakeRest):
    """Serves a new title from the second reading on; the pipeline tells of the change after the first one."""

    app: App | None = None

    def catalogue(self) -> Catalogue:
        read = super().catalogue()
        if self.app is None or self.asked.count("reports") > 1:
            return replace(read, reports=tuple(replace(one, question="A new one?") for one in read.reports))
        told = EmbeddedState("ready", None, reports_changed=1)
        self.app.test.session_state[KEY] = Services(self.app.bridge, self, told)  # type: ignore[arg-type]  # fakes
        return read


@pytest.mark.parametrize("page", ["explore", "catalogue", "queries"])
def test_a_report_that_changes_shows_on_the_open_page(page: str) -> None:
    app = App()
    rest = ChangingRest(catalogue())
    rest.app = app
    app.test.session_state[KEY] = Services(app.bridge, rest, EmbeddedState("ready", None))  # type: ignore[arg-type]  # fakes
    app.test.session_state["page_state"].catalogue_read_at = 0.0
    app.go(page)
    assert rest.asked == ["reports", "reports"]
    assert page == "queries" or "A new one?" in app.text
