"""The commands that try reports on data: a check of each file, a look at one answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from infra.local.redshift.errors import SqlError
from infra.reports.asking import sql_problem
from infra.reports.bench import bench, dataset
from infra.reports.check import Verdict, check
from infra.reports.folder import SqlFolder, read_choices
from infra.reports.preview import preview
from infra.reports.telling import progress, say, told
from pipeline.core.declarations import parse_report
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Problem


def check_all(folder: SqlFolder, data: Path, name: str | None) -> int:
    """Say of one file, or of each, what is wrong or that it is good; give the number of complaints.

    Raises:
        CommandError: there is no report of that name, or no data can be made.
        ReportProblem: the file cannot be read.
    """
    complaints = tell_unreadable(folder, name)
    checked = 0
    with verdicts(folder, data, name) as each:
        for _, verdict in each:
            checked += 1
            complaints += len(verdict.problems)
            good = f"{verdict.file}: good; {'; '.join(verdict.facts)}"
            say(map(told, verdict.problems) if verdict.problems else [good])
    say([f"{checked} checked, {complaints} complaint{'' if complaints == 1 else 's'}"])
    return complaints


def tell_unreadable(folder: SqlFolder, name: str | None) -> int:
    """Say which files of the whole folder cannot be read, and give their number; of one file its verdict says it."""
    if name is not None:
        return 0
    _, unreadable = read_choices(folder)
    problems: list[Problem] = [*unreadable, *folder.refused]
    say(map(told, problems))
    return len(problems)


@contextmanager
def verdicts(folder: SqlFolder, data: Path, name: str | None) -> Iterator[Iterator[tuple[str, Verdict]]]:
    """Give each report's name and verdict, one after the other; with a name those of one report.

    Raises:
        CommandError: there is no report of that name, or no data can be made.
        ReportProblem: the file cannot be read.
    """
    choices, _ = read_choices(folder)
    reports = {name: folder.content(name)} if name else folder.reports
    with bench(data, progress) as ready:
        yield ((topic, check(topic, content, choices, ready)) for topic, content in reports.items())


def show_preview(folder: SqlFolder, data: Path, name: str, asked: Mapping[str, str]) -> None:
    """Show the first rows of an answer, its types and the plan.

    Raises:
        CommandError: there is no report of that name, or no data can be made.
        Refusal: the values do not fit the declaration.
        ReportProblem: the file is no report, or its statement fails.
    """
    choices, _ = read_choices(folder)
    report = parse_report(name, folder.content(name), choices)
    database = dataset(data, progress).database
    try:
        say(preview(database, report, asked))
    except SqlError as error:
        raise ReportProblem([sql_problem(report, error)]) from error
