from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.client.model import Snapshot
from dashboard.client.upstream import Unreachable
from dashboard.codes import codes
from dashboard.session import KEY
from pipeline.core.reports import Catalogue, Problem, Report
from tests.dashboard.fakes import FakeBridge, FakeRest
from tests.dashboard.samples import catalogue, past_query, shipped_report
from tests.dashboard.views.app import App, daily_rest

NOW = datetime.now(UTC)
QUERY_ID = "0b6f5a0e-6c0e-4c57-9f0b-0d6f3a1c2e11"
ITEM = past_query(NOW + timedelta(seconds=2))
RUNNING = replace(ITEM, state="running", finished_at=None, result_expires_at=None, rows=None)
PROBLEM = Problem("fares.sql", 4, "Parameter month is declared but not used.")


def test_my_queries_lists_what_was_asked() -> None:
    app = App(rest=daily_rest(history=(ITEM,)), page="queries")
    assert "Ready Daily summary, 1–30 June 2015" in app.text
    assert "30 rows" in app.text
    assert app.test.code[0].value.endswith(
        "/?topicName=daily-summary&startDate=2015-06-01&endDate=2015-06-30"
    )


def test_the_list_says_that_it_knows_no_comparison_of_what_was_asked_elsewhere() -> None:
    said = "is listed without its comparison: the link of that answer opens both."
    assert said in App(rest=daily_rest(history=(ITEM,)), page="queries").text

    app = App().press("submit")
    app.rest.history = (replace(ITEM, query_id=app.last_query),)
    app.go("queries")
    assert "Ready Daily summary" in app.text
    assert said not in app.text


def test_an_answer_opens_from_the_list_without_a_run() -> None:
    app = App(rest=daily_rest(history=(ITEM,)), page="queries").press(f"open_{QUERY_ID}")
    assert app.bridge.watched == [QUERY_ID]
    app.bridge.finish(QUERY_ID)
    app.go("explore")
    assert "Trips 120,811" in app.text


def test_an_answer_opens_from_the_list_though_its_report_has_gone() -> None:
    gone = shipped_report("daily-summary")
    rest = daily_rest(
        served=catalogue(shipped_report("tips")),
        history=(ITEM,),
        versions={gone.version: gone},
    )
    app = App(rest=rest, page="queries").press(f"open_{QUERY_ID}")
    app.bridge.finish(QUERY_ID)
    app.go("explore")
    assert "Trips 120,811" in app.text


def test_run_again_runs_once_and_shows_the_new_query() -> None:
    app = App(rest=daily_rest(history=(ITEM,)), page="queries").press(f"again_{QUERY_ID}").go("explore")
    (query,) = app.bridge.queries
    assert query.query_id != QUERY_ID
    assert "Running Daily summary, 1–30 June 2015" in app.text


def test_run_again_of_what_runs_starts_nothing_and_marks_its_card() -> None:
    app = App(rest=daily_rest(history=(RUNNING,)), page="queries").press(f"again_{QUERY_ID}").go("explore")
    assert [query.query_id for query in app.bridge.queries] == [QUERY_ID]
    assert "This question is running already: its card is marked." in app.text


def test_a_running_query_can_be_cancelled_from_the_list() -> None:
    app = App(rest=daily_rest(history=(RUNNING,)), page="queries").press(f"cancel_{QUERY_ID}")
    assert app.bridge.cancelled == [QUERY_ID]


def test_what_runs_is_followed_wherever_it_was_asked_and_what_has_ended_is_not() -> None:
    ended = replace(ITEM, query_id="7d9b1c64-0c56-4d41-8a43-7c4c5f2b9d10")
    app = App(rest=daily_rest(history=(RUNNING, ended)), page="queries")
    assert app.bridge.watched == [QUERY_ID]
    app.bridge.finish(QUERY_ID)
    app.rest.history = (ITEM, ended)
    app.run()
    assert app.test.session_state["page_state"].counted == 1
    assert f"open_{QUERY_ID}" in app.buttons


