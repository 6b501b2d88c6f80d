"""Judges a history by the promises of docs/promises.md: each function of `PROMISES` is one of them.

A query is known by its owner and its id. An unknown outcome is no violation and is counted apart: a page that
never heard `accepted` may give a query up which runs after all; its answer waits in the history.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation import promises_of_answers as answers
from tests.simulation import promises_of_asking as asking
from tests.simulation import promises_of_connections as connections
from tests.simulation import promises_of_pages as pages
from tests.simulation import promises_of_patience as patience
from tests.simulation import promises_of_queries as queries
from tests.simulation import promises_of_readers as readers
from tests.simulation.history import History
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

PROMISES = (
    pages.every_accepted_query_reaches_its_page,
    pages.nobody_is_told_that_his_query_is_unknown,
    asking.a_page_asks_again_before_it_gives_a_query_up,
    asking.a_page_gives_a_query_up_at_its_deadline,
    asking.a_page_asks_until_it_is_answered,
    asking.a_page_does_not_poll,
    asking.a_press_of_cancel_is_sent,
    asking.pages_and_links_move_as_they_may,
    patience.a_page_waits_as_it_promises,
    queries.every_record_ends,
    queries.nothing_is_executed_twice,
    pages.a_page_shows_one_outcome,
    queries.only_what_was_asked_for_happens,
    queries.a_record_comes_before_its_statement,
    queries.records_move_forward,
    queries.an_outcome_is_what_became_of_the_statement,
    pages.pages_show_what_is_recorded,
    pages.nobody_is_told_of_anothers_query,
    pages.the_same_id_for_another_question_is_refused,
    answers.an_owner_reads_his_own_queries_alone,
    answers.rows_are_the_querys_own_and_all,
    answers.who_sees_that_a_query_finished_reads_its_rows,
    answers.whoever_tells_of_rows_has_written_the_way_to_them,
    answers.a_history_has_every_query_as_it_is,
    connections.a_closed_connection_leaves_nothing,
    connections.a_living_connection_stays_attached,
    connections.who_is_accepted_watches,
    connections.who_asks_in_the_address_watches,
    connections.a_handshake_for_what_cannot_run_is_refused,
    connections.who_watches_is_told,
    queries.who_ends_a_query_frees_its_place,
    queries.an_owner_can_always_ask_again,
    queries.a_query_that_is_recorded_is_never_one_too_many,
    queries.an_owner_has_no_more_queries_than_he_may,
    queries.only_its_owner_cancels_a_query,
    queries.an_accepted_query_has_a_statement,
    pages.an_outcome_is_shown_at_once,
    asking.a_page_asks_when_it_is_back,
    readers.a_reader_ends_what_is_overdue,
    readers.a_reader_ends_what_is_over,
    readers.nobody_ends_a_query_before_its_deadline,
    readers.a_deadline_ends_only_what_ran_past_it,
    queries.a_cancelled_query_does_not_run_on,
    queries.who_cancels_stops_the_statement,
    queries.no_handler_fails_by_itself,
)


class Judgement(NamedTuple):
    """What is wrong with a history, how many outcomes stayed unknown, and how many records were judged."""

    violations: list[Violation]
    unknown: int
    judged: int


def judge(history: History) -> Judgement:
    """Hold a history against every promise."""
    trial = Trial(history)
    found = [violation for promise in PROMISES for violation in promise(trial)]
    return Judgement(found, len(trial.unknown), len(history.records))
