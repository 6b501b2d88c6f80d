"""Counts what many schedules met: faults, interrupted calls, transitions, violations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.simulation.checker import judge
from tests.simulation.facts import Called, LinkShowed, Showed, Struck, Wrote
from tests.simulation.faults import FAULTS
from tests.simulation.history import History
from tests.simulation.moves import LINK_MOVES, PAGE_MOVES, RECORD_MOVES
from tests.simulation.violations import Violation

# From so many schedules on, each fault and each move has come, or the simulation is at fault; a call that is made
# rarely takes longer to be interrupted.
ENOUGH = 2000
ENOUGH_FOR_CALLS = 20_000


class Found(NamedTuple):
    """A violation, and in which schedule."""

    schedule: str
    seed: int | None
    violation: Violation


@dataclass
class Tally:
    """The sums over some schedules."""

    schedules: int = 0
    judged: int = 0
    unknown: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    interrupted: Counter[str] = field(default_factory=Counter)
    records: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    found: list[Found] = field(default_factory=list)

    def add(self, history: History, name: str, seed: int | None = None) -> None:
        """Count one schedule, and judge it; `seed` is None where it cannot be played again by that alone."""
        judgement = judge(history)
        self.schedules += 1
        self.judged += judgement.judged
        self.unknown += judgement.unknown
        self.found += [Found(name, seed, violation) for violation in judgement.violations]
        for fact in history.facts:
            match fact:
                case Struck():
                    self.faults[fact.fault] += 1
                case Called():
                    self.calls[f"{fact.handler} {fact.call}"] += 1
                    if fact.moment:
                        self.interrupted[f"{fact.handler} {fact.call} {fact.moment}"] += 1
                case Wrote() if fact.after is not None:
                    before = fact.before.state if fact.before else "nothing"
                    if before != fact.after.state:
                        self.records[f"{before} -> {fact.after.state}"] += 1
                case Showed() if fact.before is not None:
                    self.pages[f"{fact.before} -> {fact.phase}"] += 1
                case LinkShowed():
                    self.links[f"{fact.before} -> {fact.state}"] += 1

    def merge(self, other: Tally) -> None:
        """Add the sums of other schedules."""
        self.schedules += other.schedules
        self.judged += other.judged
        self.unknown += other.unknown
        self.found += other.found
        for name in ("faults", "calls", "interrupted", "records", "pages", "links"):
            getattr(self, name).update(getattr(other, name))

    def calls_never_interrupted(self) -> list[str]:
        """Name the calls (handler, port call, moment) that were made and never interrupted."""
        wanted = {f"{pair} {moment}" for pair in self.calls for moment in ("before", "after")}
        return sorted(wanted - self.interrupted.keys())

    def missing(self) -> list[str]:
        """Name the faults and moves that never came."""
        return [
            *(f"fault: {fault.name}" for fault in FAULTS if not self.faults[fault.name]),
            *(f"record: {move}" for move in sorted(RECORD_MOVES - self.records.keys())),
            *(f"page: {move}" for move in sorted(PAGE_MOVES - self.pages.keys())),
            *(f"link: {move}" for move in sorted(LINK_MOVES - self.links.keys())),
        ]

    def lines(self) -> Iterator[str]:
        """Write all counts, the rarest of each kind last."""
        kinds = {
            "Faults that took effect": self.faults,
            "Interrupted calls (handler, call, before or after its effect)": self.interrupted,
            "Moves of records": self.records,
            "Moves on pages": self.pages,
            "Moves of links": self.links,
        }
        for title, counts in kinds.items():
            yield f"{title}:"
            yield from (f"{count:10}  {name}" for name, count in sorted(counts.items(), key=_commonest))


def _commonest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]
