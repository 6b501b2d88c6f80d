"""The last lines of a soak: it is good only where something was judged, everything was felt, and nothing is broken."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.fakes.ports import JUNE
from tests.simulation.facts import Executed, Fact, Left, Pressed, Sent, Showed, Struck
from tests.soak.unknown import PIPELINE_KILLED
from tests.soak.verdict import Verdict, history_of, judge, wrong_statuses

pytestmark = pytest.mark.fast

OWNER, PAGE = "ada", "ada.0"


def shown(query_id: str, phase: str) -> list[Fact]:
    return [
        Pressed(1, PAGE, OWNER, query_id),
        Showed(1, PAGE, OWNER, query_id, None, "sending"),
        Showed(9, PAGE, OWNER, query_id, "sending", phase),
    ]


def said_of(facts: list[Fact], felt: Mapping[str, int] | None = None) -> Verdict:
    return judge(history_of(facts, calm_from=100), [], felt or {}, problems=[])


def test_it_counts_queries_by_what_became_of_them() -> None:
    verdict = said_of([*shown("q1", "finished"), *shown("q2", "finished"), *shown("q3", "cancelled")])
    assert verdict.is_good
    assert verdict.lines == [
        "     1  queries that were cancelled",
        "     2  queries that were finished",
        "0 statements in 0 lives of the pipeline, 0 times connected",
        "3 queries, 0 violations",
    ]


def test_what_is_unknown_is_counted_by_what_became_of_it() -> None:
    pressed: list[Fact] = [Pressed(1, PAGE, OWNER, query_id) for query_id in ("q1", "q2")]
    sent = Sent(1, PAGE, OWNER, '{"action": "run", "queryId": "q1"}')
    later: list[Fact] = [
        Pressed(3, PAGE, OWNER, "q3"),
        Sent(3, PAGE, OWNER, '{"action": "run", "queryId": "q3"}'),
    ]
    told = [Showed(9, "ada.1", OWNER, query_id, "running", "unknown") for query_id in ("q1", "q2", "q3")]
    kills: list[Fact] = [Struck(2, PIPELINE_KILLED, "", (0, 0)), Left(4, PAGE)]
    lines = said_of([*pressed, sent, *later, *kills, *told]).lines
    assert lines[:3] == [
        "     1  queries that were forgotten",
        "     1  queries that were lost on the way",
        "     1  queries that were never sent",
    ]
    assert "There was too little to judge: of 1 queries 0 finished." in lines


def test_without_a_query_there_is_too_little_to_judge() -> None:
    verdict = said_of([])
    assert not verdict.is_good
    assert "There was too little to judge: of 0 queries 0 finished." in verdict.lines


def test_where_no_page_ever_reached_the_pipeline_there_is_too_little_to_judge() -> None:
    verdict = said_of([*shown("q1", "failed"), *shown("q2", "failed"), *shown("q3", "finished")])
    assert not verdict.is_good
    assert "There was too little to judge: of 3 queries 1 finished." in verdict.lines


def test_a_trouble_that_nobody_felt_is_named() -> None:
    verdict = said_of(shown("q1", "finished"), {"links cut": 2, "posts lost": 0})
    assert not verdict.is_good
    assert "Nobody felt this: posts lost." in verdict.lines


def test_a_broken_promise_is_named_with_its_query() -> None:
    twice = [Executed(3, 0, (OWNER, "q1"), statement_id, JUNE) for statement_id in ("s1", "s2")]
    verdict = judge(history_of([*shown("q1", "finished"), *twice], 100), [twice], {}, problems=[])
    assert not verdict.is_good
    assert "doubled: q1: a second statement s2 was started" in verdict.lines
    assert verdict.lines[-1] == "1 queries, 1 violations"


def test_a_process_that_did_not_end_by_itself_is_a_problem() -> None:
    assert wrong_statuses([0, -9, 0]) == ["Processes ended with [0, -9, 0]."]
    assert wrong_statuses([0, 0]) == []
