"""What a query's card says in each phase: word, icon, sentence, and what can be done. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from dashboard.client.model import Phase, QueryView
from dashboard.formats import counted, duration_text
from dashboard.usual import Usual
from pipeline.core.messages import Cancelled, Error, Failed, Finished
from pipeline.core.reports import Report

Action = Literal["cancel", "open", "again", "change", "dismiss"]
ACTIVE: frozenset[Phase] = frozenset({"sending", "running", "cancelling"})
_ENDED_BADLY: tuple[Action, ...] = ("again", "change", "dismiss")
_NOT_AGAIN: tuple[Action, ...] = ("change", "dismiss")
FETCHING = "Fetching results from the server…"
NOT_AVAILABLE = (
    "This result is not available to you: its query was cancelled before it started, was forgotten when the "
    "pipeline was started anew, or is somebody else's. "
    "Links share the question, not the data: press Submit."
)
LOOKING = "Looking for this query and its answer…"
_NEVER_STARTED = "You cancelled this before it started. Nothing was run."
FORGOTTEN = (
    "The pipeline was started anew and has forgotten this query. Run it again: same question, one press."
)
EXPIRED = "Results are kept 24 hours. Run it again: same question, one press."
_ASK_TEAM = "Nothing was changed. Try again; if it fails twice, tell the data team the code below."
_TELL_TEAM = "Nothing was changed. Change the question, or tell the data team the code below."


@dataclass(frozen=True, slots=True)
class Card:
    """A card's words. `ticks`: a clock runs beside them. `details` is for the data team, not for the user.

    `code` names what went wrong; the page of codes explains each. None where nothing did.
    """

    icon: str
    word: str
    sentence: str
    actions: tuple[Action, ...]
    ticks: bool = False
    details: str | None = None
    code: str | None = None


def is_active(query: QueryView) -> bool:
    """Say whether a query may still bring an answer."""
    return query.phase in ACTIVE


def is_looked_for(query: QueryView) -> bool:
    """Say whether nobody has told this page yet where a query stands that it has not asked itself."""
    return query.phase == "running" and query.accepted_at is None and not query.asked_here


def is_expired(query: QueryView, now: datetime) -> bool:
    """Say whether an answer is no longer kept."""
    return isinstance(query.outcome, Finished) and query.outcome.result_expires_at <= now


def card(query: QueryView, report: Report | None, usual: Usual, now: datetime) -> Card:
    """Give the words for a query. `report` is None where the catalogue does not have it (any more)."""
    if query.phase == "finished" and is_expired(query, now):
        return Card("hourglass_empty", "Expired", EXPIRED, ("again",))
    if query.phase in {"sending", "running"}:
        return _waiting(query, usual)
    return _CARDS[query.phase](query, report)


def _waiting(query: QueryView, usual: Usual) -> Card:
    if isinstance(query.outcome, Error):
        sentence = f"{query.outcome.message} It starts by itself as soon as it can."
        return Card("schedule", "Waiting", sentence, ("cancel",), ticks=True)
    if is_looked_for(query):
        return Card("manage_search", "Looking", LOOKING, (), ticks=False)
    said = f" {usual.text}" if usual.text else ""
    return Card(
        "progress_activity", "Running", f"{FETCHING}{said} You can keep working.", ("cancel",), ticks=True
    )


def _cancelling(_: QueryView, __: Report | None) -> Card:
    return Card(
        "progress_activity", "Cancelling…", "Whichever comes first, stop or answer, is shown.", (), True
    )


def _finished(query: QueryView, _: Report | None) -> Card:
    rows = query.outcome.rows if isinstance(query.outcome, Finished) else None
    said = [] if rows is None else [counted(rows, "row")]
    return Card("check_circle", "Ready", ", ".join([*said, *_taken(query)]), ("open",))


def _failed(query: QueryView, report: Report | None) -> Card:
    outcome = query.outcome
    if not isinstance(outcome, Failed):
        return Card("error", "Failed", f"This report could not be finished. {_ASK_TEAM}", _ENDED_BADLY)
    code = outcome.code
    limit = report.deadline_seconds if report else None
    ask = _ASK_TEAM if outcome.retryable else _TELL_TEAM
    sentence = _FAILURES.get(code, f"This report could not be finished. {ask}")
    if code == "deadline_exceeded" and limit is not None:
        sentence = f"Stopped after {limit} s, the limit of this report. Fewer days usually finish."
    details = f"{code}, query {query.query_id}. {outcome.message}"
    actions = _ENDED_BADLY if outcome.retryable else _NOT_AGAIN
    return Card("error", "Failed", sentence, actions, details=details, code=code)


def _cancelled(query: QueryView, _: Report | None) -> Card:
    if query.accepted_at is None and query.statement_id is None:
        return Card("cancel", "Cancelled", _NEVER_STARTED, ("again", "dismiss"))
    by_warehouse = isinstance(query.outcome, Cancelled) and query.outcome.by == "warehouse"
    who = "The warehouse stopped this" if by_warehouse else "You cancelled this"
    after = "".join(f" after {taken}" for taken in _taken(query))
    return Card("cancel", "Cancelled", f"{who}{after}.", ("again", "dismiss"))


def _refused(query: QueryView, report: Report | None) -> Card:
    error = query.outcome
    if not isinstance(error, Error):
        return Card("block", "Not accepted", "Nothing was run.", _NOT_AGAIN)
    actions = _ENDED_BADLY if error.retryable else _NOT_AGAIN
    sentence = f"{_with_label(error, report)} Nothing was run."
    details = f"{error.code}, query {query.query_id}"
    return Card("block", "Not accepted", sentence, actions, details=details, code=error.code)


def _unknown(query: QueryView, _: Report | None) -> Card:
    """Say that a query is not there: one that was accepted on this page was forgotten, never somebody else's."""
    if query.accepted_at is not None:
        return Card("hourglass_disabled", "Forgotten", FORGOTTEN, _ENDED_BADLY)
    return Card("lock", "Not available", NOT_AVAILABLE, _NOT_AGAIN)


def _with_label(error: Error, report: Report | None) -> str:
    """Give the message with the parameter called as the form calls it."""
    parameter = report.parameter(error.field or "") if report else None
    return error.message.replace(parameter.name, parameter.label) if parameter else error.message


def taken_text(query: QueryView) -> str | None:
    """Say how long a query took; None while it runs, and for one that was not asked here: its clocks would be two."""
    if query.ended_at is None or query.accepted_at is None or not query.asked_here:
        return None
    return duration_text((query.ended_at - query.pressed_at).total_seconds())


def _taken(query: QueryView) -> list[str]:
    taken = taken_text(query)
    return [] if taken is None else [taken]


_CARDS: Mapping[Phase, Callable[[QueryView, Report | None], Card]] = MappingProxyType(
    {
        "cancelling": _cancelling,
        "finished": _finished,
        "failed": _failed,
        "cancelled": _cancelled,
        "refused": _refused,
        "unknown": _unknown,
    }
)
_FAILURES: Mapping[str, str] = MappingProxyType(
    {
        "sql_error": f"The warehouse could not run this report. {_TELL_TEAM}",
        "deadline_exceeded": "Stopped at the time limit of this report. Fewer days usually finish.",
        "warehouse_busy": "The warehouse is busy. Nothing was changed. Try again in a minute.",
        "warehouse_unavailable": "The warehouse does not answer. Nothing was changed. Try again in a few minutes.",
        "result_too_large": "The answer is too large to be sent. Ask for fewer days.",
        "not_started": "This was not started in time. Should it run after all, its answer comes here. Try again.",
    }
)
