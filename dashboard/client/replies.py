"""What each message of the pipeline does to the queries of a session.

The first outcome that the pipeline tells of a query counts; repeats and unknown messages are ignored; an outcome that
comes before its query is registered here is kept for it. How a query ended by this page's own guess counts until the
pipeline says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace

from dashboard.client.book import QueryBook
from dashboard.client.events import Effect, Moment, Wake
from dashboard.client.query import Ask, Query
from pipeline.core.messages import (
    Accepted,
    Cancelled,
    Error,
    Failed,
    Finished,
    Outcome,
    Resumed,
    ServerMessage,
    Unknown,
    parse_server_message,
)


class Replies:
    """Applies what the pipeline says to the book. `draw` gives numbers in [0, 1)."""

    def __init__(self, book: QueryBook, draw: Callable[[], float]) -> None:
        self._book = book
        self._draw = draw

    def received(self, text: str, now: Moment) -> list[Effect]:
        """Take a text frame."""
        message = parse_server_message(text)
        if message is not None:
            return self._take(message, now)
        if _is_failure_of_the_gateway(text):
            self._repeat_unanswered(now)
        return []

    def _take(self, message: ServerMessage, now: Moment) -> list[Effect]:
        match message:
            case Accepted():
                return self._accepted(message, now, answers={"run"})
            case Finished() | Failed() | Cancelled():
                return self._ended(message, now)
            case Unknown():
                return self._unknown(message, now)
            case Resumed():
                return self._resumed(message, now)
            case Error():
                return self._error(message, now)
            case _:
                return []

    def _accepted(self, message: Accepted, now: Moment, answers: Collection[Ask]) -> list[Effect]:
        query = self._book.find(message.query_id)
        if query is None or query.settled:
            return []
        had_ended, shows_refusal = query.has_ended, query.view.outcome is not None
        clock_was_unknown = not query.view.asked_here and not query.was_accepted
        if had_ended:
            self._book.take_up_again(query, now)
        query.accepted(message, now)
        if query.ask in answers:
            query.answered()
        return [Wake()] if had_ended or shows_refusal or clock_was_unknown else []

    def _ended(self, outcome: Outcome, now: Moment) -> list[Effect]:
        query = self._book.find(outcome.query_id)
        if query is None:
            self._book.keep_early(outcome)
            return []
        if query.settled:
            return []
        query.told(outcome, now)
        return [Wake()]

    def _unknown(self, message: Unknown, now: Moment) -> list[Effect]:
        query = self._book.find(message.query_id)
        return [] if query is None or not query.is_followed else _is_unknown(query, now)

    def _resumed(self, message: Resumed, now: Moment) -> list[Effect]:
        effects: list[Effect] = []
        for standing in message.queries:
            if isinstance(standing, Accepted):
                effects += self._accepted(standing, now, answers={"run", "resume"})
                self._run_again(standing, now)
            else:
                effects += self._take(standing, now)
        return effects

    def _run_again(self, standing: Accepted, now: Moment) -> None:
        """Complete a submit that stopped half way: recorded, but no statement known. It never runs twice."""
        query = self._book.find(standing.query_id)
        if (
            standing.statement_id is None
            and query
            and query.view.phase == "running"
            and query.values is not None
        ):
            query.start_asking("run", now)

    def _error(self, error: Error, now: Moment) -> list[Effect]:
        if error.action == "resume":
            self._resume_refused(error, now)
            return []
        query = self._book.find(error.query_id)
        if query is None or not query.is_followed:
            return []
        if query.has_ended:
            self._look_refused(query, error, now)
            return []
        return self._refused(query, error, now)

    def _refused(self, query: Query, error: Error, now: Moment) -> list[Effect]:
        if error.action == "run" and not query.was_accepted:
            return self._run_refused(query, error, now)
        if error.action == "run" and query.ask == "run" and error.retryable:
            query.ask_later(now, self._draw())  # it completes a submit that broke off
            return []
        if error.action == "cancel" and query.ask == "cancel":
            return self._cancel_refused(query, error, now)
        return []

    def _look_refused(self, query: Query, error: Error, now: Moment) -> None:
        """Take the answer to the last cancel of a query that has ended here: it is not there, as was thought."""
        if error.action == "cancel" and query.ask == "cancel" and query.waits_for_answer:
            self._put_off_or_end(query, error, now)

    def _run_refused(self, query: Query, error: Error, now: Moment) -> list[Effect]:
        if not error.retryable:
            query.refused(error, now)
            return [Wake()]
        if query.ask != "run":
            return []
        shown = query.view.outcome
        query.view = replace(query.view, outcome=error)
        query.ask_later(now, self._draw())
        return [] if isinstance(shown, Error) and shown.code == error.code else [Wake()]

    def _cancel_refused(self, query: Query, error: Error, now: Moment) -> list[Effect]:
        if error.retryable:
            query.ask_later(now, self._draw())
            return []
        if error.code != "not_found":
            query.answered()
            query.wants_cancel = False
            query.view = replace(query.view, phase="running" if query.was_accepted else "sending")
            if not query.was_accepted:
                query.ask_where_it_stands(now)
        elif query.was_accepted or query.values is None:
            return _is_unknown(query, now)
        else:
            query.cancelled_here(now)
        return [Wake()]

    def _resume_refused(self, error: Error, now: Moment) -> None:
        for query in self._book.pending():
            if query.ask == "resume" and query.waits_for_answer:
                self._put_off_or_end(query, error, now)

    def _put_off_or_end(self, query: Query, error: Error, now: Moment) -> None:
        if error.retryable:
            query.ask_later(now, self._draw())
        else:
            query.answered()

    def _repeat_unanswered(self, now: Moment) -> None:
        for query in self._book.pending():
            if query.waits_for_answer:
                query.ask_later(now, self._draw())


def _is_unknown(query: Query, now: Moment) -> list[Effect]:
    had_ended = query.has_ended
    query.unknown(now)
    return [Wake()] if query.has_ended and not had_ended else []


def _is_failure_of_the_gateway(text: str) -> bool:
    """Recognise API Gateway's own answer to a message whose handler failed: it names no query.

    AWS: API Gateway, WebSocket APIs: `{"message": "Internal server error", "connectionId": …, "requestId": …}`.
    """
    try:
        content = json.loads(text)
    except ValueError:
        return False
    return isinstance(content, dict) and "type" not in content and {"message", "requestId"} <= set(content)
