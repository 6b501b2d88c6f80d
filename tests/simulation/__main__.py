"""`python -m tests.simulation SCHEDULES SEED [JOBS]`: what `make chaos` runs."""

from __future__ import annotations

import argparse
import os
import sys

from tests.simulation.chaos import tell_all, tell_one


def main(arguments: list[str]) -> int:
    """Play schedules; one alone is told as a story. Fails when a promise is broken or nothing was tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation")
    parser.add_argument("schedules", type=int, help="so many; 1 is told as a story")
    parser.add_argument("seed", type=int)
    parser.add_argument("jobs", type=int, nargs="?", default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")

    if options.schedules == 1:
        return 0 if tell_one(options.seed, say) else 1
    return 0 if tell_all(options.schedules, options.seed, options.jobs, say) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
