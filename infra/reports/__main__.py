"""`python -m infra.reports new|check|preview|publish|catalogue`: what `make report`, `report-check` and others run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.reports.catalogue import catalogue
from infra.reports.errors import CommandError
from infra.reports.folder import open_folder, parse_all
from infra.reports.skeleton import write_skeleton
from infra.reports.telling import say, told
from pipeline.core.errors import Refusal
from pipeline.core.report_text import ReportProblem

_WRONG, _REFUSED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give the exit status of the process: 1 for a complaint, 2 where nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ReportProblem as error:
        say(map(told, error.problems))
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
    publish = commands.add_parser("publish", help="put what passes the check into the bucket of a stack")
    publish.add_argument("name", nargs="?")
    publish.add_argument("--bucket", required=True)
    publish.add_argument("--publisher", default="unknown", help="who stands beside what is published")
    publish.set_defaults(run=_publish)
    listing = commands.add_parser("catalogue", help="write the page that describes every report")
    listing.add_argument("--out", type=Path, default=Path("docs/reports.md"))
    listing.set_defaults(run=_catalogue)
    return parser


def _new(options: argparse.Namespace) -> int:
    path = write_skeleton(options.sql, options.name)
    say([f"{path} is there, and valid as it stands. Change it, then: make report-check NAME={options.name}"])
    return 0


def _check(options: argparse.Namespace) -> int:
    from infra.reports.trying import check_all  # noqa: PLC0415 - engines take half a second to load

    return _WRONG if check_all(open_folder(options.sql), options.data, options.name) else 0


def _preview(options: argparse.Namespace) -> int:
    from infra.reports.trying import show_preview  # noqa: PLC0415 - engines take half a second to load

    asked = dict(_pair(text) for text in options.parameters)
    show_preview(open_folder(options.sql), options.data, options.name, asked)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from infra.reports.publishing import publish_all, s3_shelf  # noqa: PLC0415 - as are engines

    shelf = s3_shelf(options.bucket, options.publisher)
    return _WRONG if publish_all(open_folder(options.sql), options.data, options.name, shelf) else 0


def _catalogue(options: argparse.Namespace) -> int:
    reports = parse_all(open_folder(options.sql))
    pictured = {picture.stem for picture in options.out.parent.glob("gallery/*.png")}
    options.out.write_text(catalogue(reports, pictured), encoding="utf-8")
    say([f"{options.out} describes {len(reports)} reports"])
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"{text} is no parameter: write name=value, such as startDate=2015-06-01.")
    return name, value


if __name__ == "__main__":
    sys.exit(main())
