"""Everything that can be known about an analyst's file before anybody is shown its answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from infra.local.redshift import Engine
from infra.local.redshift.errors import SqlError
from infra.reports.asking import Answer, ask, sql_problem, usual_question, widest_questions
from infra.reports.columns import column_problems
from infra.reports.examples import control_faults, example_faults
from infra.reports.rights import right_problems
from infra.reports.scans import scan_problems
from pipeline.core.choices import Choices
from pipeline.core.declarations import parse_report
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem, ReportText, read_text
from pipeline.core.reports import MOST_ROWS, DataDescription, Problem, Report

FULL_SIZE = 100_000_000
"""With fewer trips than this the data are a sample, and how long a report takes says nothing."""

WIDEST = "the widest range"
"""The words for the question over as many days as may be asked for, all else as the form has it."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where reports are tried: an engine, what its data say about themselves, and a clock that counts seconds."""

    engine: Engine
    data: DataDescription
    clock: Callable[[], float] = time.monotonic


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a file, and what was found out about one in which nothing is."""

    file: str
    problems: tuple[Problem, ...]
    facts: tuple[str, ...] = field(default=())


def check(topic_name: str, content: bytes, choices: Choices, bench: Bench) -> Verdict:
    """Check one file: its declaration, its SQL, its columns, its examples, its totals, its time."""
    file = file_name(topic_name)
    try:
        report, text = parse_report(topic_name, content, choices), read_text(file, content)
    except ReportProblem as error:
        return Verdict(file, error.problems)
    try:
        if problems := list(_sql_problems(report, text, bench)):
            return Verdict(file, _by_line(problems))
        answers = _Answers(report, text, bench)
        return Verdict(file, _by_line(answers.problems()), tuple(answers.facts()))
    except SqlError as error:
        return Verdict(file, (sql_problem(report, error),))
    except Refusal as error:
        return Verdict(file, (Problem(file, text.toml_line, f"The report cannot be tried: {error}"),))


def _by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))


def _sql_problems(report: Report, text: ReportText, bench: Bench) -> Iterator[Problem]:
    translation = bench.engine.translate(report.statement_sql)
    yield from column_problems(report, text, translation)
    yield from right_problems(report, text)
    yield from scan_problems(report, text)
    if not report.example:
        message = "The report has no example: write one [[example]] with what is known of an answer."
        yield Problem(text.file, text.toml_line, message)


class _Answers:
    """The answers to a report's examples, and to the widest questions that it takes."""

    def __init__(self, report: Report, text: ReportText, bench: Bench) -> None:
        self._report = report
        self._text = text
        self._data = bench.data
        self._usual = ask(bench.engine, report, usual_question(report))
        self._widest = _widest(report, bench)
        self._slowest = max(self._widest, key=lambda name: self._widest[name].seconds)
        self._examples = [
            (number, example, ask(bench.engine, report, example.parameters))
            for number, example in enumerate(report.example)
            if bench.data.version.startswith(example.data or "")
        ]

    def problems(self) -> Iterator[Problem]:
        if not self._examples:
            sentence = f"No example is about these data, {self._data.version}: write one without data."
            yield self._problem("example[0]", sentence)
        for number, example, answer in self._examples:
            for sentence in (*example_faults(example, answer), *self._answer_faults(answer)):
                yield self._problem(f"example[{number}]", f"Example {number + 1}: {sentence}")
        for name, answer in {"the default values": self._usual, **self._widest}.items():
            for sentence in control_faults(self._report, answer):
                yield self._problem("columns", f"With {name}: {sentence}")
            for sentence in cut_faults(self._report, answer):
                yield self._problem("maximumRows", f"With {name}: {sentence}")
        if self._is_slow():
            sentence = f"It took {self._seconds():.2f} s with {self._slowest}, more than usualSeconds says."
            yield self._problem("usualSeconds", sentence)

    def facts(self) -> Iterator[str]:
        yield f"{len(self._examples)} of {len(self._report.example)} examples tried"
        widest = self._widest[WIDEST]
        rows = f"{len(widest.records):,} rows"
        yield f"{'the first ' if widest.truncated else ''}{rows} over the whole range"
        measured = f"at most {self._seconds():.2f} s at full size, with {self._slowest}"
        yield measured if self._is_full() else "run time not measured (the full year is not loaded)"

    def _answer_faults(self, answer: Answer) -> Iterator[str]:
        yield from control_faults(self._report, answer)
        yield from cut_faults(self._report, answer)

    def _is_full(self) -> bool:
        return self._data.rows >= FULL_SIZE

    def _is_slow(self) -> bool:
        return self._is_full() and self._seconds() > self._report.usual_seconds

    def _seconds(self) -> float:
        return self._widest[self._slowest].seconds

    def _problem(self, place: str, message: str) -> Problem:
        return Problem(self._text.file, self._text.line_of(place), message)


def _widest(report: Report, bench: Bench) -> dict[str, Answer]:
    """Give the answers over the whole range, each by the words for its question: what it asks besides the days."""
    usual, *others = widest_questions(report)
    questions = {WIDEST: usual}
    for other in others:
        changed = [f"{name}={value}" for name, value in other.items() if usual.get(name) != value]
        questions[f"{WIDEST} and {' '.join(changed)}"] = other
    return {name: ask(bench.engine, report, asked, bench.clock) for name, asked in questions.items()}


def cut_faults(report: Report, answer: Answer) -> Iterator[str]:
    """Say whether an answer is not whole. Whoever asks for the most rows that there can be knows that it may not be."""
    if answer.truncated and report.maximum_rows < MOST_ROWS:
        yield f"There are more than {report.maximum_rows:,} rows, so the answer is cut."
