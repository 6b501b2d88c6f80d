"""How each query went on each page: when it was accepted, asked about, put off, over; and when a page was connected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, NamedTuple

from pipeline.core.instants import parse_instant
from tests.fakes.others import START
from tests.simulation.facts import Heard, Left, LinkShowed, Sent, Showed
from tests.simulation.messages import ids_in, parsed, told
from tests.simulation.moves import OUTCOMES, SHOWN_ENDS
from tests.simulation.trial import Trial


class Span(NamedTuple):
    """While a page was connected, in seconds since the beginning."""

    start: float
    end: float


class Connected(NamedTuple):
    """While a page was connected, and when a `resume` of it was put off, of whichever query."""

    spans: list[Span]
    refused: list[float]

    def around(self, instant: float) -> Span | None:
        """Find the span in which an instant lies."""
        return next((span for span in self.spans if span.start <= instant < span.end), None)


@dataclass(slots=True)
class Course:
    """One query on one page, until it is over there; one that is taken up again begins another course.

    Instants are seconds since the beginning, `inf` for what never came. `deadline` is the pipeline's. `told_at`: an
    outcome was heard; `unknown_at`: there is no such query; `kept_at`: the page went back from cancelling.
    `accepted_late`: with the deadlines, after the page had ended the query by its own guess.
    """

    who: str
    query_id: str
    accepted_at: float = inf
    deadline: float = inf
    cancelling_at: float = inf
    kept_at: float = inf
    told_at: float = inf
    unknown_at: float = inf
    over_at: float = inf
    over_as: str = ""
    refused_for_good: bool = False
    times_run: int = 0
    last_run_at: float = inf
    taken_up_at: float = inf
    taken_up_as: str = ""
    asked: list[float] = field(default_factory=list)
    cancelled: list[float] = field(default_factory=list)
    put_off: list[float] = field(default_factory=list)
    accepted_late: list[tuple[float, float]] = field(default_factory=list)


def courses(trial: Trial) -> list[Course]:
    """Follow every query on every page that shows it."""
    all_of: dict[tuple[str, str], list[Course]] = {}
    shown: set[tuple[str, str]] = set()

    def course(who: str, query_id: str) -> Course:
        return all_of.setdefault((who, query_id), [Course(who, query_id)])[-1]

    for fact in trial.in_order(Sent, Heard, Showed):
        match fact:
            case Sent():
                for query_id in ids_in(fact.text):
                    _sent(course(fact.who, query_id), fact)
            case Heard():
                for one in told(fact.message):
                    key = (fact.who, str(one.get("queryId")))
                    _heard(course(*key), one, fact.at, is_shown=key in shown)
            case Showed():
                key = (fact.who, fact.query_id)
                shown.add(key)
                if fact.before in SHOWN_ENDS and fact.phase not in SHOWN_ENDS:
                    all_of[key].append(_taken_up_again(course(*key), fact))
                _showed(course(*key), fact)
    return [one for key in shown for one in all_of[key]]


def connected(trial: Trial) -> Mapping[str, Connected]:
    """Give for each page when it showed that it is live."""
    pages: dict[str, Connected] = defaultdict(lambda: Connected([], []))
    since: dict[str, float] = {}
    for fact in trial.in_order(LinkShowed, Left, Heard):
        match fact:
            case Heard():
                if fact.message is not None and _puts_off_a_resume(fact.message):
                    pages[fact.who].refused.append(fact.at)
                continue
            case LinkShowed() | Left() if fact.who in since:
                pages[fact.who].spans.append(Span(since.pop(fact.who), fact.at))
        if type(fact) is LinkShowed and fact.state == "live":
            since[fact.who] = fact.at
    return pages


def _sent(course: Course, fact: Sent) -> None:
    action = parsed(fact.text).get("action")
    course.asked.append(fact.at)
    if action == "run":
        course.last_run_at = fact.at
        course.times_run += 1
    if action == "cancel":
        course.cancelled.append(fact.at)


def _heard(course: Course, message: Mapping[str, Any], at: float, *, is_shown: bool) -> None:
    if message["type"] in OUTCOMES:
        course.told_at = min(course.told_at, at)
    elif message["type"] == "unknown" or message.get("code") == "not_found":
        course.unknown_at = min(course.unknown_at, at)
    elif message["type"] == "accepted" and is_shown:
        deadline = (parse_instant(message["deadline"]) - START).total_seconds()
        if course.over_at < inf:
            course.accepted_late.append((at, deadline))
        elif course.accepted_at == inf:
            course.accepted_at, course.deadline = at, deadline
    elif message["type"] == "error" and message.get("action") == "run":
        if _is_not_now(message):
            course.put_off.append(at)
        else:
            course.refused_for_good = True


def _taken_up_again(course: Course, fact: Showed) -> Course:
    course.taken_up_at, course.taken_up_as = fact.at, fact.phase
    again = Course(course.who, course.query_id, last_run_at=course.last_run_at)
    if course.accepted_late:
        again.accepted_at, again.deadline = course.accepted_late[-1]
    return again


def _showed(course: Course, fact: Showed) -> None:
    if fact.phase == "cancelling":
        course.cancelling_at = min(course.cancelling_at, fact.at)
    elif fact.before == "cancelling" and fact.phase not in SHOWN_ENDS:
        course.kept_at = min(course.kept_at, fact.at)
    elif fact.phase in SHOWN_ENDS and course.over_at == inf:
        course.over_at, course.over_as = fact.at, fact.phase


def _puts_off_a_resume(message: Mapping[str, Any]) -> bool:
    """The gateway's own failure says not which message failed."""
    return "type" not in message or (_is_not_now(message) and message.get("action") == "resume")


def _is_not_now(message: Mapping[str, Any]) -> bool:
    return bool(message.get("type") == "error" and message.get("retryable"))
