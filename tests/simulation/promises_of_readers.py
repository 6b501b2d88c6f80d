"""What becomes of a query that nobody told of: whoever reads it ends it, neither too late nor too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.fakes.others import START
from tests.simulation.facts import Began, Called, Finished, LineOpened, QueryKey, StatementEnded, Wrote
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
    unanswered = {fact.by for fact in trial.of[Called] if fact.call == "warehouse.describe" and fact.moment}
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


def _left_running(trial: Trial) -> Iterator[tuple[Began, QueryKey]]:
    """Find each query that an answer gave as not ended, with the beginning of the invocation that gave it."""
    began = {fact.by: fact for fact in trial.of[Began]}
    owners = {fact.connection_id: fact.owner for fact in trial.of[LineOpened]}
    for ended in trial.of[Finished]:
        if ended.how == "answered" and ended.handler in {"resume", "get_results", "list_queries"}:
            owner = owners.get(ended.subject, ended.subject)
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
