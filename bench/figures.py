"""One figure of the bench: what ours took, beside what something plain took in the same run."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds on the clock, and of all processors together."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{_text(self.wall)} (CPU {_text(self.cpu)})"


@dataclass(frozen=True, slots=True)
class Figure:
    """`limit` is the largest ratio that keeps the budget; None where there is no budget.

    The ratio is of processor time, which a busy machine changes least, unless it is `by` the clock on the wall: where
    several processes and a browser are waited for.
    """

    name: str
    ours: Taken
    plain: Taken
    limit: float | None = None
    by: Literal["cpu", "wall"] = "cpu"

    @property
    def ratio(self) -> float:
        """How many times the time of the plain one ours takes."""
        return self.ours.wall / self.plain.wall if self.by == "wall" else self.ours.cpu / self.plain.cpu

    @property
    def broken(self) -> bool:
        """Whether the budget is missed."""
        return self.limit is not None and self.ratio > self.limit

    def __str__(self) -> str:
        budget = "no budget" if self.limit is None else f"at most {self.limit:.2f}"
        verdict = " OVER BUDGET" if self.broken else ""
        return f"{self.name}: {self.ours} beside {self.plain}, ratio {self.ratio:.2f} ({budget}){verdict}"


def side_by_side(ours: Callable[[], object], plain: Callable[[], object], rounds: int) -> tuple[Taken, Taken]:
    """What each takes in the median of that many rounds, one after the other in each round."""
    pairs = [(taken(ours), taken(plain)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def taken(work: Callable[[], object]) -> Taken:
    """Do something once, and give what it took."""
    wall, cpu = time.perf_counter(), _cpu_seconds()
    work()
    return Taken(time.perf_counter() - wall, _cpu_seconds() - cpu)


def _cpu_seconds() -> float:
    """What this process and the children that it waited for have used."""
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def median(several: Iterable[Taken]) -> Taken:
    """Give what it took in the middle."""
    all_of = list(several)
    return Taken(statistics.median(one.wall for one in all_of), statistics.median(one.cpu for one in all_of))


def _text(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"
