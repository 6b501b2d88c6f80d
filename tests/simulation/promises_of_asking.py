"""How a page holds on to its queries: it asks, asks again, and gives up no earlier than it may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import inf
from typing import NamedTuple

from pipeline.core.messages import Error, Failed
from tests.simulation.facts import Fact, Heard, Left, LinkShowed, Opened, Sent, Showed
from tests.simulation.history import View
from tests.simulation.messages import PACE, ids_in, parsed, told
from tests.simulation.moves import (
    LINK_MOVES,
    OUTCOMES,
    PAGE_MOVES,
    SELDOM_LINK_MOVES,
    SELDOM_PAGE_MOVES,
    SHOWN_ENDS,
)
from tests.simulation.promises_of_pages import Place
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

# As docs/promises.md says it, in seconds: the client's own numbers are judged by these.
_DOUBTED = 5.0
_ANSWER_WITHIN = 10.0
_REPEATS = 3
_A_MOMENT = 0.1
_MOST_AT_ONCE = 5


class _Asked(NamedTuple):
    """When a page asked about a query, when before that, how often without an answer, and by which message."""

    at: float
    before: float
    times: int
    action: str


def a_page_asks_when_it_is_back(trial: Trial) -> Iterator[Violation]:
    """Unasked."""
    for opened in trial.of[Opened]:
        for query_id in opened.pending - opened.asked:
            yield Violation("unasked", query_id, f"{opened.who} did not ask about it")


def a_page_asks_again_before_it_gives_a_query_up(trial: Trial) -> Iterator[Violation]:
    """Lost. The record of a query may be written a moment after its page was reloaded and asked."""
    followed: dict[Place, float] = {}
    accepted = {(shown.who, shown.view.query_id) for shown in trial.history.views if shown.view.accepted_at}
    for fact in trial.of[Showed]:
        key = _place(fact)
        first = followed.setdefault(key, fact.at)
        gives_up = fact.phase == "unknown" and fact.before == "running" and key not in accepted
        if gives_up and fact.at - first < _DOUBTED:
            yield Violation("lost", fact.query_id, f"{fact.who} gave it up after {fact.at - first:.1f} s")


def a_page_gives_a_query_up_at_its_deadline(trial: Trial) -> Iterator[Violation]:
    """Impatient. "Not now" is no answer, and silence none either."""
    heard = {
        (fact.who, one["queryId"])
        for fact in trial.of[Heard]
        for one in told(fact.message)
        if one["type"] in OUTCOMES
    }
    for shown in trial.history.views:
        view = shown.view
        if view.ended_at is None or (shown.who, view.query_id) in heard or not _is_made_up(shown):
            continue
        waited = (view.ended_at - view.pressed_at).total_seconds()
        if waited < PACE.deadline_seconds - _A_MOMENT:
            yield Violation("impatient", view.query_id, f"{shown.who} gave it up after {waited:.1f} s")


def a_page_asks_until_it_is_answered(trial: Trial) -> Iterator[Violation]:
    """Unrepeated, or restless. What is left without an answer is asked again ten seconds later, and not before.

    That is for a connection that stays; where the repeats are not answered either, it is replaced. A `run` that nobody
    answers ends at its deadline. Two causes (a silence, the deadline) may fall together.
    """
    asked: dict[Place, _Asked] = {}
    pages = {fact.who for fact in trial.of[Opened]}
    for fact in trial.in_order(Sent, Heard, LinkShowed, Left, Showed):
        before = {place: asked.pop(place) for place in _no_longer_waiting(fact, asked)}
        for (who, query_id), was in before.items():
            is_repeated = was.times <= _REPEATS or was.action != "run"
            if is_repeated and fact.at - was.at > _ANSWER_WITHIN + _A_MOMENT:
                yield Violation("unrepeated", query_id, f"{who} asked at {was.at:.1f} s, and heard nothing")
            is_third = type(fact) is Sent and parsed(fact.text).get("action") == was.action
            if is_third and fact.at - was.before < _ANSWER_WITHIN - _A_MOMENT:
                detail = f"{who} asked at {was.before:.1f}, {was.at:.1f} and {fact.at:.1f} s"
                yield Violation("restless", query_id, detail)
        if type(fact) is Sent and fact.who in pages:
            action = parsed(fact.text)["action"]
            for place in [(fact.who, query_id) for query_id in ids_in(fact.text)]:
                last = before.get(place)
                if last is None or last.action != action:
                    asked[place] = _Asked(fact.at, -inf, 1, action)
                else:
                    asked[place] = _Asked(fact.at, last.at, last.times + 1, action)


def a_page_does_not_poll(trial: Trial) -> Iterator[Violation]:
    """Restless. Whatever it is answered, a page asks the same five times in ten seconds of a connection at most."""
    asked: dict[tuple[Place, str], list[float]] = defaultdict(list)
    for fact in trial.in_order(LinkShowed, Sent):
        if type(fact) is LinkShowed:
            for (place, _), times in asked.items():
                if place[0] == fact.who:
                    times.clear()
            continue
        action = str(parsed(fact.text).get("action"))
        for query_id in ids_in(fact.text):
            times = asked[(fact.who, query_id), action]
            times.append(fact.at)
            if len(times) > _MOST_AT_ONCE and fact.at - times[-1 - _MOST_AT_ONCE] < _ANSWER_WITHIN:
                yield Violation("restless", query_id, f"{fact.who} asked at {times[-1 - _MOST_AT_ONCE :]}")


def a_press_of_cancel_is_sent(trial: Trial) -> Iterator[Violation]:
    """Unrepeated. At once where the page is connected; where it is not, it is asked when it is back."""
    live: dict[str, bool] = defaultdict(bool)
    sent = {
        (fact.who, query_id, fact.at)
        for fact in trial.of[Sent]
        if parsed(fact.text).get("action") == "cancel"
        for query_id in ids_in(fact.text)
    }
    for fact in trial.in_order(LinkShowed, Showed):
        if type(fact) is LinkShowed:
            live[fact.who] = fact.state == "live"
        elif fact.phase == "cancelling" and live[fact.who] and (*_place(fact), fact.at) not in sent:
            yield Violation("unrepeated", fact.query_id, f"{fact.who} did not send that it is cancelled")


def pages_and_links_move_as_they_may(trial: Trial) -> Iterator[Violation]:
    """Astray."""
    for fact in trial.of[Showed]:
        move = f"{fact.before} -> {fact.phase}"
        if fact.before is not None and move not in PAGE_MOVES | SELDOM_PAGE_MOVES:
            yield Violation("astray", fact.query_id, f"{fact.who}: {move}")
    for fact in trial.of[LinkShowed]:
        move = f"{fact.before} -> {fact.state}"
        if move not in LINK_MOVES | SELDOM_LINK_MOVES:
            yield Violation("astray", fact.who, f"its badge: {move}")


def _place(fact: Showed) -> Place:
    return fact.who, fact.query_id


def _is_made_up(shown: View) -> bool:
    """Say whether the page ended the query by itself: nobody told it this outcome."""
    outcome = shown.view.outcome
    return isinstance(outcome, Failed) or (isinstance(outcome, Error) and outcome.retryable)


def _no_longer_waiting(fact: Fact, waiting: Mapping[Place, _Asked]) -> list[Place]:
    """Find the questions that a fact makes an end of: answered, asked again, or with nobody to ask any more."""
    match fact:
        case Sent():
            ended = {(fact.who, query_id) for query_id in ids_in(fact.text)}
        case Heard() if fact.message is not None and "type" in fact.message:
            return [
                place for place in waiting if place[0] == fact.who and _answers(fact, place, waiting[place])
            ]
        case LinkShowed(state="live"):
            return []  # what it asks as it is back, it has asked by now
        case Heard() | LinkShowed() | Left():
            ended = {place for place in waiting if place[0] == fact.who}
        case Showed() if fact.phase in SHOWN_ENDS:
            ended = {_place(fact)}
        case _:
            return []
    return [place for place in waiting if place in ended]


def _answers(fact: Heard, place: Place, asked: _Asked) -> bool:
    """Say whether a message answers a question. That a query runs is no answer to whoever wants it cancelled."""
    message = fact.message or {}
    if message.get("action") == "resume":
        return asked.action != "cancel"
    of_it = [one for one in told(message) if str(one.get("queryId")) == place[1]]
    if asked.action == "cancel":
        return any(one["type"] != "accepted" and one.get("action", "cancel") == "cancel" for one in of_it)
    return bool(of_it)
