"""The analysts' files, read from a folder with `reports/*.sql` and `choices/*.csv`: only what stands in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.reports.errors import CommandError
from pipeline.core.choices import Choices, parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.identifiers import file_name
from pipeline.core.report_text import ReportProblem
from pipeline.core.reports import Choice, Problem, Report


@dataclass(frozen=True, slots=True)
class SqlFolder:
    """The files by name without ending; `refused` says why others are left out."""

    reports: Mapping[str, bytes]
    choices: Mapping[str, bytes]
    refused: tuple[Problem, ...]

    def content(self, name: str) -> bytes:
        """Give the bytes of a report's file.

        Raises:
            CommandError: there is no report of that name.
            ReportProblem: its file cannot be read.
        """
        refused = [problem for problem in self.refused if problem.file == file_name(name)]
        if refused:
            raise ReportProblem(refused)
        if name not in self.reports:
            asked = f"There is no report {name}" if name else "Say which report, as in NAME=tips-by-hour"
            raise CommandError(f"{asked}: there are {', '.join(self.reports) or 'none'}.")
        return self.reports[name]


def open_folder(folder: Path) -> SqlFolder:
    """Read a folder that a person named.

    Raises:
        CommandError: it has no reports.
    """
    if not (folder / "reports").is_dir():
        raise CommandError(
            f"There is no folder {folder / 'reports'}: run this in the checkout, or give --sql."
        )
    return read_folder(folder)


def read_folder(folder: Path) -> SqlFolder:
    """Read every file once. One that cannot be read, or is a link that leads elsewhere, hurts no other."""
    refused: list[Problem] = []
    choices = _read(folder, "choices", ".csv", refused)
    reports = _read(folder, "reports", ".sql", refused)
    return SqlFolder(reports, choices, tuple(refused))


def read_choices(folder: SqlFolder) -> tuple[Choices, tuple[Problem, ...]]:
    """Read the lists that are lists, and say which are none."""
    choices: dict[str, tuple[Choice, ...]] = {}
    problems = []
    for name, content in folder.choices.items():
        try:
            choices[name] = parse_choices(content)
        except ValueError:
            problems.append(Problem(f"{name}.csv", 1, "The list has a line that is not value,label."))
    return choices, tuple(problems)


def parse_all(folder: SqlFolder) -> list[Report]:
    """Parse every report, in the order of their names.

    Raises:
        ReportProblem: a file is no report.
    """
    choices, _ = read_choices(folder)
    return [parse_report(name, content, choices) for name, content in folder.reports.items()]


def _read(folder: Path, part: str, ending: str, refused: list[Problem]) -> dict[str, bytes]:
    contents = {}
    inside = folder.resolve()
    for path in sorted((folder / part).glob(f"*{ending}")):
        try:
            contents[path.stem] = _content(path, inside)
        except FileNotFoundError:
            continue  # an editor has just taken it away
        except OSError as error:
            shown = path.name if path.name.isprintable() else ascii(path.name)[1:-1]
            refused.append(Problem(shown, 1, f"The file cannot be read: {error.strerror}."))
    return contents


def _content(path: Path, inside: Path) -> bytes:
    target = Path(os.path.realpath(path, strict=True))  # pathlib's own raises no OSError in a circle of links
    if not target.is_relative_to(inside):
        raise OSError(0, "it is a link that leads out of the folder")
    if not path.name.isascii() or not path.name.isprintable():  # S3 takes no others beside an object
        raise OSError(0, "its name has characters other than a–z, 0–9 and hyphens")
    if not target.is_file():  # a pipe would be waited for
        raise OSError(0, "it is no regular file")
    return target.read_bytes()
