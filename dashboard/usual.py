"""How long a question usually takes: by one's own runs of the last day, else as its report declares. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboard.client.events import Pace
from dashboard.client.model import HistoryItem, QueryView
from dashboard.client.timing import silence_limit
from dashboard.formats import durations_text
from dashboard.history import question_of
from dashboard.questions import Question, days_asked
from pipeline.core.reports import Report

_ENOUGH_RUNS = 3
_ALIKE = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """A question that was answered, and after how many seconds."""

    question: Question
    seconds: float


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual time in words, empty where it is not known, and after how many seconds it is longer than that."""

    text: str
    slow_after_seconds: float


def runs_of(items: Iterable[HistoryItem], queries: Iterable[QueryView]) -> list[Run]:
    """Give one's runs of the last day, and those of this page that the list does not know yet.

    The time of a run is the pipeline's own, or, where it is only known here, this machine's: never a difference of two
    clocks.
    """
    listed = {
        item.query_id: Run(question_of(item), (item.finished_at - item.submitted_at).total_seconds())
        for item in items
        if item.state == "finished" and item.finished_at is not None
    }
    return [*listed.values(), *(run for query_id, run in _runs_here(queries) if query_id not in listed)]


def usual(report: Report | None, question: Question, runs: Iterable[Run]) -> Usual:
    """Say how long such a question takes: by the runs over about as many days, where there are enough.

    `report` is None where the catalogue does not have it (any more).
    """
    if report is None:
        return Usual("", silence_limit(Pace().usual_seconds))
    seconds = sorted(run.seconds for run in runs if _is_alike(run.question, question))
    declared = silence_limit(report.usual_seconds)  # then the client asks where the query stands
    if len(seconds) < _ENOUGH_RUNS:
        return Usual(f"Usually {report.usual_seconds} s.", declared)
    span = durations_text(seconds[0], seconds[-1])
    return Usual(f"Usually {span}: your last {len(seconds)} like this.", max(declared, seconds[-1]))


def _runs_here(queries: Iterable[QueryView]) -> Iterator[tuple[str, Run]]:
    for query in queries:
        if query.phase == "finished" and query.asked_here and query.ended_at is not None:
            seconds = (query.ended_at - query.pressed_at).total_seconds()
            yield query.query_id, Run(Question(query.topic_name, query.parameters), seconds)


def _is_alike(past: Question, wanted: Question) -> bool:
    if past.topic_name != wanted.topic_name:
        return False
    days, wanted_days = days_asked(past), days_asked(wanted)
    if days is None or wanted_days is None:
        return days is wanted_days
    return wanted_days.count / _ALIKE <= days.count <= wanted_days.count * _ALIKE
