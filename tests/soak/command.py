"""What the commands of the soak have in common: a folder of their own, the last lines, the exit status."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from infra.local.stop import Stop
from tests.soak.verdict import Verdict

STOPPED = 130


def run(soak: Callable[[Path], Verdict]) -> int:
    """Run it, tell what came of it, and give the exit status: 1 where not all is well, 130 where it was stopped."""
    with Stop(), tempfile.TemporaryDirectory() as folder:
        verdict = soak(Path(folder))
        for line in verdict.lines:
            sys.stdout.write(line + "\n")
        return 0 if verdict.is_good else 1
    return STOPPED
