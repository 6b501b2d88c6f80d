"""`python -m tests.simulation SCHEDULES SEED [JOBS]`: what `make chaos` runs."""

from __future__ import annotations

import os
import sys

from tests.simulation.chaos import tell_all, tell_one


def main(arguments: list[str]) -> int:
    """Play schedules; one alone is told as a story. Fails when a promise is broken or nothing was tried."""
    schedules, seed = int(arguments[0]), int(arguments[1])
    jobs = int(arguments[2]) if len(arguments) > 2 else os.cpu_count() or 1

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")

    if schedules == 1:
        return 0 if tell_one(seed, say) else 1
    return 0 if tell_all(schedules, seed, jobs, say) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
