"""Comparing with other days: a second query, for which the answer itself never waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboard.client.upstream import Unreachable
from dashboard.comparing import Comparison
from dashboard.formats import plain
from dashboard.periods import Days
from pipeline.core.errors import Refusal
from pipeline.core.result_pages import Cell
from tests.dashboard.fakes import FakeBridge
from tests.dashboard.samples import catalogue, daily_rows, pages_of, past_query, shipped_report
from tests.dashboard.views.app import App, daily_rest

NOW = datetime.now(UTC)
MAY = {"startDate": "2015-05-01", "endDate": "2015-05-31"}
REPORT = shipped_report("daily-summary")
MARCH = pages_of(REPORT, daily_rows(date(2015, 3, 1), 30))
MAY_DAYS = Days(date(2015, 5, 1), date(2015, 5, 31))
ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
OTHER_ID = "7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10"


def asked(app: App | None = None) -> App:
    """Press Submit for June, compared with the month before."""
    pages = {
        "statement": pages_of(REPORT, daily_rows()),
        "may": pages_of(REPORT, daily_rows(date(2015, 5, 1), 31)),
    }
    app = app or App(rest=daily_rest(pages=pages))
    return app.choose("form_compare", "Previous period").press("submit")


def with_both(app: App) -> App:
    """Let both answers come."""
    main, other = main_and_other(app)
    app.bridge.finish(other, "may", rows=31)
    app.bridge.finish(main)
    return app.run().run()


def main_and_other(app: App) -> tuple[str, str]:
    other, main = app.bridge.queries
    return main.query_id, other.query_id


def test_nothing_is_compared_unless_it_is_chosen() -> None:
    app = App().press("submit")
    assert len(app.bridge.queries) == 1


def test_the_sentence_names_the_days_before_the_press() -> None:
    app = App().choose("form_compare", "Previous period")
    assert "You will ask: Daily summary, 1–30 June 2015, compared with 1–31 May 2015" in app.text
    assert app.bridge.queries == []


def test_before_january_there_is_nothing_and_the_question_can_be_asked_all_the_same() -> None:
    app = App().choose("form_month", "Jan").choose("form_compare", "Previous period")
    assert "Nothing to compare with: the data begins on 1 January 2015." in app.text
    app.press("submit")
    assert len(app.bridge.queries) == 1


def test_the_other_days_are_a_second_query_without_a_card() -> None:
    app = asked()
    other, main = app.bridge.queries
    assert main.parameters == {"startDate": "2015-06-01", "endDate": "2015-06-30"}
    assert other.parameters == MAY
    assert app.text.count("Running Daily summary") == 1


def test_the_card_names_the_days_compared_with_and_the_count_what_it_hides() -> None:
    app = App(rest=daily_rest(pages={}))
    app.test.session_state["page_state"].maximum_active = 5
    asked(app)
    assert "Running Daily summary, 1–30 June 2015, compared with 1–31 May 2015" in app.text
    assert "2 of your queries are running, 1 of them for a comparison; 3 more can." in app.text


def test_a_comparison_of_another_version_of_the_report_is_not_drawn() -> None:
    old = replace(REPORT, version="old")
    pages = {
        "statement": pages_of(REPORT, daily_rows()),
        "may": pages_of(old, daily_rows(date(2015, 5, 1), 31)),
    }
    app = with_both(asked(App(rest=daily_rest(pages=pages, versions={"old": old}))))
    assert "The report was changed between the two answers, so they are not compared." in app.text
    assert "balance" not in app.text


def test_a_report_without_figures_has_its_picture_compared_and_no_table() -> None:
    report = replace(REPORT, kpis=())
    pages = {
        "statement": pages_of(report, daily_rows()),
        "may": pages_of(report, daily_rows(date(2015, 5, 1), 31)),
    }
    app = with_both(asked(App(rest=daily_rest(served=catalogue(report), pages=pages))))
    assert "The report was changed" not in app.text
    assert sum("Day of the period" in chart for chart in app.charts()) == 1
    assert not any("Change" in table.value for table in app.test.table)


def test_an_answer_that_lacks_what_its_picture_needs_says_so_there() -> None:
    report = replace(REPORT, columns=tuple(column for column in REPORT.columns if column.name != "trips"))
    pages = [
        [
            replace(page, report_version=REPORT.version)
            for page in pages_of(report, without_trips(first, days))
        ]
        for first, days in ((date(2015, 6, 1), 30), (date(2015, 5, 1), 31))
    ]
    app = with_both(asked(App(rest=daily_rest(pages=dict(zip(("statement", "may"), pages, strict=True))))))
    said = "The answer has no column trips, which its chart needs: the table has everything."
    assert [info.value for info in app.test.info].count(plain(said)) == 2


def without_trips(first: date, days: int) -> list[tuple[Cell, ...]]:
    place = [column.name for column in REPORT.columns].index("trips")
    return [(*row[:place], *row[place + 1 :]) for row in daily_rows(first, days)]


@pytest.mark.parametrize("synthetic", ["statement", "may"])
def test_the_picture_says_that_data_are_synthetic_where_one_of_both_is(synthetic: str) -> None:
    pages = {"statement": daily_rows(), "may": daily_rows(date(2015, 5, 1), 31)}
    served = {
        name: [replace(page, synthetic=name == synthetic) for page in pages_of(REPORT, rows)]
        for name, rows in pages.items()
    }
    app = with_both(asked(App(rest=daily_rest(pages=served))))
    (picture,) = (chart for chart in app.charts() if "Day of the period" in chart)
    assert "Synthetic data." in picture
    assert "compared with 1\\u201331 May 2015" in picture


def test_the_answer_does_not_wait_for_the_other() -> None:
    app = asked()
    main, _ = main_and_other(app)
    app.bridge.finish(main)
    app.run()
    assert "Trips 120,811" in app.text
    assert "Comparing with 1–31 May 2015…" in app.text


def test_when_both_are_there_figures_picture_and_table_compare_them() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.bridge.finish(other, "may", rows=31)
    app.run()
    app.bridge.finish(main)
    app.run().run()
    assert (
        ":material/balance: Compared with 1–31 May 2015. 30 and 31 days: sums are compared per day."
        in app.text
    )
    assert "Comparing with" not in app.text
    deltas = {metric.label: metric.delta for metric in app.test.metric}
    assert deltas["Trips"].endswith("% per day")
    frame = next(table.value for table in app.test.table if "Change" in table.value)
    assert list(frame.columns) == ["Figure", "1–30 June 2015", "1–31 May 2015", "Change"]
    assert list(frame["Figure"]).count("Trips per day") == 1
    assert sum("Day of the period" in chart for chart in app.charts()) == 1


def test_the_comparison_is_no_arrival_of_its_own() -> None:
    app = asked()
    _, other = main_and_other(app)
    app.bridge.finish(other, "may", rows=31)
    app.run()
    state = app.test.session_state["page_state"]
    assert (state.counted, state.announcement) == (0, "")
    assert "Ready" not in app.text


def cancelled_and_compared_again() -> tuple[App, str, str, str]:
    """Cancel the other days, look at the answer, and compare again; give the ids of main, dead and new query."""
    app = asked()
    main, dead = main_and_other(app)
    app.bridge.stop(dead)
    app.bridge.finish(main)
    app.run().run()
    assert "The comparison with 1–31 May 2015 was cancelled." in app.text
    app.press("compare_again")
    return app, main, dead, app.last_query


def test_compare_again_puts_the_new_query_into_the_address() -> None:
    app, main, _, new = cancelled_and_compared_again()
    address = dict(app.test.query_params)
    assert (address["queryId"], address["compareId"]) == (main, new)


def test_a_comparison_that_was_replaced_has_no_card_and_no_arrival() -> None:
    app, _, dead, new = cancelled_and_compared_again()
    app.bridge.finish(new, "may", rows=31)
    app.run().run()
    assert "Cancelled" not in app.text
    assert f"again_{dead}" not in app.buttons
    assert app.test.session_state["page_state"].counted == 0


def test_back_does_not_bring_back_a_comparison_that_was_replaced() -> None:
    app, _, dead, new = cancelled_and_compared_again()
    app.bridge.finish(new, "may", rows=31)
    app.run().run()
    app.test.query_params["compareId"] = dead
    app.run().run()
    assert "was cancelled" not in app.text
    assert "Compared with 1–31 May 2015" in app.text
    assert app.test.session_state["page_state"].counted == 0


def test_a_comparison_that_failed_says_so_and_can_be_asked_again() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.bridge.fail(other, "warehouse_busy", "Busy.", retryable=True)
    app.bridge.finish(main)
    app.run()
    assert "Trips 120,811" in app.text
    assert "The comparison with 1–31 May 2015 failed." in app.text
    app.press("compare_again")
    assert app.bridge.queries[0].parameters == MAY
    assert len(app.bridge.queries) == 3


def test_a_comparison_that_does_not_arrive_leaves_the_answer_in_peace() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.bridge.finish(main)
    app.run()
    app.rest.problems[:] = [Unreachable("cut")] * 3
    app.bridge.finish(other, "may", rows=31)
    app.run()
    assert "Trips 120,811" in app.text
    assert "The comparison with 1–31 May 2015 is ready, but it could not be brought here. cut" in app.text
    assert {"fetch_again", "compare_again"} <= app.buttons.keys()
    app.press("fetch_again").run()
    assert len(app.bridge.queries) == 2
    assert "Compared with 1–31 May 2015." in app.text


def test_a_comparison_of_several_pages_is_drawn_when_all_are_there() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.rest.pages = {**app.rest.pages, "may": pages_of(REPORT, daily_rows(date(2015, 5, 1), 31), size=10)}
    app.bridge.finish(main)
    app.bridge.finish(other, "may", rows=31)
    app.run().run_when_whole().run()
    assert "Compared with 1–31 May 2015" in app.text


def test_a_comparison_whose_later_pages_do_not_come_is_fetched_again_and_not_run() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.rest.pages = {**app.rest.pages, "may": pages_of(REPORT, daily_rows(date(2015, 5, 1), 31), size=10)}
    app.rest.problems[:] = [None, None, Refusal("result_expired", "Gone.")]
    app.bridge.finish(main)
    app.bridge.finish(other, "may", rows=31)
    app.run().run_when_whole()
    assert "The comparison with 1–31 May 2015 is ready, but it could not be brought here. Gone." in app.text
    assert {"fetch_again", "compare_again"} <= app.buttons.keys()
    app.press("fetch_again").run_when_whole().run()
    assert len(app.bridge.queries) == 2
    assert "Compared with 1–31 May 2015." in app.text


def test_the_address_holds_the_comparison_and_its_answer() -> None:
    app = asked()
    main, other = main_and_other(app)
    address = dict(app.test.query_params)
    assert (address["queryId"], address["compareId"]) == (main, other)
    assert address["compare"] == "2015-05-01..2015-05-31"


def test_a_reload_finds_both_and_runs_neither() -> None:
    address = {
        "topicName": "daily-summary",
        "startDate": "2015-06-01",
        "endDate": "2015-06-30",
        "compare": "2015-05-01..2015-05-31",
        "queryId": ID,
        "compareId": OTHER_ID,
    }
    bridge = FakeBridge()
    app = App(bridge=bridge, rest=asked().rest, address=address)
    assert set(bridge.watched) == {ID, OTHER_ID}
    bridge.finish(OTHER_ID, "may", rows=31)
    bridge.finish(ID)
    app.run().run()
    assert "Compared with 1–31 May 2015" in app.text


def test_a_link_without_answers_fills_the_field_and_runs_nothing() -> None:
    address = {"topicName": "daily-summary", "startDate": "2015-06-01", "endDate": "2015-06-30"}
    app = App(address=address | {"compare": "previous"})
    assert "compared with 1–31 May 2015" in app.text
    app = App(address=address | {"compare": "2015-02-01..2015-02-28"})
    assert "compared with 1–28 February 2015" in app.text
    assert app.bridge.queries == []


@pytest.mark.parametrize(
    "text", ["nonsense", "2015-05-31..2015-05-01", "2014-01-01..2014-01-31", "2015-05-01"]
)
def test_days_to_compare_with_that_cannot_be_are_named(text: str) -> None:
    address = {
        "topicName": "daily-summary",
        "startDate": "2015-06-01",
        "endDate": "2015-06-30",
        "compare": text,
    }
    app = App(address=address)
    assert "cannot be used: choose them again." in app.text
    assert "compared with" not in app.text


def test_a_report_that_lists_few_days_has_no_comparison() -> None:
    controls = {control.key for control in App().test.segmented_control}
    assert "form_compare" in controls
    app = App(rest=daily_rest(served=catalogue(shipped_report("trip-list"))))
    assert "form_compare" not in {control.key for control in app.test.segmented_control}


def test_a_query_that_was_asked_for_itself_keeps_its_card_when_another_is_compared_with_it() -> None:
    app = App().choose("form_month", "May").press("submit")
    may = app.last_query
    asked(app.choose("form_month", "Jun"))
    assert len(app.bridge.queries) == 2
    assert "Running Daily summary, 1–31 May 2015" in app.text
    app.bridge.finish(may, rows=31)
    app.run().run()
    assert "Ready Daily summary, 1–31 May 2015" in app.text


def test_a_query_that_was_compared_with_has_a_card_once_it_is_asked_for_itself() -> None:
    app = asked()
    app.choose("form_month", "May").choose("form_compare", "Nothing").press("submit")
    assert len(app.bridge.queries) == 2
    assert "This question is running already: its card is marked." in app.text
    assert "Running Daily summary, 1–31 May 2015" in app.text


def test_the_same_days_are_no_comparison() -> None:
    app = App().choose("form_compare", "Other dates")
    app.test.date_input(key="form_compare_days").set_value((date(2015, 6, 1), date(2015, 6, 30)))
    app.run()
    assert "These are the same days: choose others to compare with." in app.text
    app.press("submit")
    assert len(app.bridge.queries) == 1
    assert "Running Daily summary, 1–30 June 2015" in app.text


def test_other_days_begin_with_the_period_before() -> None:
    app = App().choose("form_compare", "Other dates")
    assert "compared with 1–31 May 2015" in app.text


def test_cancel_ends_what_was_asked_only_to_be_compared_with_it() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.press(f"cancel_{main}")
    assert app.bridge.cancelled == [main, other]


def test_cancel_leaves_a_query_that_was_asked_for_itself() -> None:
    app = App().choose("form_month", "May").press("submit")
    asked(app.choose("form_month", "Jun"))
    june = app.last_query
    app.press(f"cancel_{june}")
    assert app.bridge.cancelled == [june]


def test_cancel_leaves_what_another_question_is_compared_with_too() -> None:
    app = asked()
    main, other = main_and_other(app)
    another = app.bridge.submit("daily-summary", {"startDate": "2015-04-01", "endDate": "2015-04-30"})
    app.test.session_state["page_state"].compare(another, Comparison(MAY_DAYS, other))
    app.press(f"cancel_{main}")
    assert app.bridge.cancelled == [main]


def test_run_again_and_try_again_keep_the_comparison() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.bridge.finish(other, "may", rows=31)
    app.bridge.finish(main)
    app.run().run()
    app.press("run_again")
    again_other, again = app.bridge.queries[:2]
    assert again_other.parameters == MAY
    app.bridge.fail(again.query_id, "warehouse_busy", "Busy.", retryable=True)
    app.run().press(f"again_{again.query_id}")
    state = app.test.session_state["page_state"]
    assert state.compared_days(app.last_query) == MAY_DAYS


def test_an_answer_that_cannot_be_fetched_is_run_again_with_its_comparison() -> None:
    app = asked()
    main, other = main_and_other(app)
    app.bridge.finish(other, "may", rows=31)
    app.rest.problems[:] = [Refusal("result_expired", "Gone.")]
    app.bridge.finish(main)
    app.run()
    assert "fetch_again" in app.buttons
    app.press("run_again")
    assert app.test.session_state["page_state"].compared_days(app.bridge.queries[1].query_id) == MAY_DAYS
    assert app.bridge.queries[0].parameters == MAY


def test_change_the_question_keeps_the_comparison() -> None:
    app = asked()
    main, _ = main_and_other(app)
    app.bridge.fail(main, "warehouse_busy", "Busy.", retryable=True)
    app.run().choose("form_compare", "Nothing").press(f"change_{main}")
    assert "You will ask: Daily summary, 1–30 June 2015, compared with 1–31 May 2015" in app.text


def listed(app: App) -> App:
    """Let both answers come, and go to the list, which has them."""
    main, other = main_and_other(with_both(app))
    app.rest.history = (
        past_query(NOW, query_id=other, parameters=MAY, statement_id="may"),
        past_query(NOW, query_id=main),
    )
    return app.go("queries")


def test_the_list_says_which_query_is_compared_with_which() -> None:
    app = listed(asked())
    assert "Ready Daily summary, 1–30 June 2015, compared with 1–31 May 2015" in app.text
    assert "Ready Daily summary, 1–31 May 2015, for the comparison with 1–30 June 2015" in app.text
    assert ["compare=2015-05-01..2015-05-31" in block.value for block in app.test.code] == [False, True]


def test_an_answer_that_is_opened_from_the_list_comes_with_its_question_and_its_comparison() -> None:
    app = asked()
    main, other = main_and_other(app)
    app = listed(app)
    app.go("explore").choose("form_compare", "Nothing").choose("form_month", "Mar").go("queries")
    app.test.button(key=f"open_{main}").click()
    app.run().go("explore")
    assert "You will ask: Daily summary, 1–30 June 2015, compared with 1–31 May 2015" in app.text
    assert "Compared with 1–31 May 2015." in app.text
    address = dict(app.test.query_params)
    assert (address["queryId"], address["compareId"]) == (main, other)
    assert len(app.bridge.queries) == 2


def test_run_again_in_the_list_keeps_the_comparison() -> None:
    app = asked()
    main, _ = main_and_other(app)
    app = listed(app)
    app.test.button(key=f"again_{main}").click()
    app.run()
    assert app.bridge.queries[0].parameters == MAY
    assert len(app.bridge.queries) == 4
    assert app.test.session_state["page_state"].compared_days(app.bridge.queries[1].query_id) == MAY_DAYS


def test_the_other_days_have_a_line_of_their_own_about_what_is_peculiar() -> None:
    app = App(rest=daily_rest(pages={"statement": pages_of(REPORT, daily_rows()), "march": MARCH}))
    app.choose("form_compare", "Other dates")
    app.test.date_input(key="form_compare_days").set_value((date(2015, 3, 1), date(2015, 3, 30)))
    app.run().press("submit")
    main, other = main_and_other(app)
    app.bridge.finish(other, "march", rows=30)
    app.bridge.finish(main)
    app.run().run()
    assert "8 March has 23 hours: the clocks went forward." in app.text
    assert "720 and 719 hours: the clocks were changed." in app.text
