"""Asks a report a question in the stand-in's engine, and reads the answer as the pipeline would serve it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from infra.local.redshift import Engine
from infra.local.redshift.engine import Session
from infra.local.redshift.errors import Cancelled, SqlError
from infra.local.redshift.results import Result
from pipeline.core.identifiers import file_name
from pipeline.core.parameters import validate_parameters
from pipeline.core.reports import Parameter, Problem, Report
from pipeline.core.result_pages import Cell, RawPage, ResultColumn, result_columns, result_records
from pipeline.core.sql_places import statement_position

_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows that the page would get; `truncated` says that there were more than the report may have."""

    columns: tuple[ResultColumn, ...]
    records: tuple[tuple[Cell, ...], ...]
    truncated: bool
    seconds: float

    def values(self, name: str) -> list[Cell]:
        """Give the cells of a column, in the order of the rows."""
        number = [column.name for column in self.columns].index(name)
        return [record[number] for record in self.records]

    def is_float(self, name: str) -> bool:
        """Say whether a column holds floats, whose last digits mean nothing."""
        return any(column.name == name and column.type == "double" for column in self.columns)


def ask(
    engine: Engine, report: Report, given: Mapping[str, str], clock: Callable[[], float] = time.monotonic
) -> Answer:
    """Run a report as the pipeline does: checked values, its SELECT, its row limit. `clock` counts seconds.

    Raises:
        Refusal: the values do not fit the declaration.
        SqlError: the statement fails.
    """
    values = validate_parameters(report, given)
    began = clock()
    with engine.session() as session:
        result = _within_deadline(session, report, values)
    seconds = clock() - began
    names = [(column["name"], column["typeName"]) for column in result.metadata()]
    rows = [row for offset in range(0, result.rows, _PAGE) for row in result.page(offset)]
    raw = RawPage(names, rows, result.rows, None)
    records = tuple(result_records(raw)[: report.maximum_rows])
    return Answer(result_columns(raw), records, result.rows > report.maximum_rows, seconds)


def _within_deadline(session: Session, report: Report, values: Mapping[str, str]) -> Result:
    deadline = threading.Timer(report.deadline_seconds, session.interrupt)
    deadline.start()
    try:
        return session.run(report.statement_sql, values)
    except Cancelled as error:
        raise SqlError(
            f"the statement ran longer than deadlineSeconds, {report.deadline_seconds} s"
        ) from error
    finally:
        deadline.cancel()


def usual_question(report: Report) -> dict[str, str]:
    """Give the question that the form opens with; a parameter without a default is asked as in the first example."""
    example = report.example[0].parameters if report.example else {}
    asked = {}
    for parameter in report.parameters:
        value = parameter.default if parameter.default is not None else _any_value(parameter)
        asked[parameter.name] = example.get(parameter.name, value) if parameter.default is None else value
    return {name: value for name, value in asked.items() if value is not None}


def widest_questions(report: Report) -> list[dict[str, str]]:
    """Give the usual question over as many days as may be asked for, and it with another value of each choice."""
    widest = _widest(report)
    questions = [widest]
    for parameter in report.parameters:
        values = [choice.value for choice in parameter.choices or ()]
        others = [value for value in values if value != widest.get(parameter.name)]
        questions += [{**widest, parameter.name: value} for value in others[:1]]
    return questions


def _widest(report: Report) -> dict[str, str]:
    asked = usual_question(report)
    start, end = report.parameter("startDate"), report.parameter("endDate")
    if start and end and start.minimum and end.maximum:
        asked |= {"startDate": start.minimum, "endDate": end.maximum}
        if report.maximum_days:
            last = date.fromisoformat(start.minimum) + timedelta(days=report.maximum_days - 1)
            asked["endDate"] = min(last.isoformat(), end.maximum)
    return asked


def sql_problem(report: Report, error: SqlError) -> Problem:
    """Say where in the file a statement failed, and what the engine says."""
    sentence, line = statement_position(str(error).removeprefix("ERROR: "))
    within = min(line or 1, report.sql.count("\n") + 1)
    return Problem(file_name(report.topic_name), report.sql_line + within - 1, _sentence(sentence))


def _sentence(text: str) -> str:
    text = text.strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _any_value(parameter: Parameter) -> str | None:
    return parameter.choices[0].value if parameter.choices else parameter.minimum
