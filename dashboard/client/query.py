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

    Its end is `settled` once the pipeline told an outcome. Until then it is the page's own guess (nobody answered in
    time, the submit was refused, it was cancelled before anybody knew of it, there is no such query), and gives way
    to whatever the pipeline says of the query afterwards. Where a submit may still be under way, the query is looked
    for, or cancelled, once more when none can be.

    `ask` is the message that it has to send at `ask_at`, or has sent `times_asked` times without an answer (then
    `ask_at` is when that has lasted too long). `values` are the parameters as they are sent, and `pressed_ticks`
    when they were: None for a query that was pressed elsewhere, which this session never runs.
    """

    view: QueryView
    pace: Pace
    values: Mapping[str, Any] | None
    ask: Ask | None = None
    ask_at: float | None = None
    times_asked: int = 0
    refusals: int = 0
    pressed_ticks: float | None = None
    last_run_at: float | None = None
    times_run: int = 0
    late_asks: int = 0
    ends_at: float | None = None
    wants_cancel: bool = False
    settled: bool = False
    silence_at: float | None = None
    deadline_at: float | None = None
    unknown_since: float | None = None

    @property
    def has_ended(self) -> bool:
        """Say whether nothing more is expected."""
        return self.view.ended_at is not None

    @property
    def is_followed(self) -> bool:
        """Say whether there is anything left to wait for, or to ask."""
        return not self.has_ended or self.ask is not None

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
        if not link_is_open:
            return self.deadline_at
        return timing.earliest(self.deadline_at, self.ask_at, self.silence_at)

    def start_asking(self, ask: Ask, now: Moment) -> None:
        """Put a message at the head of the queue, with all its repeats before it."""
        self.ask, self.ask_at, self.times_asked, self.refusals = ask, now.ticks, 0, 0

    def asked(self, now: Moment) -> None:
        """Note that the message has left, and until when an answer may take."""
        if self.ask == "run":
            self.last_run_at = now.ticks
            self.times_run += 1
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
        elif self.has_ended:
            self.ask_at = now.ticks if self.waits_for_answer else self.ask_at
            self.times_asked = 0
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
        self.unknown_since = None
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
            self.deadline_at = self.ends_at = (
                now.ticks + self._seconds_left(message, now) + timing.AFTER_DEADLINE
            )
            self.restart_silence(now)
        elif self.deadline_at is None:
            # Asked at the deadline: this may be an answer of before, which was late, or our clock is wrong.
            self.deadline_at = now.ticks + timing.late_delay(self.late_asks)
            self.late_asks += 1

    def told(self, outcome: Outcome, now: Moment) -> None:
        """Take the outcome that the pipeline has recorded. The first one stays: nothing else may follow."""
        self.settled = True
        self.ended(outcome, now)

    def ended(self, outcome: Outcome | Error, now: Moment) -> None:
        """Show how it ended, as far as is known here."""
        statement_id = None if isinstance(outcome, Error) else outcome.statement_id
        self.view = replace(
            self.view,
            phase=_PHASES[type(outcome)],
            outcome=outcome,
            statement_id=statement_id or self.view.statement_id,
            ended_at=now.wall,
        )
        self._nothing_is_due()

    def taken_up_again(self, now: Moment) -> None:
        """Follow a query that had ended here, and which the pipeline has nevertheless; unwanted, it is stopped."""
        phase: Phase = "cancelling" if self.wants_cancel else "sending"
        self.view = replace(self.view, phase=phase, outcome=None, ended_at=None)
        self.answered()
        self.deadline_at = self.ends_at
        self.restart_silence(now)
        if self.wants_cancel:
            self.start_asking("cancel", now)

    def unknown(self, now: Moment) -> None:
        """Take "no such query". It must be said again before it is believed.

        It may be older than what was heard since: then it is asked again at once. And a query that was pressed
        elsewhere may not be recorded yet: then 5 s later.
        """
        if self.has_ended:
            if self.waits_for_answer:  # else an answer of before, and the look is still to come
                self.answered()
            return
        is_new = self.unknown_since is None
        since = self.unknown_since = now.ticks if self.unknown_since is None else self.unknown_since
        believed_at = since + (0.0 if self.was_accepted else timing.UNKNOWN_FOR)
        if is_new or now.ticks < believed_at:
            self.ask_where_it_stands(now)
            self.ask_at = believed_at
        else:
            self.forgotten(now)
            self._look_again(since, now)

    def forgotten(self, now: Moment) -> None:
        """Note that the pipeline has no such query (any more)."""
        self.view = replace(self.view, phase="unknown", outcome=None, ended_at=now.wall)
        self._nothing_is_due()

    def refused(self, error: Error, now: Moment) -> None:
        """End a query whose submit was refused for good; an earlier one may still be under way."""
        self.ended(error, now)
        if self.times_run > 1:
            self._look_again(self.last_run_at, now)

    def given_up(self, now: Moment) -> None:
        """End a query that nobody accepted in time: by the last refusal, or because nobody answered."""
        if self.view.phase == "cancelling":
            self.cancelled_here(now)
            return
        refused = self.view.outcome if isinstance(self.view.outcome, Error) else None
        self.ended(refused or self._not_started(), now)
        self._look_again(self.last_run_at, now)

    def cancelled_here(self, now: Moment) -> None:
        """End a query of which the pipeline knows nothing; should it accept it after all, it is stopped then."""
        self.ended(Cancelled(self.view.query_id, self.view.topic_name, None, "user"), now)
        self._look_again(self.last_run_at, now)

    def _look_again(self, since: float | None, now: Moment) -> None:
        """Ask once more about a query that has ended here, when no submit of it can be under way any more."""
        if since is not None:
            self.start_asking("cancel" if self.wants_cancel else "resume", now)
            self.ask_at = since + timing.RECORDED_WITHIN

    def _seconds_left(self, message: Accepted, now: Moment) -> float:
        """Go by the two clocks, but as far only as they can be right.

        Nothing has more than its whole span left, and what was pressed here was not submitted before.
        """
        span = (message.deadline - message.submitted_at).total_seconds()
        by_clocks = (message.deadline - now.wall).total_seconds()
        at_least = 0.0 if self.pressed_ticks is None else span - (now.ticks - self.pressed_ticks)
        return min(span, max(by_clocks, at_least, 0.0))

    def _nothing_is_due(self) -> None:
        self.answered()
        self.silence_at = self.deadline_at = None

    def _not_started(self) -> Failed:
        return Failed(
            self.view.query_id, self.view.topic_name, None, "not_started", _NO_ANSWER, retryable=True
        )
