"""What the commands say: results on standard output, progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress

from pipeline.core.reports import Problem


def told(problem: Problem) -> str:
    """Write a problem so that an editor finds the line."""
    return f"{problem.file}:{problem.line}: {problem.message}"


def progress(sentence: str) -> None:
    """Say what takes long."""
    sys.stderr.write(f"{sentence}\n")


def say(lines: Iterable[str]) -> None:
    """Write lines. A reader that has seen enough (`| head`) gets no more; the command and its status go on."""
    with suppress(BrokenPipeError):
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
