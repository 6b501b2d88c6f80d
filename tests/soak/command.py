"""What the commands of the soak have in common: a folder of their own, the last lines, the exit status."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from infra.local.stop import Stop
from tests.soak.verdict import Verdict

STOPPED = 130
_LINES_OF_A_LOG = 200


def run(soak: Callable[[Path], Verdict]) -> int:
    """Run it, tell what came of it, and give the exit status: 1 where not all is well, 130 where it was stopped.

    Where not all is well, the last lines of its processes' logs are told first: they are gone with their folder.
    """
    with Stop(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        verdict = soak(folder)
        for line in [*([] if verdict.is_good else last_lines(folder)), *verdict.lines]:
            sys.stdout.write(line + "\n")
        return 0 if verdict.is_good else 1
    return STOPPED


def last_lines(folder: Path) -> Iterator[str]:
    """Give the last lines of each log in a folder, under its name."""
    for log in sorted(folder.glob("*.log")):
        yield f"--- {log.name}"
        yield from log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LINES_OF_A_LOG:]
