"""A process that is told by lines what to do, and that ends when whoever started it has gone."""

from __future__ import annotations

import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from tests.browser.dashboards import ROOT


class Told:
    """Starts a module with its first line; what it complains of goes into a log."""

    def __init__(self, module: str, first_line: str, log: Path) -> None:
        with log.open("a", encoding="utf-8") as complaints:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module], cwd=ROOT, stdin=subprocess.PIPE, stderr=complaints, text=True
            )
        self.say(first_line)

    def say(self, line: str) -> None:
        """Tell it something."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self, seconds: float) -> int:
        """Wait until it has ended, and kill it where it does not; give its exit status."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(seconds)
        return self.kill()

    def kill(self) -> int:
        """Kill it if it still runs; give its exit status."""
        assert self.process.stdin is not None
        self.process.kill()
        self.process.stdin.close()
        return self.process.wait()


def heard(seconds: float) -> str:
    """Wait so long for a word of whoever started this process, empty where none comes; his end is ours."""
    if not select.select([sys.stdin], [], [], seconds)[0]:
        return ""
    word = sys.stdin.readline()
    if not word:
        sys.exit("Whoever started this process has gone.")
    return word.strip()