def test_a_query_that_runs_elsewhere_has_its_card_on_explore_too() -> None:
    app = App(rest=daily_rest(history=(RUNNING,)))
    app.test.session_state["page_state"].drawn = True
    app.run()
    assert "Running Daily summary, 1–30 June 2015" in app.text
    app.bridge.finish(QUERY_ID)
    app.run()
    assert "Ready Daily summary, 1–30 June 2015" in app.text
    app.press(f"open_{QUERY_ID}")
    assert "Trips 120,811" in app.text


def test_an_empty_list_says_where_to_ask() -> None:
    assert "Nothing asked in the last 24 hours." in App(page="queries").text


def test_a_list_that_cannot_be_read_keeps_the_last_one_and_says_its_time() -> None:
    app = App(rest=daily_rest(history=(ITEM,)), page="queries")
    app.rest.history = Unreachable("The pipeline does not answer.")
    app.run()
    assert "The list is not available. The pipeline does not answer. Shown as of" in app.text
    assert "Ready Daily summary" in app.text


def test_an_answer_that_comes_while_another_page_is_open_is_told_and_counted() -> None:
    app = App().press("submit").go("catalogue")
    app.bridge.finish(app.last_query)
    app.run()
    state = app.test.session_state["page_state"]
    assert state.announcement == "Daily summary, 1–30 June 2015: the answer is ready."
    assert state.counted == 1


def test_an_answer_that_was_opened_from_the_list_is_no_news_any_more() -> None:
    app = App().press("submit").go("queries")
    app.bridge.finish(app.last_query)
    app.rest.history = (replace(ITEM, query_id=app.last_query),)
    app.run()
    state = app.test.session_state["page_state"]
    assert state.counted == 1
    app.test.button(key=f"open_{app.last_query}").click()
    app.test.run()
    assert state.counted == 0


class ArrivesWhileDrawing(FakeBridge):
    """Its query ends between the drawing of the navigation and that of the rest."""

    def snapshot(self) -> Snapshot:
        shown = super().snapshot()
        if self.queries and self.queries[0].phase == "running":
            self.finish(self.queries[0].query_id)
        return shown


def test_an_answer_that_the_navigation_missed_is_counted_in_the_same_run() -> None:
    bridge = ArrivesWhileDrawing()
    app = App(bridge=bridge, page="status")
    bridge.submit("daily-summary", ITEM.parameters)
    app.run()
    assert app.test.session_state["page_state"].counted == 1


def test_back_on_explore_the_awaited_answer_opens_and_the_address_is_whole_again() -> None:
    app = App().press("submit").go("status")
    app.bridge.finish(app.last_query)
    app.test.query_params.clear()
    app.go("explore")
    assert "Trips 120,811" in app.text
    assert app.test.query_params["queryId"] == app.last_query
    assert app.run().test.session_state["page_state"].counted == 0


def test_the_catalogue_shows_reports_and_data_and_folds_the_rest() -> None:
    app = App(rest=daily_rest(served=catalogue(problems=(PROBLEM,))), page="catalogue")
    assert "How busy was each day, and what did it earn?" in app.text
    assert "1,461,130 trips" in app.text
    assert "Vendor 1 rounds distances to 0.1 miles." in app.text
    assert not app.test.code
    assert not app.test.get("image")


def opened(report: Report) -> App:
    app = App(rest=daily_rest(served=catalogue(report)), page="catalogue")
    app.test.session_state[f"about_{report.topic_name}"] = True
    return app.run()


def test_an_opened_report_shows_example_parameters_columns_rules_and_sql() -> None:
    app = opened(shipped_report("daily-summary"))
    (picture,) = app.test.get("image")
    assert picture.proto.imgs[0].alt == "Example of the chart: Trips per day. Synthetic trips."
    assert "- From, startDate: date from 2015-01-01 to 2015-12-31; 2015-06-01 unless changed." in app.text
    assert "0 or more than 100 miles" in app.test.table[0].value.to_string()
    assert "Limits: usually 2 s, at most 60 s and 400 rows." in app.text
    assert any("from trips" in block.value for block in app.test.code)


def test_a_report_without_a_picture_is_described_all_the_same() -> None:
    app = opened(replace(shipped_report("daily-summary"), topic_name="my-question"))
    assert not app.test.get("image")
    assert "Trips per day. " in app.text
    assert app.test.code


