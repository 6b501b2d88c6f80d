"""What a person may rely on: one outcome for each query, on his pages and on nobody else's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from tests.simulation.facts import Answered, Began, Finished, Heard, LineOpened, Opened, Read, Showed
from tests.simulation.messages import parsed
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

_OUTCOMES = frozenset({"finished", "failed", "cancelled"})
# Seconds for which a page does not believe that there is no such query.
_DOUBTED = 5.0
_SHOWN_ENDS = _OUTCOMES | {"refused", "unknown"}


def every_accepted_query_reaches_its_page(trial: Trial) -> Iterator[Violation]:
    """Lost."""
    for who, _, view in trial.history.views:
        if view.ended_at is None:
            yield Violation("lost", view.query_id, f"{who} still shows {view.phase}")


def nobody_is_told_that_his_query_is_unknown(trial: Trial) -> Iterator[Violation]:
    """Lost. `unknown` is true where the question began before the record was written."""
    recorded = {key: writes[0].at for key, writes in trial.writes.items()}
    owners = {fact.connection_id: fact.owner for fact in trial.of[LineOpened]}
    began = {fact.by: fact.at for fact in trial.of[Began]}
    for ended in trial.of[Finished]:
        if ended.handler != "resume" or ended.how != "answered":
            continue
        for told in parsed(ended.answer["body"]).get("queries", []):
            key = (owners[ended.subject], told["queryId"])
            if told["type"] == "unknown" and recorded.get(key, inf) < began[ended.by]:
                yield Violation("lost", key[1], f"{ended.subject} was told that there is no such query")


def a_page_asks_again_before_it_gives_a_query_up(trial: Trial) -> Iterator[Violation]:
    """Lost. The record of a query may be written a moment after its page was reloaded and asked."""
    followed: dict[tuple[str, str], float] = {}
    accepted = {(shown.who, shown.view.query_id) for shown in trial.history.views if shown.view.accepted_at}
    for fact in trial.of[Showed]:
        key = (fact.who, fact.query_id)
        first = followed.setdefault(key, fact.at)
        gives_up = fact.phase == "unknown" and fact.before == "running" and key not in accepted
        if gives_up and fact.at - first < _DOUBTED:
            yield Violation("lost", fact.query_id, f"{fact.who} gave it up after {fact.at - first:.1f} s")


def a_page_shows_one_outcome(trial: Trial) -> Iterator[Violation]:
    """Doubled, on a page."""
    for fact in trial.of[Showed]:
        if fact.before in _SHOWN_ENDS:
            yield Violation("doubled", fact.query_id, f"{fact.who} showed {fact.before}, then {fact.phase}")


def pages_show_what_is_recorded(trial: Trial) -> Iterator[Violation]:
    """Contradicted. Where the page made its outcome by itself, that is unknown and no contradiction."""
    for shown in trial.history.views:
        who, owner, view = shown
        record = trial.history.records.get((owner, view.query_id))
        if record is None:
            if view.phase == "finished" or view.accepted_at is not None:
                yield Violation("contradicted", view.query_id, f"{who} shows {view.phase}, no record does")
        elif view.phase in _OUTCOMES and view.phase != record.state and shown not in trial.unknown:
            detail = f"{who} shows {view.phase}, the record says {record.state}"
            yield Violation("contradicted", view.query_id, detail)


def an_outcome_is_shown_at_once(trial: Trial) -> Iterator[Violation]:
    """Dropped. Also one that came before its query was followed here."""
    first_told: dict[tuple[str, str], float] = {}
    followed: dict[tuple[str, str], float] = {}
    shown: dict[tuple[str, str], float] = {}
    for heard in trial.of[Heard]:
        for told in _told(heard.message):
            if told["type"] in _OUTCOMES:
                first_told.setdefault((heard.who, str(told["queryId"])), heard.at)
    for fact in trial.of[Showed]:
        key = (fact.who, fact.query_id)
        followed.setdefault(key, fact.at)
        if fact.phase in _SHOWN_ENDS:
            shown.setdefault(key, fact.at)
    for key in first_told.keys() & followed.keys():
        due = max(first_told[key], followed[key])
        if shown.get(key, float("inf")) > due:
            yield Violation("dropped", key[1], f"{key[0]} heard its outcome and did not show it")


def a_page_asks_when_it_is_back(trial: Trial) -> Iterator[Violation]:
    """Unasked."""
    for opened in trial.of[Opened]:
        for query_id in opened.pending - opened.asked:
            yield Violation("unasked", query_id, f"{opened.who} did not ask about it")


def rows_are_the_querys_own_and_all(trial: Trial) -> Iterator[Violation]:
    """Crossed."""
    for read in trial.of[Read]:
        key, expected = trial.statements[read.statement_id], trial.history.rows[read.statement_id]
        served = expected[: read.total]
        if read.rows != served:
            yield Violation("crossed", key[1], f"{read.who} read {read.rows}, not {served}")


def nobody_is_told_of_anothers_query(trial: Trial) -> Iterator[Violation]:
    """Leaked, over a connection."""
    for heard in trial.of[Heard]:
        for told in _told(heard.message):
            query_id = str(told.get("queryId"))
            is_his = (heard.owner, query_id) in trial.pressed
            holder = trial.statements.get(str(told.get("statementId")))
            if told["type"] in _OUTCOMES | {"accepted"} and not is_his:
                yield Violation("leaked", query_id, f"{heard.who} was told that it is {told['type']}")
            elif holder is not None and holder[0] != heard.owner:
                yield Violation("leaked", query_id, f"{heard.who} was told of its statement")
            elif told["type"] == "error" and not is_his and told.get("code") == "query_conflict":
                yield Violation("leaked", query_id, f"{heard.who} was told that it exists")


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


def _told(message: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """Give what a frame says of single queries."""
    if message is None or "type" not in message:
        return []
    return list(message["queries"]) if message["type"] == "resumed" else [message]
