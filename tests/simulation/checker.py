"""Judges a history by the promises of docs/promises.md: each function of `PROMISES` is one of them.

A query is known by its owner and its id. An unknown outcome is no violation and is counted apart: a page that
never heard `accepted` may give a query up which runs after all; its answer waits in the history.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.simulation import promises_of_connections as connections
from tests.simulation import promises_of_pages as pages
from tests.simulation import promises_of_queries as queries
from tests.simulation.history import History
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

PROMISES = (
    pages.every_accepted_query_reaches_its_page,
    pages.nobody_is_told_that_his_query_is_unknown,
    pages.a_page_asks_again_before_it_gives_a_query_up,
    queries.every_record_ends,
    queries.nothing_is_executed_twice,
    pages.a_page_shows_one_outcome,
    queries.only_what_was_asked_for_happens,
    queries.a_record_comes_before_its_statement,
    queries.records_move_forward,
    queries.an_outcome_is_what_became_of_the_statement,
    pages.pages_show_what_is_recorded,
    pages.nobody_is_told_of_anothers_query,
    pages.an_owner_reads_his_own_queries_alone,
    pages.rows_are_the_querys_own_and_all,
    connections.a_closed_connection_leaves_nothing,
    connections.a_living_connection_stays_attached,
    connections.who_is_accepted_watches,
    connections.who_watches_is_told,
    queries.who_ends_a_query_frees_its_place,
    queries.an_owner_can_always_ask_again,
    pages.an_outcome_is_shown_at_once,
    pages.a_page_asks_when_it_is_back,
    queries.a_reader_ends_what_is_overdue,
    queries.a_cancelled_query_does_not_run_on,
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
