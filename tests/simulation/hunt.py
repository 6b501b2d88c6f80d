"""`python -m tests.simulation.hunt [HUNTS]`: how many schedules it takes to find each defect made on purpose."""

from __future__ import annotations

import os
import statistics
import sys
from functools import partial
from multiprocessing import get_context
from typing import NamedTuple

from tests.simulation.chaos import quiet
from tests.simulation.checker import judge
from tests.simulation.mutants import MUTANTS, mutated
from tests.simulation.world import World

MOST_SCHEDULES = 1000
# So many hunts for each defect, each over schedules of its own.
HUNTS = 20
# A defect that only makes a handler fail was not understood.
NOT_ENOUGH = frozenset({"crashed"})


class Hunt(NamedTuple):
    """How a defect was looked for: schedules until each hunt found it, and as what it was found."""

    mutant: str
    until_found: list[int]
    names: frozenset[str]

    def is_found(self) -> bool:
        """Say whether every hunt succeeded."""
        return max(self.until_found) <= MOST_SCHEDULES


def hunt(mutant: str, hunts: int = HUNTS) -> Hunt:
    """Look for a defect, again and again from other seeds."""
    counts: list[int] = []
    names: set[str] = set()
    with quiet(), mutated(mutant):
        for number in range(hunts):
            count, found = _first_found(range(number * MOST_SCHEDULES, (number + 1) * MOST_SCHEDULES))
            counts.append(count)
            names |= found
            if not found:
                break
    return Hunt(mutant, counts, frozenset(names))


def _first_found(seeds: range) -> tuple[int, frozenset[str]]:
    for count, seed in enumerate(seeds, start=1):
        found = {violation.name for violation in judge(World(seed).play()).violations} - NOT_ENOUGH
        if found:
            return count, frozenset(found)
    return MOST_SCHEDULES + 1, frozenset()


def main(arguments: list[str]) -> int:
    """Hunt every defect; fail when one escapes."""
    hunts = int(arguments[0]) if arguments else HUNTS
    escaped = 0
    _say(f"{'median':>7} {'95 %':>6}  defect: found as")
    with get_context("spawn").Pool(os.cpu_count() or 1) as pool:
        for one in pool.imap(partial(hunt, hunts=hunts), MUTANTS):
            escaped += not one.is_found()
            _say(_line(one))
    _say(f"{len(MUTANTS)} defects, {escaped} escaped")
    return 1 if escaped else 0


def _line(one: Hunt) -> str:
    counts = sorted(one.until_found)
    nearly_all = counts[round(0.95 * (len(counts) - 1))]
    found = ", ".join(sorted(one.names)) if one.is_found() else "ESCAPED"
    return f"{statistics.median(counts):7.0f} {nearly_all:6}  {one.mutant}: {found}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
