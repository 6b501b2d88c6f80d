"""One figure beside what it is compared with: how far apart, how far is allowed, and what chance alone would do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from infra.local.data.report.figure import Figure
from infra.local.data.report.histograms import Chance, Histogram, Numbers

DRAWS, SEED = 500, 2015
NOISE_PERCENTILE = 95
MANY_TIMES = 50
"""A sample that is so many times larger than the other adds nothing to its noise that could be seen."""


class Verdict(StrEnum):
    """What a comparison says."""

    WITHIN = "within"
    BROKEN = "out of bounds"
    SHOWN = "shown"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A line of the report; numbers are texts, `reason` says why a figure was not compared."""

    name: str
    group: str
    against: str
    verdict: Verdict
    reference: str = ""
    ours: str = ""
    distance: str = ""
    bound: str = ""
    noise: str = ""
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What ours is compared with: its `values`, and how many rows they rest on (None: exact)."""

    values: Numbers
    rows: int | None
    source: str = ""


def reading(figure: Figure, histogram: Histogram, source: str = "") -> Reading:
    """The figure read from rows."""
    return Reading(_read(figure, histogram), histogram.rows, source)


def new_chance() -> Chance:
    """The draws of one report: the same for the same rows."""
    return Chance(DRAWS, SEED)


def compare(
    figure: Figure, ours: Histogram, other: Reading, bound: float | None, against: str, chance: Chance
) -> Comparison:
    """Compare; a bound is widened by what two chance samples of these sizes of our rows are apart."""
    values = _read(figure, ours)
    line = Comparison(
        figure.name,
        figure.group,
        against,
        Verdict.SHOWN,
        reference=_text(figure, other.values),
        ours=_text(figure, values),
        source=other.source,
    )
    distance = float(figure.distance.between(values[None], other.values[None])[0])
    if np.isnan(other.values).all():
        return replace(line, verdict=Verdict.NOT_COMPARED, reason="there are no such rows")
    if np.isnan(distance):
        distance = np.inf
    noise = sampling_noise(figure, ours, other.rows, chance)
    line = replace(line, distance=_distance_text(figure, distance), noise=figure.distance.text(noise))
    if bound is None:
        return line
    verdict = Verdict.WITHIN if distance <= bound + noise else Verdict.BROKEN
    return replace(line, verdict=verdict, bound=figure.distance.text(bound))


def not_compared(figure: Figure, against: str, reason: str) -> Comparison:
    """A figure that one of the two sides does not have."""
    return Comparison(figure.name, figure.group, against, Verdict.NOT_COMPARED, reason=reason)


def sampling_noise(figure: Figure, ours: Histogram, other_rows: int | None, chance: Chance) -> float:
    """What 95 of 100 pairs of chance samples are apart: one of our own size, one of the other's, both of our rows.

    An exact other stands still: then the samples of our size are held against all of ours.
    """
    if not ours.rows:
        return 0.0
    mine = theirs = _read(figure, ours)[None]
    if other_rows is None or ours.rows < MANY_TIMES * other_rows:
        mine = figure.values(chance.samples("ours", figure.family, ours, ours.rows))
    if other_rows is not None and other_rows < MANY_TIMES * ours.rows:
        theirs = figure.values(chance.samples("other", figure.family, ours, other_rows))
    apart = figure.distance.between(mine, theirs)
    usable = apart[np.isfinite(apart)]
    return float(np.percentile(usable, NOISE_PERCENTILE)) if usable.size else 0.0


def broken(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """Those whose bound is broken."""
    return [line for line in comparisons if line.verdict is Verdict.BROKEN]


def _read(figure: Figure, histogram: Histogram) -> Numbers:
    values: Numbers = figure.values(histogram.counts[None])[0]
    return values


def _text(figure: Figure, values: Numbers) -> str:
    if figure.form is None:
        return f"{len(values)} values"
    return figure.form.format(values[0]) if np.isfinite(values[0]) else "none"


def _distance_text(figure: Figure, distance: float) -> str:
    return figure.distance.text(distance) if np.isfinite(distance) else "nothing beside something"
