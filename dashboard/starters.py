"""Three questions that a first visitor can start from. They fill the form and run nothing."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.questions import END, START, Question


@dataclass(frozen=True, slots=True)
class Starter:
    """A button's label and the question that it puts into the form."""

    label: str
    question: Question


def _starter(label: str, topic_name: str, start: str, end: str) -> Starter:
    return Starter(label, Question(topic_name, {START: start, END: end}))


STARTERS = (
    _starter("June, day by day", "daily-summary", "2015-06-01", "2015-06-30"),
    _starter("The January blizzard", "daily-summary", "2015-01-19", "2015-02-01"),
    _starter("Busiest hours?", "demand-hour-weekday", "2015-06-01", "2015-06-30"),
)
