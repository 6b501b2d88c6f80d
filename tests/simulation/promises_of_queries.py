"""What becomes of a query in the pipeline: recorded first, executed once, moved forward, ended, cleared away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import inf
from typing import Any

from pipeline.core.records import QueryRecord
from tests.simulation.facts import (
    Began,
    Called,
    Executed,
    Finished,
    Placed,
    QueryKey,
    Sent,
    StatementEnded,
    Wrote,
)
from tests.simulation.messages import ids_in, parsed
from tests.simulation.moves import RECORD_MOVES
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation


def every_record_ends(trial: Trial) -> Iterator[Violation]:
    """Unended."""
    for (_, query_id), record in trial.history.records.items():
        if not record.has_ended:
            yield Violation("unended", query_id, f"its record is still {record.state}")


def nothing_is_executed_twice(trial: Trial) -> Iterator[Violation]:
    """Doubled, by the warehouse."""
    executed: set[QueryKey] = set()
    for fact in trial.of[Executed]:
        if fact.key in executed:
            yield Violation("doubled", fact.key[1], f"a second statement {fact.statement_id} was started")
        executed.add(fact.key)


def only_what_was_asked_for_happens(trial: Trial) -> Iterator[Violation]:
    """Unexpected."""
    for key in trial.writes.keys() | {fact.key for fact in trial.of[Executed]}:
        if key not in trial.pressed:
            yield Violation("unexpected", key[1], "its owner never asked for it")
    for fact in trial.of[Executed]:
        record = trial.history.records.get(fact.key)
        if record is not None and fact.parameters != record.parameters:
            yield Violation("unexpected", fact.key[1], f"its statement was given {dict(fact.parameters)}")


def a_record_comes_before_its_statement(trial: Trial) -> Iterator[Violation]:
    """Unrecorded."""
    recorded: set[QueryKey] = set()
    for fact in trial.in_order(Wrote, Executed):
        if type(fact) is Wrote and fact.after is not None:
            recorded.add(fact.key)
        elif type(fact) is Executed and fact.key not in recorded:
            yield Violation("unrecorded", fact.key[1], f"{fact.statement_id} was started without a record")


def records_move_forward(trial: Trial) -> Iterator[Violation]:
    """Backward."""
    for write in trial.of[Wrote]:
        before, after, query_id = write.before, write.after, write.key[1]
        if after is None:
            yield Violation("backward", query_id, "its record was deleted")
            continue
        state = before.state if before is not None else "nothing"
        if state != after.state and f"{state} -> {after.state}" not in RECORD_MOVES:
            yield Violation("backward", query_id, f"from {state} to {after.state}")
        elif before is None:
            continue
        elif before.statement_id not in {None, after.statement_id}:
            yield Violation("backward", query_id, "its statement was changed")
        elif before.has_ended and before.finished_at != after.finished_at:
            yield Violation("backward", query_id, "it ended a second time")
        elif before.notified_at not in {None, after.notified_at}:
            yield Violation("backward", query_id, "its notice was taken back")


def an_outcome_is_what_became_of_the_statement(trial: Trial) -> Iterator[Violation]:
    """Untrue. A query may have failed before its statement was known: then that statement is nothing to it."""
    failed_without = {
        write.key for write in trial.of[Wrote] if write.after is not None and _has_failed_without(write.after)
    }
    became: dict[str, StatementEnded] = {fact.statement_id: fact for fact in trial.of[StatementEnded]}
    for key, record in trial.history.records.items():
        ended = became.get(record.statement_id or "")
        state = ended.state if ended is not None and ended.key[1] == record.query_id else None
        if record.state == "finished":
            rows = trial.history.rows.get(record.statement_id or "")
            if state != "FINISHED" or rows is None or len(rows) != record.rows:
                yield Violation("untrue", record.query_id, f"finished with {record.rows} rows, but {state}")
        is_of_statement = record.statement_id is not None and key not in failed_without
        if record.error_code == "sql_error" and is_of_statement and state != "FAILED":
            yield Violation("untrue", record.query_id, f"failed, but {state}")
        if record.cancelled_by == "warehouse" and state != "ABORTED":
            yield Violation("untrue", record.query_id, f"cancelled by the warehouse, but {state}")


def a_cancelled_query_does_not_run_on(trial: Trial) -> Iterator[Violation]:
    """Runaway. Whoever ends a query that runs, and whoever starts the statement of one that is over, stops it."""
    stoppers = _stoppers(trial)
    for write in trial.of[Wrote]:
        before, after = write.before, write.after
        if before is None or after is None or after.statement_id is None:
            continue
        learned = before.state in {"cancelled", "failed"} and before.statement_id is None
        ended = before.state == "running" and (
            after.cancelled_by == "user" or after.error_code == "deadline_exceeded"
        )
        if (learned or ended) and trial.went_well(write.by) and write.by not in stoppers:
            yield Violation("runaway", write.key[1], f"{after.statement_id} runs on")
    yield from _started_for_nobody(trial, stoppers)


def who_cancels_stops_the_statement(trial: Trial) -> Iterator[Violation]:
    """Runaway. Each cancel does, also one that finds the query cancelled: whoever was first may have died."""
    stoppers = _stoppers(trial)
    for began, message in _answers_to(trial, "cancel"):
        key = (trial.owners[began.subject], str(message.get("queryId")))
        record = trial.record_before(key, began.at) if message.get("type") == "cancelled" else None
        if record is not None and record.statement_id is not None and began.by not in stoppers:
            yield Violation("runaway", key[1], f"it was cancelled again, and {record.statement_id} runs on")


def a_query_that_is_recorded_is_never_one_too_many(trial: Trial) -> Iterator[Violation]:
    """Blocked. Whoever repeats a question joins it, however many of his queries run."""
    for began, message in _answers_to(trial, "run"):
        key = (trial.owners[began.subject], str(message.get("queryId")))
        if message.get("code") == "too_many_queries" and trial.record_before(key, began.at) is not None:
            yield Violation("blocked", key[1], "it is recorded, and its repeat was one too many")


def _stoppers(trial: Trial) -> set[int]:
    """Find the invocations that asked the warehouse to stop a statement."""
    return {fact.by for fact in trial.of[Called] if fact.call == "warehouse.cancel"}


def _answers_to(trial: Trial, handler: str) -> Iterator[tuple[Began, Mapping[str, Any]]]:
    """Give the invocations of a handler that were answered, with the message that they answered."""
    for began in trial.of[Began]:
        if began.handler == handler and trial.went_well(began.by):
            yield began, parsed(trial.answered[began.by].answer["body"])


def _started_for_nobody(trial: Trial, stoppers: set[int]) -> Iterator[Violation]:
    """Find statements whose query ended before whoever started them was done, and that he did not stop."""
    unanswered = {fact.by for fact in trial.of[Called] if fact.call == "warehouse.execute" and fact.moment}
    for start in trial.of[Executed]:
        if not trial.went_well(start.by) or start.by in stoppers | unanswered:
            continue
        record = trial.record_before(start.key, trial.answered[start.by].at)
        if record is not None and record.state in {"cancelled", "failed"} and record.statement_id is None:
            yield Violation("runaway", start.key[1], f"{start.statement_id} was started for nobody")


def an_owner_has_no_more_queries_than_he_may(trial: Trial) -> Iterator[Violation]:
    """Crowded."""
    active: dict[str, set[str]] = defaultdict(set)
    for write in trial.of[Wrote]:
        owner, query_id = write.key
        if write.after is None or write.after.has_ended:
            active[owner].discard(query_id)
        elif query_id not in active[owner]:
            active[owner].add(query_id)
            if len(active[owner]) > trial.history.active_queries:
                yield Violation("crowded", query_id, f"it is its owner's number {len(active[owner])}")


def only_its_owner_cancels_a_query(trial: Trial) -> Iterator[Violation]:
    """Unwanted."""
    asked: dict[QueryKey, float] = {}
    for sent in trial.of[Sent]:
        if parsed(sent.text).get("action") == "cancel":
            for query_id in ids_in(sent.text):
                asked.setdefault((sent.owner, query_id), sent.at)
    for write in trial.of[Wrote]:
        is_cancelled = write.after is not None and write.after.cancelled_by == "user"
        if is_cancelled and asked.get(write.key, inf) > write.at:
            yield Violation("unwanted", write.key[1], "it was cancelled, and its owner never asked for that")


def an_accepted_query_has_a_statement(trial: Trial) -> Iterator[Violation]:
    """Unstarted. A repeated `run` completes what a crash left behind before it says `accepted`."""
    for ended in trial.of[Finished]:
        if ended.handler == "run" and ended.how == "answered":
            message = parsed(ended.answer["body"])
            if message["type"] == "accepted" and message.get("statementId") is None:
                yield Violation(
                    "unstarted", message["queryId"], f"{ended.subject} was told that it is accepted"
                )


def who_ends_a_query_frees_its_place(trial: Trial) -> Iterator[Violation]:
    """Slot. A place may stay where the invocation that ends the query, or takes the place, was interrupted."""
    ended_by = {
        write.key: write.by
        for write in trial.of[Wrote]
        if write.after is not None
        and write.after.has_ended
        and not (write.before is not None and write.before.has_ended)
    }
    placed_by: dict[QueryKey, int] = {}
    for fact in trial.of[Placed]:
        for query_id in fact.after - fact.before:
            placed_by[fact.owner, query_id] = fact.by
    for owner, query_ids in trial.history.places.items():
        for query_id in query_ids:
            key = (owner, query_id)
            if key in ended_by and trial.went_well(ended_by[key]) and trial.went_well(placed_by[key]):
                yield Violation("slot", query_id, "it is over and still holds a place")


def an_owner_can_always_ask_again(trial: Trial) -> Iterator[Violation]:
    """Blocked."""
    executed = {fact.key for fact in trial.of[Executed]}
    for owner, query_id in trial.pressed:
        if query_id in trial.history.probes and (owner, query_id) not in executed:
            yield Violation("blocked", query_id, "nothing of its owner runs, and yet it did not start")


def no_handler_fails_by_itself(trial: Trial) -> Iterator[Violation]:
    """Crashed."""
    for ended in trial.of[Finished]:
        if ended.how == "crashed":
            yield Violation("crashed", ended.subject, f"{ended.handler}: {ended.answer}")


def _has_failed_without(record: QueryRecord) -> bool:
    return record.state == "failed" and record.statement_id is None
