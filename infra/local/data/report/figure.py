"""A figure that two tables of trips can be compared by."""

from __future__ import annotations

from dataclasses import dataclass

from infra.local.data.report.distances import Distance
from infra.local.data.report.passes import DERIVED, PASSES
from infra.local.data.report.values import Values


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure read from the histogram of a `family`; `form` writes a single value, {} stands for it."""

    name: str
    group: str
    family: str
    values: Values
    distance: Distance
    form: str | None = None

    @property
    def needs(self) -> frozenset[str]:
        """The columns without which it cannot be had."""
        counted = PASSES.get(DERIVED.get(self.family, self.family))
        return counted.needs if counted else frozenset()


def percentile_name(percentile: int) -> str:
    """What a percentile (per cent) is called in the name of a figure."""
    return "median" if percentile == 50 else f"{percentile} %"
