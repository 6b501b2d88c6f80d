"""What becomes of a query that nobody told of: whoever reads it ends it, neither too late nor too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import inf

from tests.fakes.others import START
from tests.simulation.facts import Began, Called, Finished, QueryKey, StatementEnded, Wrote
from tests.simulation.messages import parsed
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

_OK, _ACCEPTED = 200, 202
_SILENT = timedelta(seconds=10)
# These may end a query without asking the warehouse: its report was changed before it could start.
_SUBMITS = frozenset({"run", "connect"})


def a_reader_ends_what_is_overdue(trial: Trial) -> Iterator[Violation]:
    """Overdue."""
    for began, key in _left_running(trial):
        record = trial.history.records.get(key)
        if record is not None and _wall(began.at) > record.deadline:
            yield Violation("overdue", key[1], f"{began.handler} read it, and left it running")


def a_reader_ends_what_is_over(trial: Trial) -> Iterator[Violation]:
    """Unhealed. A query that has been silent for a while is asked after; the warehouse may be too busy to say."""
    unanswered = _unanswered(trial)
    over = {fact.statement_id: fact.at for fact in trial.of[StatementEnded]}
    for began, key in _left_running(trial):
        record = trial.record_before(key, began.at)
        if record is None or record.statement_id is None or began.by in unanswered:
            continue
        is_silent = _wall(began.at) - record.submitted_at > _SILENT
        if is_silent and over.get(record.statement_id, began.at) < began.at:
            yield Violation("unhealed", key[1], f"{began.handler} read it, and its statement had ended")


def nobody_ends_a_query_before_its_deadline(trial: Trial) -> Iterator[Violation]:
    """Hasty."""
    handlers = {fact.by: fact.handler for fact in trial.of[Began]}
    for write in trial.of[Wrote]:
        before, after = write.before, write.after
        if before is None or before.has_ended or after is None or after.finished_at is None:
            continue
        is_for_lateness = after.error_code == "deadline_exceeded" or (
            after.error_code == "not_started" and handlers.get(write.by) not in _SUBMITS
        )
        if is_for_lateness and after.finished_at <= after.deadline:
            yield Violation("hasty", write.key[1], f"{after.error_code}, and its deadline had not come")


def a_deadline_ends_only_what_ran_past_it(trial: Trial) -> Iterator[Violation]:
    """Untrue. A statement that had ended when its reader began was in time, if the warehouse could say so."""
    began = {fact.by: fact.at for fact in trial.of[Began]}
    over = {fact.statement_id: fact.at for fact in trial.of[StatementEnded]}
    unanswered = _unanswered(trial)
    for write in trial.of[Wrote]:
        before, after = write.before, write.after
        if before is None or before.has_ended or after is None or after.error_code != "deadline_exceeded":
            continue
        begun = began.get(write.by, inf)
        if write.by not in unanswered and over.get(str(after.statement_id), begun) < begun:
            yield Violation("untrue", write.key[1], "it is called overdue, and its statement had ended")


def _unanswered(trial: Trial) -> set[int]:
    """Find the invocations that the warehouse did not tell what became of a statement."""
    return {fact.by for fact in trial.of[Called] if fact.call == "warehouse.describe" and fact.moment}


def _left_running(trial: Trial) -> Iterator[tuple[Began, QueryKey]]:
    """Find each query that an answer gave as not ended, with the beginning of the invocation that gave it."""
    began = {fact.by: fact for fact in trial.of[Began]}
    for ended in trial.of[Finished]:
        if ended.how == "answered" and ended.handler in {"resume", "get_results", "list_queries"}:
            owner = trial.owners.get(ended.subject, ended.subject)
            for query_id in _running_ids(ended):
                yield began[ended.by], (owner, query_id)


def _running_ids(ended: Finished) -> Iterator[str]:
    body, status = parsed(ended.answer["body"]), ended.answer["statusCode"]
    if ended.handler == "get_results" and status == _ACCEPTED:
        yield body["queryId"]
    elif ended.handler != "get_results" and status == _OK:
        for one in body.get("queries", []):
            if one.get("type") == "accepted" or one.get("state") in {"accepted", "running"}:
                yield one["queryId"]


def _wall(second: float) -> datetime:
    return START + timedelta(seconds=second)
