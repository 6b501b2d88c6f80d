"""What a page does where nothing comes, or "not now", or too late: it asks in time, and stops what it gave up."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from tests.simulation.courses import Connected, Course, Span, connected, courses
from tests.simulation.messages import PACE
from tests.simulation.trial import Trial
from tests.simulation.violations import Violation

# As docs/promises.md says it, in seconds: the client's own numbers are judged by these.
_SILENT = max(10.0, 3 * PACE.usual_seconds)
_AFTER_DEADLINE = 1.0
_LONGEST_PAUSE = 30.0
_ANSWER_WITHIN = 10.0
_A_MOMENT = 0.1
# No submit records a query later than that.
_RECORDED_WITHIN = 40.0
# Instants on the wire have milliseconds.
_ROUNDED = 0.001


def a_page_waits_as_it_promises(trial: Trial) -> Iterator[Violation]:
    """Hold each query on each page against the six promises below."""
    live = connected(trial)
    for course in courses(trial):
        page = live[course.who]
        yield from _asks_after_a_silence(course, page)
        yield from _asks_at_the_deadline(course, page)
        yield from _tries_again_after_not_now(course, page)
        yield from _cancels_again_when_back(course, page)
        yield from _takes_up_what_it_gave_up(course)
        yield from _looks_once_more(course, page)


def _asks_after_a_silence(course: Course, page: Connected) -> Iterator[Violation]:
    """Unasked. Three times the usual after it was accepted, and as long after each new connection."""
    for start, end in _silences(course, page.spans):
        is_put_off = any(start < at <= end for at in [*page.refused, *course.put_off])
        if not is_put_off and not _asked(course, start + _ROUNDED, end):
            yield Violation("unasked", course.query_id, f"{course.who} was silent from {start:.1f} s on")


def _asks_at_the_deadline(course: Course, page: Connected) -> Iterator[Violation]:
    """Unasked. A moment after the deadline, and again and again: that it runs was said before, and came late."""
    due = max(course.deadline, course.accepted_at) + _AFTER_DEADLINE + _A_MOMENT
    span = page.around(due) if due < course.over_at else None
    if span is None:
        return
    if not _asked(course, course.deadline - _ROUNDED, due):
        detail = f"{course.who} did not ask at its deadline, {course.deadline:.1f} s"
        yield Violation("unasked", course.query_id, detail)
    until = due + _LONGEST_PAUSE + _ANSWER_WITHIN
    if until < min(span.end, course.over_at) and not _asked(course, due, until):
        detail = f"{course.who} did not ask again after its deadline, {course.deadline:.1f} s"
        yield Violation("unasked", course.query_id, detail)


def _tries_again_after_not_now(course: Course, page: Connected) -> Iterator[Violation]:
    """Unrepeated. After half a minute at most, until it is answered or over."""
    nothing_more = min(course.accepted_at, course.cancelling_at, course.over_at)
    for put_off in course.put_off:
        until = put_off + _LONGEST_PAUSE + _A_MOMENT
        span = page.around(put_off)
        stays = span is not None and until < min(span.end, nothing_more)
        is_put_off_again = any(put_off < at <= until for at in course.put_off)
        if stays and not is_put_off_again and not _asked(course, put_off, until):
            detail = f'{course.who} was told "not now" at {put_off:.1f} s'
            yield Violation("unrepeated", course.query_id, detail)


def _cancels_again_when_back(course: Course, page: Connected) -> Iterator[Violation]:
    """Unrepeated. What was to be cancelled when the connection broke is cancelled over the next one."""
    for span in page.spans:
        is_cancelling = course.cancelling_at < span.start < course.over_at
        if is_cancelling and not course.kept_at < span.start and span.start not in course.cancelled:
            detail = f"{course.who} was back at {span.start:.1f} s, and did not cancel it"
            yield Violation("unrepeated", course.query_id, detail)


def _takes_up_what_it_gave_up(course: Course) -> Iterator[Violation]:
    """Lost, or runaway. What is accepted after its page had ended it is followed again, or stopped if cancelled."""
    for at, _ in course.accepted_late:
        if at < min(course.told_at, course.taken_up_at):
            detail = f"{course.who} heard that it runs, and shows {course.over_as}"
            yield Violation("lost", course.query_id, detail)
    if course.over_as == "cancelled" and course.taken_up_as == "running":
        yield Violation("runaway", course.query_id, f"{course.who} heard of it too late, and let it run")


def _looks_once_more(course: Course, page: Connected) -> Iterator[Violation]:
    """Unasked. What a page ended by its own guess is looked for, or cancelled, when no submit can be under way."""
    since = course.last_run_at if course.last_run_at < inf else course.unknown_at
    was_answered = course.refused_for_good and course.times_run == 1
    is_guess = course.over_at < course.told_at and not was_answered and course.accepted_at == inf
    if not is_guess or since == inf:
        return
    due = max(since + _RECORDED_WITHIN, course.over_at)
    span = next((span for span in page.spans if span.end > due), None)
    until = max(due, span.start) + _A_MOMENT if span else inf
    stays = span is not None and until < min(span.end, course.told_at, course.taken_up_at)
    looks = course.cancelled if course.over_as == "cancelled" else course.asked
    if stays and not any(since + _RECORDED_WITHIN <= at <= until for at in looks):
        yield Violation("unasked", course.query_id, f"{course.who} did not look for it again")


def _silences(course: Course, spans: list[Span]) -> Iterator[Span]:
    """Find the silences that lasted long enough to be asked about: in them the page was connected all the time."""
    if course.accepted_at == inf:
        return
    for span in spans:
        start = max(span.start, course.accepted_at)
        until = start + _SILENT + _A_MOMENT
        if until < min(span.end, course.over_at, course.cancelling_at):
            yield Span(start, until)


def _asked(course: Course, earliest: float, latest: float) -> bool:
    return any(earliest <= at <= latest for at in course.asked)
