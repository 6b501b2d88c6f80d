"""A question as the query part of an address, and back. Pure; opening a link runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.comparing import NO_PERIOD_BEFORE, Comparison, previous_days
from dashboard.periods import FIRST_DAY, LAST_DAY, Days
from dashboard.questions import END, START, Question, day_of, days_asked, default_question
from pipeline.core.errors import Refusal, shown
from pipeline.core.identifiers import is_query_id
from pipeline.core.parameters import canonical, validate_parameters
from pipeline.core.reports import Parameter, Report

TOPIC = "topicName"
QUERY_ID = "queryId"
COMPARE = "compare"
COMPARE_ID = "compareId"
PREVIOUS = "previous"
_TO = ".."


@dataclass(frozen=True, slots=True)
class Link:
    """What an address says: a question that can be asked, and a sentence for each thing that it got wrong.

    `question` is None where the address names no known report. `query_id` is an answer to open, if it is ours;
    `compared` are the days to compare with, and `compared_id` is their answer.
    """

    question: Question | None
    query_id: str | None
    complaints: tuple[str, ...]
    compared: Days | None = None
    compared_id: str | None = None


def write_link(
    question: Question, query_id: str | None = None, comparison: Comparison | None = None
) -> dict[str, str]:
    """Give the query parameters of a question, and with a `query_id` those of its answer."""
    written = {TOPIC: question.topic_name, **question.parameters}
    if comparison is not None:
        written[COMPARE] = f"{comparison.days.start.isoformat()}{_TO}{comparison.days.end.isoformat()}"
    if query_id is None:
        return written
    ids = {QUERY_ID: query_id} | ({COMPARE_ID: comparison.query_id} if comparison else {})
    return written | ids


def question_link(page_url: str, question: Question, comparison: Comparison | None = None) -> str:
    """Give the address of a question: it fills the form and runs nothing, and holds no answer and no id."""
    return _address(page_url, write_link(question, comparison=comparison))


def answer_link(
    page_url: str, question: Question, query_id: str, comparison: Comparison | None = None
) -> str:
    """Give the address of an answer: while it is kept, it opens what was seen, for whoever asked and nobody else."""
    return _address(page_url, write_link(question, query_id, comparison))


def _address(page_url: str, parameters: Mapping[str, str]) -> str:
    page = page_url.partition("?")[0].rstrip("/")
    return f"{page}/?{urlencode(parameters)}"


def read_link(given: Mapping[str, str], reports: Sequence[Report], repeated: Sequence[str] = ()) -> Link:
    """Read an address. Bad values are named and replaced by the report's own defaults.

    `repeated` are the names that stand in the address more than once; `given` has the last value of each.
    """
    if not given.get(TOPIC):
        return Link(None, None, _without_report(given))
    report = next((report for report in reports if report.topic_name == given[TOPIC]), None)
    if report is None:
        gone = f"The link asks for the report {shown(given[TOPIC])}, which does not exist (any more). "
        kept = (
            " An answer of it that you have stays in My queries while it is kept."
            if QUERY_ID in given
            else ""
        )
        return Link(None, None, (f"{gone}Choose another one.{kept}",))
    question, complaints = _read_question(report, given)
    complaints = (*(_repeated(name, given[name]) for name in repeated), *complaints)
    compared, complaint = _read_comparison(question, given.get(COMPARE))
    complaints += complaint
    query_id, compared_id = given.get(QUERY_ID), given.get(COMPARE_ID) if compared else None
    ids = [one for one in (query_id, compared_id) if one is not None]
    if query_id is not None and not complaints and all(map(is_query_id, ids)):
        return Link(question, query_id, (), compared, compared_id)
    if ids and not complaints:
        complaints = ("The link names an answer that cannot exist: press Submit.",)
    return Link(question, None, complaints, compared)


def _read_comparison(question: Question, text: str | None) -> tuple[Days | None, tuple[str, ...]]:
    """Read `previous`, or two days such as `2015-05-01..2015-05-31`."""
    asked = days_asked(question)
    if text is None or asked is None:
        return None, ()
    if text == PREVIOUS:
        before = previous_days(asked)
        return before, () if before else (NO_PERIOD_BEFORE,)
    first, _, last = text.partition(_TO)
    start, end = day_of(first), day_of(last)
    if start is None or end is None or not FIRST_DAY <= start <= end <= LAST_DAY:
        return None, (f"The link's days to compare with, {shown(text)}, cannot be used: choose them again.",)
    return Days(start, end), ()


def _without_report(given: Mapping[str, str]) -> tuple[str, ...]:
    ignored = ", ".join(shown(name) for name in given if name != TOPIC)
    if not ignored:
        return ()
    return (f"The link names no report, so what else it says ({ignored}) is ignored. Choose a report here.",)


def _repeated(name: str, value: str) -> str:
    return f"The link says {shown(name)} more than once: the last value, {shown(value)}, is taken."


def _read_question(report: Report, given: Mapping[str, str]) -> tuple[Question, tuple[str, ...]]:
    values = dict(default_question(report).parameters)
    complaints = [_unknown(name) for name in given if not _is_known(report, name)]
    for parameter in report.parameters:
        if parameter.name in given:
            complaints += _take(parameter, given[parameter.name], values)
    # A day that was refused leaves the default in its place: what that makes of the range is not the link's fault.
    days_taken = all(values.get(name) == given[name] for name in (START, END) if name in given)
    complaint = _take_back_wrong_range(report, values)
    if complaint is not None and days_taken:
        complaints.append(complaint)
    return Question(report.topic_name, values), tuple(complaints)


def _is_known(report: Report, name: str) -> bool:
    return name in {TOPIC, QUERY_ID, COMPARE, COMPARE_ID} or report.parameter(name) is not None


def _unknown(name: str) -> str:
    return f"The link says something about {shown(name)}, which this report does not ask for: ignored."


def _take(parameter: Parameter, text: str, values: dict[str, str]) -> list[str]:
    if not text:
        return [f"The link's {_called(parameter)} is empty, so the form keeps its usual value."]
    try:
        values[parameter.name] = canonical(parameter, text)
    except Refusal as refusal:
        called = _called(parameter)
        rule = refusal.message.replace(parameter.name, called[:1].upper() + called[1:])
        return [f"The link's {called}, {shown(text)}, cannot be used. {rule}"]
    return []


def _called(parameter: Parameter) -> str:
    """Name a parameter as the form shows it, where both days are one field."""
    return {START: "first day", END: "last day"}.get(parameter.name, parameter.label)


def _take_back_wrong_range(report: Report, values: dict[str, str]) -> str | None:
    """Put the default days in the place of a range that runs backward or is too long; say which it was."""
    try:
        validate_parameters(report, values)
    except Refusal as refusal:
        backward = values.get(START, "") > values.get(END, "")
        defaults = default_question(report).parameters
        values.update({name: defaults[name] for name in (START, END) if name in defaults})
        if backward:
            return "The link's last day is before its first day: choose the days again."
        return f"The link's days cannot be used. {refusal.message}"
    return None