def test_status_names_refused_files_with_line_and_reason() -> None:
    app = App(rest=daily_rest(served=catalogue(problems=(PROBLEM,))), page="status")
    assert "2 reports are offered, 1 file is refused." in app.text
    assert app.test.table[0].value.to_numpy().tolist() == [["fares.sql", 4, PROBLEM.message]]


def test_status_says_what_is_wrong_with_the_connection() -> None:
    app = App(page="status")
    app.bridge.show_link("unavailable", "The local pipeline stopped and did not come back.")
    app.run()
    assert "The local pipeline stopped and did not come back." in app.text


@pytest.mark.parametrize(
    ("on_this_computer", "said"), [(True, "runs on this computer"), (False, "runs elsewhere")]
)
def test_status_says_where_a_pipeline_runs_that_this_dashboard_did_not_start(
    on_this_computer: bool, said: str
) -> None:
    app = App(page="status")
    app.test.session_state[KEY] = replace(app.test.session_state[KEY], on_this_computer=on_this_computer)
    assert f"The pipeline {said}" in app.run().text


def test_status_says_when_it_looked_and_what_it_saw_gone_is_not_offered_any_more() -> None:
    app = App(page="status")
    assert "2 reports are offered" in app.text
    assert "Looked at" in app.text
    app.rest.served = catalogue(shipped_report("demand-hour-weekday"))
    app.test.session_state["page_state"].catalogue_read_at = -10.0
    assert "1 report is offered" in app.run().text
    app.go("explore")
    assert app.test.selectbox(key="form_report").options == ["Demand by hour and weekday"]


@pytest.mark.parametrize("page", ["queries", "catalogue", "status"])
def test_the_synthetic_note_is_on_every_page(page: str) -> None:
    assert "Do not quote these figures." in App(page=page).text


@pytest.mark.parametrize("page", ["queries", "catalogue", "status"])
def test_no_page_needs_the_pipeline_to_be_there(page: str) -> None:
    app = App(rest=FakeRest(Unreachable("It is away."), history=Unreachable("It is away.")), page=page)
    assert "It is away." in app.text


def test_status_counts_failures_by_report() -> None:
    failed = replace(ITEM, state="failed", statement_id=None, result_expires_at=None, rows=None)
    other = replace(failed, topic_name="gone-report")
    app = App(rest=daily_rest(history=(failed, ITEM, failed, other)), page="status")
    assert "Daily summary: 2 of your queries failed in the last 24 hours." in app.text
    assert "gone-report: 1 of your queries failed in the last 24 hours." in app.text


def test_status_says_that_nothing_failed_or_that_it_cannot_be_known() -> None:
    app = App(rest=daily_rest(history=(ITEM,)), page="status")
    assert "None of your queries of the last 24 hours failed." in app.text
    app.rest.history = Unreachable("The pipeline does not answer.")
    app.run()
    assert "Your queries cannot be counted now. The pipeline does not answer." in app.text


class StartingRest(FakeRest):
    """A pipeline that answers its first question for the catalogue too early."""

    def catalogue(self) -> Catalogue:
        if self.asked.count("reports") < 1:
            self.asked.append("reports")
            raise Unreachable("The pipeline is starting.")
        return super().catalogue()


@pytest.mark.parametrize("page", ["queries", "catalogue", "status"])
def test_a_page_that_was_drawn_too_early_draws_itself_again_when_the_pipeline_is_there(page: str) -> None:
    app = App(rest=StartingRest(catalogue()), page=None)
    app.rest.asked.clear()
    app.test.session_state["page_state"].catalogue = None
    app.test.session_state["page_state"].catalogue_tried_for = None
    app.go(page)
    assert app.rest.asked == ["reports", "reports"]
    assert "look_again" not in app.buttons


def test_the_page_of_codes_explains_each_and_is_reached_by_its_link() -> None:
    app = App(page="codes")
    assert [heading.anchor for heading in app.test.subheader] == [code.name for code in codes()]
    assert "cancel one or wait" in app.text
