"""Reads the form: from the session's values, so that a press means what the fields hold at that moment.

A button's arguments would be those of the last drawing, which may be older than the last click.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.comparing import NO_PERIOD_BEFORE, SAME_DAYS, previous_days
from dashboard.periods import Days, PeriodFields, days_of
from dashboard.questions import END, START, Question, days_asked, has_period, other_parameters, usual_days
from dashboard.state import COMPARE, COMPARE_DAYS, CUSTOM, FEW_DAYS, KIND, MONTH, QUARTER, field_key, held
from pipeline.core.errors import Refusal
from pipeline.core.parameters import canonical
from pipeline.core.reports import Parameter, Report

_HALF = "Choose the last day too."
_HALF_COMPARED = "Choose the last day to compare with too."
# Beyond it a browser holds another whole number than the one that was written.
_LARGEST_EXACT = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Reading:
    """The question that the form holds, and a sentence for each thing that is missing from it.

    `compared` are the days to compare with; `remark` says why there are none although some were wanted.
    """

    question: Question
    missing: tuple[str, ...]
    compared: Days | None = None
    remark: str | None = None


def read_form(report: Report) -> Reading:
    """Read every field of a report's form; one that was never drawn has its default."""
    values: dict[str, str] = {}
    missing: list[str] = []
    if has_period(report):
        _read_period(report, values, missing)
    for parameter in other_parameters(report):
        _read_field(report, parameter, values, missing)
    question = Question(report.topic_name, values)
    if missing or not has_period(report) or report.maximum_days is not None:
        return Reading(question, tuple(missing))
    return _with_comparison(question)


def _with_comparison(question: Question) -> Reading:
    """Add what the form says of a comparison to a question that is complete."""
    kind, asked = held(COMPARE, "Nothing"), days_asked(question)
    if kind == "Nothing" or asked is None:
        return Reading(question, ())
    if kind == "Previous period":
        before = previous_days(asked)
        return Reading(question, (), before, None if before else NO_PERIOD_BEFORE)
    days = days_of(PeriodFields("Custom", custom=tuple(held(COMPARE_DAYS, ()))))
    if days == asked:
        return Reading(question, (), None, SAME_DAYS)
    return Reading(question, () if days else (_HALF_COMPARED,), days)


def days_chosen(report: Report) -> Days | None:
    """Give the days that the form holds; None while one of them is missing."""
    return days_of(_period_fields(report))


def _read_period(report: Report, values: dict[str, str], missing: list[str]) -> None:
    days = days_chosen(report)
    if days is None:
        missing.append(_HALF)
        return
    values |= {START: days.start.isoformat(), END: days.end.isoformat()}
    if report.maximum_days is not None and days.count > report.maximum_days:
        missing.append(f"Choose at most {report.maximum_days} days: these are {days.count}.")


def _period_fields(report: Report) -> PeriodFields:
    usual = PeriodFields()
    if report.maximum_days is not None:
        return PeriodFields("Custom", custom=tuple(held(FEW_DAYS, usual_days(report))))
    return PeriodFields(
        kind=held(KIND, usual.kind),
        month=held(MONTH, usual.month),
        quarter=held(QUARTER, usual.quarter),
        custom=tuple(held(CUSTOM, usual.custom)),
    )


def problem_of(parameter: Parameter, value: Any) -> str | None:
    """Say why what a field holds cannot be asked for; None where it can."""
    if isinstance(value, float) and abs(value) > _LARGEST_EXACT:
        low, high = parameter.minimum or f"-{_LARGEST_EXACT}", parameter.maximum or f"{_LARGEST_EXACT}"
        return f"{parameter.label} must be between {low} and {high}."
    try:
        canonical(parameter, _travelling(value))
    except Refusal as refusal:
        return refusal.message.replace(parameter.name, parameter.label)
    return None


def _read_field(report: Report, parameter: Parameter, values: dict[str, str], missing: list[str]) -> None:
    value = held(field_key(report, parameter), parameter.default)
    if problem := problem_of(parameter, value):
        missing.append(problem)
    else:
        values[parameter.name] = canonical(parameter, _travelling(value))


def _travelling(value: Any) -> Any:
    """Give a value as it is sent; a field of whole numbers holds them as floats."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value
