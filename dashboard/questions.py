"""A question: a report and the values of its parameters; and how it is said in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dashboard.formats import day_text, span_text
from dashboard.periods import FIRST_DAY, Days
from pipeline.core.reports import Parameter, Report

START = "startDate"
END = "endDate"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: canonical texts by parameter name, as they travel."""

    topic_name: str
    parameters: Mapping[str, str]


def has_period(report: Report) -> bool:
    """Say whether a report asks for a range of days."""
    ends = (report.parameter(START), report.parameter(END))
    return all(end is not None and end.type == "date" for end in ends)


def other_parameters(report: Report) -> tuple[Parameter, ...]:
    """Give the parameters that the period does not answer."""
    taken = {START, END} if has_period(report) else set()
    return tuple(parameter for parameter in report.parameters if parameter.name not in taken)


def default_question(report: Report) -> Question:
    """Give the question that the declaration itself suggests."""
    defaults = {p.name: p.default for p in report.parameters if p.default is not None}
    return Question(report.topic_name, defaults)


def usual_days(report: Report) -> tuple[date, date]:
    """Give the days that a report with a period suggests: its defaults, else the first day of the year."""
    days = [day_of(parameter.default) for name in (START, END) if (parameter := report.parameter(name))]
    start, end = (day or FIRST_DAY for day in days)
    return start, end


def sentence(report: Report | None, question: Question) -> str:
    """Say a question: `Daily summary, 1–30 June 2015, Picked up in Queens`.

    Works without the report too (it may have gone): then names and values stand as they are.
    """
    title = report.title if report else question.topic_name
    return ", ".join([title, *_parts(report, question)])


def conditions(report: Report, question: Question) -> str:
    """Say what was asked without the report's name: `1–30 June 2015, Picked up in: Queens`."""
    return ", ".join(_parts(report, question))


def day_of(text: str | None) -> date | None:
    """Read a day such as `2015-06-05`; None for anything else."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def days_asked(question: Question) -> Days | None:
    """Give the range of days of a question; None where it has none."""
    start, end = day_of(question.parameters.get(START)), day_of(question.parameters.get(END))
    return Days(start, end) if start and end else None


def _parts(report: Report | None, question: Question) -> list[str]:
    values = dict(question.parameters)
    parts = []
    if days := days_asked(question):
        parts.append(span_text(days.start, days.end))
        del values[START], values[END]
    return parts + [_value_sentence(report, name, value) for name, value in values.items()]


def _value_sentence(report: Report | None, name: str, value: str) -> str:
    parameter = report.parameter(name) if report else None
    if parameter is None:
        return f"{name} {value}"
    return f"{parameter.label}: {_said(parameter, value)}"


def _said(parameter: Parameter, value: str) -> str:
    if parameter.type == "boolean":
        return "yes" if value == "true" else "no"
    if parameter.type == "date" and (day := day_of(value)):
        return day_text(day)
    labels = {choice.value: choice.label for choice in parameter.choices or ()}
    return labels.get(value, value)
