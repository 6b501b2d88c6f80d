"""What becomes of a query in the pipeline: recorded first, executed once, moved forward, ended, cleared away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pipeline.core.instants import parse_instant
from pipeline.core.records import QueryRecord
from tests.fakes.others import START
from tests.simulation.facts import Began, Called, Executed, Finished, Placed, QueryKey, StatementEnded, Wrote
from tests.simulation.messages import parsed
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

_ORDER = {"accepted": 0, "running": 1, "finished": 2, "failed": 2, "cancelled": 2}
_ACCEPTED = 202


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


def a_record_comes_before_its_statement(trial: Trial) -> Iterator[Violation]:
    """Unrecorded."""
    recorded: set[QueryKey] = set()
    for fact in trial.history.facts:
        if type(fact) is Wrote and fact.after is not None:
            recorded.add(fact.key)
        elif type(fact) is Executed and fact.key not in recorded:
            yield Violation("unrecorded", fact.key[1], f"{fact.statement_id} was started without a record")


def records_move_forward(trial: Trial) -> Iterator[Violation]:
    """Backward."""
    for write in trial.of[Wrote]:
        before, after = write.before, write.after
        if before is None:
            continue
        query_id = write.key[1]
        if after is None:
            yield Violation("backward", query_id, "its record was deleted")
        elif _ORDER[after.state] < _ORDER[before.state] or (before.has_ended and after.state != before.state):
            yield Violation("backward", query_id, f"from {before.state} to {after.state}")
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


def a_reader_ends_what_is_overdue(trial: Trial) -> Iterator[Violation]:
    """Overdue."""
    began = {fact.by: START + timedelta(seconds=fact.at) for fact in trial.of[Began]}
    for ended in trial.of[Finished]:
        if ended.how != "answered":
            continue
        if ended.handler == "resume":
            for told in parsed(ended.answer["body"]).get("queries", []):
                if told["type"] == "accepted" and began[ended.by] > parse_instant(told["deadline"]):
                    yield Violation("overdue", told["queryId"], "it was asked about, and left running")
        if ended.handler == "get_results" and ended.answer["statusCode"] == _ACCEPTED:
            query_id = parsed(ended.answer["body"])["queryId"]
            record = trial.history.records.get((ended.subject, query_id))
            if record is not None and began[ended.by] > record.deadline:
                yield Violation("overdue", query_id, "its rows were asked for, and it was left running")


def a_cancelled_query_does_not_run_on(trial: Trial) -> Iterator[Violation]:
    """Runaway. Whoever cancels a query, and whoever starts the statement of one that is over, stops it."""
    stoppers = {fact.by for fact in trial.of[Called] if fact.call == "warehouse.cancel"}
    for write in trial.of[Wrote]:
        before, after = write.before, write.after
        if before is None or after is None:
            continue
        learned = before.state in {"cancelled", "failed"} and before.statement_id is None
        ended = before.state == "running" and after.cancelled_by == "user"
        if after.statement_id is None or not (learned or ended):
            continue
        if trial.went_well(write.by) and write.by not in stoppers:
            yield Violation("runaway", write.key[1], f"{after.statement_id} runs on")


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
