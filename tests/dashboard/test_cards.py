from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dashboard.cards import FETCHING, FORGOTTEN, LOOKING, NOT_AVAILABLE, card, is_active
from dashboard.client.model import Phase, QueryView
from dashboard.usual import Usual
from pipeline.core.messages import Cancelled, Error, Failed, Finished
from tests.dashboard.samples import small_report

pytestmark = pytest.mark.fast

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
REPORT = small_report()
USUAL = Usual("Usually 3 s.", 10)


def query(
    phase: Phase, outcome: Finished | Failed | Cancelled | Error | None = None, took: float = 2.1
) -> QueryView:
    ended = NOW if outcome is not None else None
    pressed = NOW - timedelta(seconds=took)
    return QueryView("q1", "small", {}, phase, pressed, accepted_at=pressed, outcome=outcome, ended_at=ended)


def finished(rows: int | None = 30, kept: timedelta = timedelta(hours=24)) -> Finished:
    return Finished("q1", "small", "s1", rows, NOW, NOW + kept)


def failed(code: str) -> Failed:
    return Failed("q1", "small", "s1", code, 'column "x" does not exist', retryable=False)


@pytest.mark.parametrize("phase", ["sending", "running"])
def test_waiting_says_that_results_are_fetched_and_how_long_that_takes(phase: Phase) -> None:
    words = card(query(phase), REPORT, USUAL, NOW)
    assert words.sentence == f"{FETCHING} Usually 3 s. You can keep working."
    assert words.ticks
    assert words.actions == ("cancel",)


def test_a_query_that_is_looked_for_is_not_called_running() -> None:
    found = replace(query("running"), accepted_at=None, asked_here=False)
    words = card(found, small_report(), USUAL, NOW)
    assert (words.word, words.sentence, words.ticks) == ("Looking", LOOKING, False)


def test_a_query_that_may_not_start_yet_says_why_and_can_be_cancelled() -> None:
    limit = Error(
        "run", "q1", "too_many_queries", None, "5 queries are running, the most you can have.", True
    )
    words = card(query("sending", limit), REPORT, USUAL, NOW)
    assert words.word == "Waiting"
    assert words.sentence.startswith("5 queries are running")
    assert words.actions == ("cancel",)


def test_cancelling_cannot_be_pressed_again() -> None:
    assert card(query("cancelling"), REPORT, USUAL, NOW).actions == ()


def test_ready_says_rows_and_time() -> None:
    words = card(query("finished", finished()), REPORT, USUAL, NOW)
    assert (words.word, words.sentence, words.actions) == ("Ready", "30 rows, 2.1 s", ("open",))
    assert card(query("finished", finished(1)), REPORT, USUAL, NOW).sentence == "1 row, 2.1 s"
    assert card(query("finished", finished(None)), REPORT, USUAL, NOW).sentence == "2.1 s"


def test_an_answer_found_again_does_not_invent_how_long_it_took() -> None:
    watched = replace(query("finished", finished()), asked_here=False)
    assert card(watched, REPORT, USUAL, NOW).sentence == "30 rows"


def test_an_answer_that_is_no_longer_kept_can_only_be_asked_again() -> None:
    words = card(query("finished", finished(kept=timedelta(0))), REPORT, USUAL, NOW)
    assert (words.word, words.actions) == ("Expired", ("again",))


def test_a_failure_is_one_sentence_with_the_engines_words_kept_apart() -> None:
    words = card(query("failed", failed("sql_error")), REPORT, USUAL, NOW)
    assert "Nothing was changed" in words.sentence
    assert "column" not in words.sentence
    assert words.details is not None
    assert "sql_error" in words.details
    assert 'column "x"' in words.details
    assert words.code == "sql_error"


@pytest.mark.parametrize("retryable", [True, False])
def test_try_again_is_offered_where_that_can_help(retryable: bool) -> None:
    ended = query("failed", replace(failed("sql_error"), retryable=retryable))
    refused = query("refused", Error("run", "q1", "warehouse_busy", None, "Busy.", retryable))
    for words in (card(ended, REPORT, USUAL, NOW), card(refused, REPORT, USUAL, NOW)):
        assert ("again" in words.actions) is retryable
        assert "dismiss" in words.actions


def test_past_its_deadline_a_query_names_its_limit() -> None:
    words = card(query("failed", failed("deadline_exceeded")), REPORT, USUAL, NOW)
    assert words.sentence == "Stopped after 20 s, the limit of this report. Fewer days usually finish."
    assert "time limit" in card(query("failed", failed("deadline_exceeded")), None, USUAL, NOW).sentence


@pytest.mark.parametrize(
    "code",
    ["sql_error", "warehouse_busy", "warehouse_unavailable", "result_too_large", "not_started", "new_code"],
)
def test_every_failure_says_what_to_do(code: str) -> None:
    sentence = card(query("failed", failed(code)), REPORT, USUAL, NOW).sentence
    assert any(words in sentence for words in ("Try again", "Change the question", "Ask for fewer days"))


def test_cancelled_says_who_and_when() -> None:
    by_user = card(query("cancelled", Cancelled("q1", "small", "s1", "user"), took=9), REPORT, USUAL, NOW)
    assert by_user.sentence == "You cancelled this after 9.0 s."
    by_warehouse = card(query("cancelled", Cancelled("q1", "small", "s1", "warehouse")), REPORT, USUAL, NOW)
    assert by_warehouse.sentence.startswith("The warehouse stopped this")


def test_what_was_cancelled_while_it_waited_for_a_place_never_ran() -> None:
    waited = replace(query("cancelled", Cancelled("q1", "small", None, "user")), accepted_at=None)
    assert (
        card(waited, REPORT, USUAL, NOW).sentence == "You cancelled this before it started. Nothing was run."
    )


def test_a_refusal_names_the_field_as_the_form_does() -> None:
    error = Error("run", "q1", "out_of_range", "top", "top must be between 10 and 100.", False)
    words = card(query("refused", error), REPORT, USUAL, NOW)
    assert words.sentence == "How many must be between 10 and 100. Nothing was run."
    assert words.actions == ("change", "dismiss")


def test_what_is_not_ones_own_is_not_available() -> None:
    words = card(replace(query("unknown"), accepted_at=None), None, USUAL, NOW)
    assert words.sentence == NOT_AVAILABLE
    assert "cancelled before it started" in words.sentence


def test_a_query_that_was_accepted_here_was_forgotten_and_can_be_run_again() -> None:
    words = card(replace(query("unknown"), accepted_at=NOW), REPORT, USUAL, NOW)
    assert words.sentence == FORGOTTEN
    assert words.actions == ("again", "change", "dismiss")


@pytest.mark.parametrize(
    ("phase", "active"), [("sending", True), ("running", True), ("cancelling", True), ("failed", False)]
)
def test_only_a_query_that_may_still_answer_is_active(phase: Phase, active: bool) -> None:
    assert is_active(query(phase)) is active
