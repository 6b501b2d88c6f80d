"""`python -m infra.reports new|check|preview|catalogue`: what `make report`, `report-check` and the others run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from infra.reports.catalogue import catalogue
from infra.reports.errors import CommandError
from infra.reports.folder import SqlFolder, parse_all, read_choices, read_folder
from infra.reports.skeleton import write_skeleton
from pipeline.core.declarations import parse_report
from pipeline.core.errors import Refusal
from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Problem, Report

_WRONG, _REFUSED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give the exit status of the process: 1 for a complaint, 2 where nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ReportProblem as error:
        _say(map(_told, error.problems))
        return _WRONG
    except (CommandError, Refusal) as error:
        sys.stderr.write(f"{error}\n")
        return _REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.reports", description="Reports, for their analyst."
    )
    parser.add_argument("--sql", type=Path, default=Path("sql"), help="folder with reports/ and choices/")
    parser.add_argument("--data", type=Path, default=Path("var"), help="folder of the warehouse's files")
    commands = parser.add_subparsers(required=True, metavar="command")
    new = commands.add_parser("new", help="make a file to begin with")
    new.add_argument("name")
    new.set_defaults(run=_new)
    check = commands.add_parser("check", help="say what is wrong, file by file")
    check.add_argument("name", nargs="?")
    check.set_defaults(run=_check)
    preview = commands.add_parser("preview", help="first rows, types and plan")
    preview.add_argument("name")
    preview.add_argument("parameters", nargs="*", metavar="name=value")
    preview.set_defaults(run=_preview)
    listing = commands.add_parser("catalogue", help="write the page that describes every report")
    listing.add_argument("--out", type=Path, default=Path("docs/reports.md"))
    listing.set_defaults(run=_catalogue)
    return parser


def _new(options: argparse.Namespace) -> int:
    path = write_skeleton(options.sql, options.name)
    _say([f"{path} is there, and valid as it stands. Change it, then: make report-check NAME={options.name}"])
    return 0


def _check(options: argparse.Namespace) -> int:
    from infra.reports.bench import bench  # noqa: PLC0415 - engines take half a second to load
    from infra.reports.check import check  # noqa: PLC0415 - as above

    folder = _folder(options)
    choices, unreadable = read_choices(folder)
    names = [options.name] if options.name else list(folder.reports)
    complaints = [*unreadable, *folder.refused] if options.name is None else []
    _say(map(_told, complaints))
    with bench(options.data, _progress) as ready:
        for name in names:
            verdict = check(name, _content(folder, name), choices, ready)
            complaints += verdict.problems
            good = f"{verdict.file}: good; {'; '.join(verdict.facts)}"
            _say(map(_told, verdict.problems) if verdict.problems else [good])
    _say([f"{len(names)} checked, {len(complaints)} complaint{'' if len(complaints) == 1 else 's'}"])
    return _WRONG if complaints else 0


def _preview(options: argparse.Namespace) -> int:
    from infra.local.redshift.errors import SqlError  # noqa: PLC0415 - engines take half a second to load
    from infra.reports.asking import sql_problem  # noqa: PLC0415 - as above
    from infra.reports.bench import dataset  # noqa: PLC0415 - as above
    from infra.reports.preview import preview  # noqa: PLC0415 - as above

    folder = _folder(options)
    report = _report(folder, options.name)
    database = dataset(options.data, _progress).database
    try:
        _say(preview(database, report, dict(_pair(text) for text in options.parameters)))
    except SqlError as error:
        raise ReportProblem([sql_problem(report, error)]) from error
    return 0


def _catalogue(options: argparse.Namespace) -> int:
    reports = parse_all(_folder(options))
    options.out.write_text(catalogue(reports), encoding="utf-8")
    _say([f"{options.out} describes {len(reports)} reports"])
    return 0


def _folder(options: argparse.Namespace) -> SqlFolder:
    if not (options.sql / "reports").is_dir():
        raise CommandError(
            f"There is no folder {options.sql / 'reports'}: run this in the checkout, or give --sql."
        )
    return read_folder(options.sql)


def _report(folder: SqlFolder, name: str) -> Report:
    choices, _ = read_choices(folder)
    return parse_report(name, _content(folder, name), choices)


def _content(folder: SqlFolder, name: str) -> bytes:
    refused = [problem for problem in folder.refused if problem.file == file_name(name)]
    if refused:
        raise ReportProblem(refused)
    if name not in folder.reports:
        raise CommandError(f"There is no report {name}: there are {', '.join(folder.reports) or 'none'}.")
    return folder.reports[name]


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"{text} is no parameter: write name=value, such as startDate=2015-06-01.")
    return name, value


def _told(problem: Problem) -> str:
    return f"{problem.file}:{problem.line}: {problem.message}"


def _progress(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
