"""One query as the client follows it: what it shows, what it still has to ask, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.client import timing
from dashboard.client.events import Moment, Pace
from dashboard.client.model import Phase, QueryView
from pipeline.core.messages import Accepted, Cancelled, Error, Failed, Finished, Outcome

Ask = Literal["run", "resume", "cancel"]

_NO_ANSWER = (
    "The pipeline did not answer before this query's deadline. Nothing is lost: if it did run, its answer is "
    "in your history. Otherwise run it again."
)
_PHASES: Mapping[type, Phase] = {
    Finished: "finished",
    Failed: "failed",
    Cancelled: "cancelled",
    Error: "refused",
}


@dataclass(slots=True)
class Query:
    """A query of this session. Times are ticks.

    `ask` is the message that it has to send at `ask_at`, or has sent `times_asked` times without an answer (then
    `ask_at` is when that has lasted too long). `values` are the parameters as they are sent, None for a query
    that was pressed elsewhere: this session never runs it.
    """

    view: QueryView
    pace: Pace
    values: Mapping[str, Any] | None
    ask: Ask | None = None
    ask_at: float | None = None
    times_asked: int = 0
    refusals: int = 0
    was_run: bool = False
    cancel_again: bool = False
    silence_at: float | None = None
    deadline_at: float | None = None
    unknown_since: float | None = None

    @property
    def has_ended(self) -> bool:
        """Say whether nothing more is expected."""
        return self.view.ended_at is not None

    @property
    def was_accepted(self) -> bool:
        """Say whether the pipeline is known to have recorded the query."""
        return self.view.accepted_at is not None

    @property
    def waits_for_answer(self) -> bool:
        """Say whether a message has left and nothing came back."""
        return self.ask is not None and self.times_asked > 0

    @property
    def was_asked_in_vain(self) -> bool:
        """Say whether the message and all its repeats have left."""
        return self.times_asked > timing.REPEATS

    def due(self, link_is_open: bool) -> float | None:
        """Say at which tick it has something to do; without a link only the deadline counts."""
        if self.has_ended:
            return None
        if not link_is_open:
            return self.deadline_at
        return timing.earliest(self.deadline_at, self.ask_at, self.silence_at)

    def start_asking(self, ask: Ask, now: Moment) -> None:
        """Put a message at the head of the queue, with all its repeats before it."""
        self.ask, self.ask_at, self.times_asked = ask, now.ticks, 0

    def asked(self, now: Moment) -> None:
        """Note that the message has left, and until when an answer may take."""
        self.was_run = self.was_run or self.ask == "run"
        self.times_asked += 1
        self.ask_at = now.ticks + timing.ANSWER_WITHIN

    def answered(self) -> None:
        """Note that nothing needs repeating."""
        self.ask = self.ask_at = None

    def ask_later(self, now: Moment, draw: float) -> None:
        """Repeat the same message after a refusal that says "not now"."""
        self.refusals += 1
        self.times_asked = 0
        self.ask_at = now.ticks + timing.retry_delay(self.refusals, draw)

    def ask_where_it_stands(self, now: Moment) -> None:
        """Ask over a new connection, or at the deadline: `run` again where nobody is known to have it."""
        if self.view.phase == "cancelling":
            self.start_asking("cancel", now)
        elif self.was_accepted or self.values is None:
            self.start_asking("resume", now)
        else:
            self.start_asking("run", now)

    def restart_silence(self, now: Moment) -> None:
        """Let the time of silence begin: once per connection, because each connection may lose a notice."""
        if self.was_accepted:
            self.silence_at = now.ticks + timing.silence_limit(self.pace.usual_seconds)

    def accepted(self, message: Accepted, now: Moment) -> None:
        """Note that the pipeline has the query, and when it must have ended."""
        first = not self.was_accepted
        self.view = replace(
            self.view,
            phase="running" if self.view.phase == "sending" else self.view.phase,
            pressed_at=self.view.pressed_at if self.view.asked_here else min(message.submitted_at, now.wall),
            accepted_at=self.view.accepted_at or now.wall,
            deadline=message.deadline,
            statement_id=message.statement_id or self.view.statement_id,
            outcome=None,
        )
        if first:
            self.deadline_at = now.ticks + self._seconds_left(message, now) + timing.AFTER_DEADLINE
            self.restart_silence(now)
        elif self.deadline_at is None:
            # Asked at the deadline: this may be an answer of before, which was late.
            self.deadline_at = now.ticks + timing.LATE_AGAIN

    def ended(self, outcome: Outcome | Error, now: Moment) -> None:
        """Take the outcome. The first one stays: nothing calls this for a query that has ended."""
        statement_id = None if isinstance(outcome, Error) else outcome.statement_id
        self.view = replace(
            self.view,
            phase=_PHASES[type(outcome)],
            outcome=outcome,
            statement_id=statement_id or self.view.statement_id,
            ended_at=now.wall,
        )
        self.answered()

    def unknown(self, now: Moment) -> None:
        """Take "no such query". One pressed elsewhere may not be recorded yet: it must be said again 5 s later."""
        if self.unknown_since is None:
            self.unknown_since = now.ticks
        ask_again_at = self.unknown_since + timing.UNKNOWN_FOR
        if self.was_accepted or self.values is not None or now.ticks >= ask_again_at:
            self.forgotten(now)
        else:
            self.ask_where_it_stands(now)
            self.ask_at = ask_again_at

    def forgotten(self, now: Moment) -> None:
        """Note that the pipeline has no such query (any more)."""
        self.view = replace(self.view, phase="unknown", outcome=None, ended_at=now.wall)
        self.answered()

    def given_up(self, now: Moment) -> None:
        """End a query that nobody accepted in time: by the last refusal, or because nobody answered."""
        if self.view.phase == "cancelling":
            self.cancelled_here(now)
        elif isinstance(self.view.outcome, Error):
            self.ended(self.view.outcome, now)
        else:
            self.ended(self._not_started(), now)

    def cancelled_here(self, now: Moment) -> None:
        """End a query of which the pipeline knows nothing; should it accept it after all, it is told again."""
        self.cancel_again = self.was_run
        self.ended(Cancelled(self.view.query_id, self.view.topic_name, None, "user"), now)

    def _seconds_left(self, message: Accepted, now: Moment) -> float:
        """Count the whole span for a query pressed here, so that two clocks that differ do no harm."""
        span = (message.deadline - message.submitted_at).total_seconds()
        if self.values is not None:
            return span
        return min(span, max(0.0, (message.deadline - now.wall).total_seconds()))

    def _not_started(self) -> Failed:
        return Failed(
            self.view.query_id, self.view.topic_name, None, "not_started", _NO_ANSWER, retryable=True
        )
