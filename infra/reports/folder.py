"""The analysts' files, read from a folder with `reports/*.sql` and `choices/*.csv`: only what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.core.choices import Choices, parse_choices
from pipeline.core.declarations import parse_report
from pipeline.core.reports import Choice, Problem, Report


@dataclass(frozen=True, slots=True)
class SqlFolder:
    """The files by name without ending; `refused` says why others are left out."""

    reports: Mapping[str, bytes]
    choices: Mapping[str, bytes]
    refused: tuple[Problem, ...]


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
            refused.append(Problem(ascii(path.name)[1:-1], 1, f"The file cannot be read: {error.strerror}."))
    return contents


def _content(path: Path, inside: Path) -> bytes:
    if not path.resolve(strict=True).is_relative_to(inside):
        raise OSError(0, "it is a link that leads out of the folder")
    if not path.name.isprintable():
        raise OSError(0, "its name has characters that cannot be seen")
    return path.read_bytes()
