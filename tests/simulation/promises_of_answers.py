"""What is read over REST: rows that are the query's own, and a history that has every query as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from tests.pipeline.builders import report
from tests.simulation.facts import Answered, Heard, Led, Read
from tests.simulation.messages import told
from tests.simulation.moves import STATE_ORDER
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

_MOST_ROWS = report().maximum_rows


def rows_are_the_querys_own_and_all(trial: Trial) -> Iterator[Violation]:
    """Crossed. All are as many as its report hands out at most."""
    for read in trial.of[Read]:
        key, expected = (
            trial.statements[read.statement_id],
            trial.history.rows[read.statement_id][:_MOST_ROWS],
        )
        if read.rows != expected or read.total != len(expected):
            yield Violation("crossed", key[1], f"{read.who} read {read.rows} of {read.total}, not {expected}")


def who_sees_that_a_query_finished_reads_its_rows(trial: Trial) -> Iterator[Violation]:
    """Unread. What trouble prevented is read again once it is over."""
    read = {(fact.who, fact.statement_id) for fact in trial.of[Read]}
    for who, owner, view in trial.history.views:
        record = trial.history.records.get((owner, view.query_id))
        if view.phase == "finished" and record is not None and (who, record.statement_id) not in read:
            yield Violation("unread", view.query_id, f"{who} shows it as finished, and never got its rows")


def an_owner_reads_his_own_queries_alone(trial: Trial) -> Iterator[Violation]:
    """Leaked, over REST; unreadable."""
    for answer in trial.of[Answered]:
        holder = trial.statements.get(answer.about)
        if holder is not None and holder[0] != answer.owner and answer.status not in {404, 500}:
            yield Violation("leaked", holder[1], f"its rows were asked for by another: {answer.status}")
        if holder is not None and holder[0] == answer.owner and answer.status == 404:
            yield Violation("unreadable", holder[1], "its owner was told that it is not there")
        for item in answer.body.get("queries", []):
            if (answer.owner, item["queryId"]) not in trial.pressed:
                yield Violation("leaked", item["queryId"], "it stands in another's history")


def whoever_tells_of_rows_has_written_the_way_to_them(trial: Trial) -> Iterator[Violation]:
    """Unreadable. The rows are asked for by the statement, which must lead to its query by then."""
    led = {(fact.owner, fact.statement_id): fact.at for fact in reversed(trial.of[Led])}
    for fact in [*trial.of[Heard], *trial.of[Answered]]:
        for one in _told_as_finished(fact):
            is_his = (fact.owner, one["queryId"]) in trial.pressed
            if is_his and led.get((fact.owner, one["statementId"]), inf) > fact.at:
                yield Violation("unreadable", one["queryId"], "it was told of, and nothing leads to its rows")


def a_history_has_every_query_as_it_is(trial: Trial) -> Iterator[Violation]:
    """Unlisted. What was recorded before the history was asked for stands in it, and no earlier state of it."""
    for answer in trial.of[Answered]:
        if answer.about or answer.status != 200:
            continue
        shown = {item["queryId"]: item["state"] for item in answer.body["queries"]}
        for key in trial.writes:
            known = trial.record_before(key, answer.asked_at) if key[0] == answer.owner else None
            if known is None:
                continue
            state = shown.get(key[1])
            if (
                state is None
                or STATE_ORDER[state] < STATE_ORDER[known.state]
                or (known.has_ended and state != known.state)
            ):
                yield Violation(
                    "unlisted", key[1], f"it was {known.state}, and stands in the history as {state}"
                )


def _told_as_finished(fact: Heard | Answered) -> list[Mapping[str, Any]]:
    if isinstance(fact, Heard):
        return [one for one in told(fact.message) if one["type"] == "finished"]
    return [one for one in fact.body.get("queries", []) if one["state"] == "finished"]
