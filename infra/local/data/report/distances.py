"""How far apart two readings of one figure are, and how that is written.

Each function takes ours and the other's as samples by values, and gives one distance per sample.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from infra.local.data.report.histograms import Numbers

Between = Callable[[Numbers, Numbers], Numbers]
RARE = 1e-9
"""Stands for a share of nothing, so that a factor can be taken of it."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A way to measure: `between` two readings, and `text` for people."""

    between: Between
    text: Callable[[float], str]


def _deviations(ours: Numbers, other: Numbers) -> Numbers:
    deviations = np.full(np.broadcast_shapes(ours.shape, other.shape), np.nan)
    usable: npt.NDArray[np.bool_] = np.isfinite(other) & (other > 0)
    np.divide(ours, other, out=deviations, where=usable)
    apart: Numbers = np.abs(deviations - 1)
    return apart


def _greatest(ours: Numbers, other: Numbers) -> Numbers:
    return _over_values(lambda filled: filled.max(axis=1), _deviations(ours, other))


def _most(ours: Numbers, other: Numbers) -> Numbers:
    """What 95 per cent of the values keep within."""
    return _over_values(lambda filled: np.quantile(filled, 0.95, axis=1), _deviations(ours, other))


def _typical(ours: Numbers, other: Numbers) -> Numbers:
    deviations = _deviations(ours, other)
    known = np.isfinite(deviations)
    sums = np.where(known, deviations, 0).sum(axis=1)
    means = np.full(len(deviations), np.nan)
    np.divide(sums, known.sum(axis=1), out=means, where=known.any(axis=1))
    return means


def _over_values(reduce: Callable[[Numbers], Numbers], deviations: Numbers) -> Numbers:
    """Reduce over the values that can be compared; those that cannot count as no deviation."""
    reduced = reduce(np.nan_to_num(deviations))
    return np.where(np.isfinite(deviations).any(axis=1), reduced, np.nan)


def _variation(ours: Numbers, other: Numbers) -> Numbers:
    halves: Numbers = np.abs(ours - other).sum(axis=1) / 2
    return halves


def _points(ours: Numbers, other: Numbers) -> Numbers:
    return _over_values(lambda filled: filled.max(axis=1), np.abs(ours - other))


def _shortfall(ours: Numbers, other: Numbers) -> Numbers:
    missing: Numbers = np.maximum(other - ours, 0).max(axis=1)
    return missing


def _factor(ours: Numbers, other: Numbers) -> Numbers:
    logs: Numbers = np.abs(np.log(np.maximum(ours, RARE)) - np.log(np.maximum(other, RARE))).max(axis=1)
    return logs


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _in_points(value: float) -> str:
    return f"{value * 100:.2f} points"


def _as_factor(value: float) -> str:
    return f"× {np.exp(value):.2f}" if value < np.log(1000) else "none beside some"


RELATIVE = Distance(_greatest, _percent)
MOST = Distance(_most, _percent)
TYPICAL = Distance(_typical, _percent)
VARIATION = Distance(_variation, lambda value: f"{value:.4f}")
POINTS = Distance(_points, _in_points)
SHORTFALL = Distance(_shortfall, _in_points)
FACTOR = Distance(_factor, _as_factor)
